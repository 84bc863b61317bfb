import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { setShouldValidateSchema } from '@hyperjump/json-schema';
import { validate } from '@hyperjump/json-schema/openapi-3-0';
import '@hyperjump/json-schema/openapi-3-1';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json } from '../model/index.ts';
import { createJudge, member, objectMember, pointerOf, withoutValueAt, withValueAt } from '../schema/index.ts';
import { samplesOf } from '../schema/sample.ts';
import { buildContract } from './build.ts';
import { loadDocument } from './load.ts';

/** Where the two readings differ, on purpose. */
const differOnPurpose: ReadonlyMap<string, string> = new Map([
  ['CompoundFilter', '`oneOf` is read as `anyOf`: a comparison filter also fits the second branch'],
  ['ReasoningEffort', '`nullable` beside an enum without null means null, as its author meant it'],
  ['CreateCompletionRequest', '`nullable` beside `oneOf`, without a `type`, means null'],
  ['Recursive', '`nullable` and `exclusiveMinimum: true` in a 3.1 document mean what they meant in 3.0, and `$recursiveRef` is followed'],
]);
const root = path.join(import.meta.dirname, '../..');
const seed = 20_251_121;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'assay-opinion-'));
  // The documents that ship are not all valid under the meta-schema of OpenAPI; that is the business of the lint.
  setShouldValidateSchema(false);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Samples of a schema and neighbours of them: a place dropped, or another value put there. */
function valuesNear(starts: readonly Json[], count: number, literals: readonly Json[]): readonly Json[] {
  const edit = fc.record({ at: fc.nat(100), drop: fc.boolean(), literal: fc.constantFrom(...literals) });
  const value = fc.tuple(fc.constantFrom(...starts), fc.array(edit, { maxLength: 3 })).map(([start, edits]) =>
    edits.reduce((changed: Json, { at, drop, literal }) => {
      const places = placesOf(changed);
      const place = places[at % places.length] ?? '';
      if (place === '') return literal;
      return drop ? withoutValueAt(changed, place) : withValueAt(changed, place, literal);
    }, start),
  );
  return fc.sample(value, { seed, numRuns: count });
}

function placesOf(value: Json, at = ''): readonly string[] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([name, content]) => placesOf(content as Json, at + pointerOf(name)))];
}

const literals: readonly Json[] = [null, true, 0, 1, -1, 1.5, '', 'x', 'auto', [], {}, ['x'], [1], { type: 'x' }];

describe('an independent validator, in its own OpenAPI dialect on the document as it is written, agrees with ours', () => {
  test.each([
    ['test/fixtures/kitchen-sink-3.0.json', 100, 1, 12],
    ['test/fixtures/kitchen-sink-3.1.yaml', 100, 1, 6],
    // All 436 schemas with 40 values each were tried once: 17,440 values, the same verdict on 17,434, the rest on purpose.
    ['spec/openai/2025-03.json', 8, 6, 73],
  ])('%s', async (name, count, every, expected) => {
    const contract = await buildContract((await loadDocument(path.join(root, name))).document);
    const file = path.join(folder, `${path.parse(name).name}.openapi.json`);
    writeFileSync(file, JSON.stringify(contract.source));
    const judge = createJudge(contract.document);
    const schemas = Object.keys(objectMember(member(contract.source, 'components'), 'schemas') ?? {}).filter(
      (_, index) => index % every === 0,
    );
    const differing: string[] = [];
    for (const schema of schemas) {
      const ref = pointerOf('components', 'schemas', schema);
      const second = await validate(`${pathToFileURL(file).href}#${ref}`);
      const starts = samplesOf(contract.document, ref);
      for (const value of valuesNear(starts.length > 0 ? starts : [{}], count, literals)) {
        const [theirs, ours] = [second(value as never).valid, judge.accepts(ref, value)];
        if (theirs !== ours && !differOnPurpose.has(schema)) differing.push(`${schema} ${JSON.stringify(value)}`);
      }
    }
    expect(schemas).toHaveLength(expected);
    expect(differing).toEqual([]);
  });
});
