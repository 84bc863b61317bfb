import { genericChecks } from '../checks/index.ts';
import { type RunDeps, type RunOptions, classesOf } from '../engine/index.ts';
import { createGenerator } from '../generators/index.ts';
import type { JsonObject, Operation } from '../model/index.ts';
import { createJudge } from '../schema/index.ts';

/** Checks, cases and schema judge of a run: everything but the connection. */
export function prepare(options: RunOptions): Pick<RunDeps, 'checks' | 'source' | 'judge'> {
  const { contract, pack } = options;
  const judge = createJudge(contract.document);
  const operations = new Map(contract.operations.map((operation) => [operation.id, operation]));
  const classes = (operation: Operation | undefined) => (operation ? classesOf(operation, pack) : []);
  const generator = createGenerator({
    contract,
    judge,
    seed: options.seed,
    draws: options.propertyCases,
    classesOf: (id) => classes(operations.get(id)),
    ...(pack && { bindings: pack.bindings, families: pack.families }),
    ...(pack?.wellMeant && { wellMeant: pack.wellMeant }),
  });
  return {
    checks: [...genericChecks, ...(pack?.checks ?? [])],
    judge,
    source: {
      cases: (operation, phase) => generator.cases(operation, phase),
      control: (operation) => generator.control(operation),
      controlById: (id) => generator.controlById(id),
      unplanned: (operation) => generator.unexpressible(operation).map(({ cell, mode, reason }): JsonObject => ({ operationId: operation.id, ...cell, mode, reason })),
    },
  };
}
