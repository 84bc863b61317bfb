export { readRecordings } from './read.ts';
export type { Recorded, RecordedExchange, RecordedTranscript } from './recorded.ts';
