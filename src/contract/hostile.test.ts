import path from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Contract, Json, JsonObject } from '../model/index.ts';
import { createJudge, pointerOf, withoutValueAt, withValueAt } from '../schema/index.ts';
import { buildContract } from './build.ts';
import { ContractError } from './error.ts';
import { loadDocument } from './load.ts';

const fixtures = path.join(import.meta.dirname, '../../test/fixtures');
const seed = 4_711;
/** About 0.15 s each: the structure is validated anew for every document. */
const documents = process.env['ASSAY_TEST_ALL'] === '1' ? 100 : 20;

const junk: readonly Json[] = [
  null,
  true,
  -1,
  1.5,
  '',
  'x',
  [],
  {},
  [null],
  ['x', 1],
  { $ref: '#/nowhere' },
  { $ref: '#' },
  { $ref: 5 },
  { $ref: '#/components/schemas/Shelf' },
  { type: 'x', nullable: 1 },
  { allOf: [{ nullable: true }], oneOf: {} },
  JSON.parse('{"__proto__": {"x": 1}, "constructor": 1, "properties": {"__proto__": {"enum": ["a"], "nullable": true}}}') as Json,
];

function placesOf(value: Json, at = ''): readonly string[] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([name, content]) => placesOf(content as Json, at + pointerOf(name)))];
}

/** Uses the contract as a run would: every schema of every operation judges a value. */
function useAll({ document, operations }: Contract): number {
  const judge = createJudge(document);
  const schemas = operations.flatMap(({ parameters, requestBody, responses }) => [
    ...parameters.map(({ schema }) => schema),
    ...[...(requestBody?.content ?? []), ...responses.flatMap(({ content, headers }) => [...content, ...headers])].map(
      ({ schema }) => schema,
    ),
  ]);
  let judged = 0;
  for (const schema of schemas) {
    if (schema === undefined) continue;
    for (const value of [{}, 'x', [1]]) judge.explain(schema, value);
    judged += 1;
  }
  return judged;
}

describe('a document with anything anywhere', () => {
  test.each(['kitchen-sink-3.0.json', 'kitchen-sink-3.1.yaml'])(
    '%s becomes a contract with lint, or is refused with a sentence',
    async (file) => {
      const { document } = await loadDocument(path.join(fixtures, file));
      const places = placesOf(document).filter((place) => place !== '');
      const edit = fc.record({ place: fc.constantFrom(...places), value: fc.option(fc.constantFrom(...junk), { nil: undefined }) });
      let contracts = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 3 }), async (edits) => {
          const broken = edits.reduce(
            (changed: Json, { place, value }) =>
              value === undefined ? withoutValueAt(changed, place) : withValueAt(changed, place, value),
            document,
          );
          try {
            const contract = await buildContract(broken as JsonObject);
            contracts += 1;
            expect(useAll(contract)).toBeGreaterThanOrEqual(0);
            // Nothing is left out in silence.
            for (const { skips, message } of contract.lint)
              expect([typeof skips === 'string' || skips === undefined, message.length > 5]).toEqual([true, true]);
          } catch (error) {
            expect(error).toBeInstanceOf(ContractError);
          }
          expect(Object.hasOwn(Object.prototype, 'x')).toBe(false);
        }),
        { seed, numRuns: documents },
      );
      expect(contracts).toBeGreaterThan(documents / 2);
    },
  );
});
