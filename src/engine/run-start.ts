import type { Check, Contract, JsonObject, Pack, RunStart } from '../model/index.ts';
import { classesOf } from './classes.ts';

/** The first event of a run, of a judged recording, and of what passed through the proxy. */
export function runStart(parts: {
  readonly contract: Contract;
  readonly pack?: Pack | undefined;
  readonly checks: readonly Check[];
  readonly target: RunStart['target'];
  readonly profile: string;
  readonly reading: string;
  readonly seed: number;
  readonly toolVersion: string;
  readonly options: JsonObject;
}): Omit<RunStart, 'v' | 'at'> {
  const { contract, pack, checks, target, profile, reading, seed, toolVersion, options } = parts;
  return {
    type: 'run-start',
    tool: { name: 'assay', version: toolVersion },
    contract: {
      id: contract.id,
      hash: contract.hash,
      openapi: contract.openapi,
      operations: contract.operations.map((operation) => ({
        id: operation.id,
        method: operation.method,
        path: operation.path,
        tag: operation.tags[0] ?? operation.path.split('/')[1] ?? '',
        classes: classesOf(operation, pack),
      })),
      lint: contract.lint,
      overlays: contract.overlays,
    },
    target,
    profile,
    reading,
    seed,
    startedAt: new Date().toISOString(),
    options,
    checks: checks.map(({ id, requirement }) => ({ id, requirement })),
  };
}
