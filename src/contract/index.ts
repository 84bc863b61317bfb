export { buildContract } from './build.ts';
export type { BuildOptions } from './build.ts';
export { ContractError } from './error.ts';
export { loadDocument } from './load.ts';
export type { LoadedDocument } from './load.ts';
export { loadOverlay, parseOverlay } from './overlay.ts';
export type { Overlay, OverlayAction } from './overlay.ts';
