export { buildContract } from './build.ts';
export { ContractError } from './error.ts';
export { loadDocument } from './load.ts';
export { loadOverlay, parseOverlay } from './overlay.ts';
