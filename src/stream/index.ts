export { judgeStream } from './judge.ts';
export type { PayloadError, StreamContext, StreamJudge } from './judge.ts';
export { contextOf } from './compile.ts';
export { sseRules } from './sse-rules.ts';
export { caseOf, checkTranscript, excuse } from './transcript.ts';
export type { CheckedTranscript, TranscriptOptions } from './transcript.ts';
export { payloadValidator } from './payload.ts';
