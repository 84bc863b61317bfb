export { buildContract, letterDocument } from './build.ts';
export { createErratumFinder } from './errata.ts';
export { createFreedSearch } from './freed.ts';
export { ContractError } from './error.ts';
export { loadDocument } from './load.ts';
export { loadOverlay, parseOverlay } from './overlay.ts';
