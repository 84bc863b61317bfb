export * from './baseline.ts';
export * from './options.ts';
export * from './run.ts';
export { classesOf, guardedClasses } from './classes.ts';
export { linkLatest, openJournal, readJournal } from './journal.ts';
export { nearest } from './selection.ts';
export { fullProfile } from './profile.ts';
export { type ReplayResult, type ReplayedCase, countedFingerprints, replay } from './replay.ts';
export { recheck } from './recheck.ts';
export { type LiveStream, payloadValidator } from './streams.ts';
export { situationCases } from './situations.ts';
export { streamCases } from './stream-phase.ts';
export { basesFor } from './smoke.ts';
export {
  guarded,
  type RecordedInput,
  type RecordedJudging,
  type RecordedVerdict,
  judgeRecording,
  readingFor,
  routeOf,
  startRecordedStream,
  verdictOn,
} from './judge-recording.ts';
export { runStart } from './run-start.ts';
export { judgedEvents } from './judged-events.ts';
export { Recorder } from './recorder.ts';
export { Score } from './score.ts';
export { createSeenCollector } from './seen.ts';
export { eventValue } from './letter-stream.ts';
