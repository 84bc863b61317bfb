export * from './json.ts';
export * from './pointer.ts';
export * from './reference.ts';
export { createJudge } from './judge.ts';
