export { readRecordings } from './read.ts';
export type { Recorded, RecordedExchange } from './recorded.ts';
