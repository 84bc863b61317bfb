export type * from './model/index.ts';
export { buildContract, loadDocument, loadOverlay } from './contract/index.ts';
export { defineCheck, may, must, should } from './checks/define.ts';
export { createJudge } from './schema/index.ts';
export { rulesOf } from './stream/rules.ts';
