export { genericFaults } from './faults/index.ts';
export { createReferenceServer } from './server.ts';
export type { ReferenceServer, ReferenceServerOptions } from './server.ts';
export type { MadeCounts } from './made-reply.ts';
