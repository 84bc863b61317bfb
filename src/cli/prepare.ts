import { type RunDeps, type RunOptions, classesOf, situationCases, streamCases } from '../engine/index.ts';
import { createGenerator } from '../generators/index.ts';
import type { Case, JsonObject, Operation, Phase } from '../model/index.ts';
import { createJudge } from '../schema/index.ts';
import { checksFor } from './checks.ts';
import type { LoadedContract } from './contract.ts';

/** Checks, cases and schema judge of a run: everything but the connection. */
export function prepare(
  options: RunOptions,
  { letter }: Pick<LoadedContract, 'letter'> = {},
): Pick<RunDeps, 'checks' | 'source' | 'judge'> {
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
    ...(pack && { bindings: pack.bindings }),
    ...(pack?.wellMeant && { wellMeant: pack.wellMeant }),
  });
  const streams = new Map<string, readonly Case[]>();
  const ofStream = (operation: Operation): readonly Case[] => {
    const known = streams.get(operation.id) ?? streamCases(operation, pack, contract, generator.control(operation));
    streams.set(operation.id, known);
    return known;
  };
  const casesOf = (operation: Operation, phase: Phase): Iterable<Case> => {
    if (phase === 'stream') return ofStream(operation);
    if (phase === 'scenario') return situationCases(operation, pack, contract, generator.control(operation), judge);
    return generator.cases(operation, phase);
  };
  return {
    checks: checksFor({ ...(letter && { letter }), ...(pack && { pack }) }),
    judge,
    source: {
      cases: casesOf,
      control: (operation) => generator.control(operation),
      controlById: (id) => generator.controlById(id) ?? [...streams.values()].flat().find((planned) => planned.id === id),
      standIn: (planned) => (planned.phase === 'stream' || planned.phase === 'scenario' ? undefined : generator.standIn(planned)),
      smaller: (planned) => (planned.phase === 'stream' || planned.phase === 'scenario' ? [] : generator.shrink(planned)),
      unplanned: (operation) =>
        generator
          .unexpressible(operation)
          .map(({ cell, mode, reason }): JsonObject => ({ operationId: operation.id, ...cell, mode, reason })),
    },
  };
}
