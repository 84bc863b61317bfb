export type * from './model/index.ts';
export { type Job, openJob } from './cli/job.ts';
export type { Settings } from './cli/settings.ts';
export { UsageError } from './engine/index.ts';
export { ContractError } from './contract/index.ts';
