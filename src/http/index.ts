export * from './sender.ts';
export * from './stream-keeper.ts';
export * from './transport-error.ts';
export * from './passing.ts';
export * from './proxy.ts';
