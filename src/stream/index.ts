export { jsonOfEvent, rememberJson } from './event-json.ts';
export { judgeStream } from './judge.ts';
export type { StreamContext, StreamJudge } from './context.ts';
export { contextOf } from './compile.ts';
export { sseRules } from './sse-rules.ts';
export { checkTranscript, createTranscriptJudge, holdsOneOf } from './transcript.ts';
export { payloadValidator } from './payload.ts';
