export { readRecordings } from './read.ts';
export type { MissingPart, Recorded, RecordedExchange, RecordedTranscript, UnreadableRecording } from './recorded.ts';
