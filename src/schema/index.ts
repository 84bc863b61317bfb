export * from './json.ts';
export * from './pointer.ts';
export * from './reference.ts';
export { createJudge } from './judge.ts';
export { quote, typeOf } from './describe.ts';
export { compilePattern } from './pattern.ts';
export type { Pattern } from './pattern.ts';
