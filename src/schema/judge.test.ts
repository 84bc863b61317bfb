import path from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildContract, loadDocument } from '../contract/index.ts';
import type { Contract, Json, JsonObject } from '../model/index.ts';
import { createJudge } from './judge.ts';
import { isObject } from './json.ts';
import { pointerOf, tokensOf, valueAt, withoutValueAt, withValueAt } from './pointer.ts';
import { samplesOf } from './sample.ts';

function judgeOf(schema: Json, others: JsonObject = {}) {
  const judge = createJudge({ schemas: { It: schema, ...others } });
  return {
    accepts: (value: unknown) => judge.accepts('/schemas/It', value),
    explain: (value: unknown) => judge.explain('/schemas/It', value),
    errors: (value: unknown) => judge.errors('/schemas/It', value),
  };
}

const circle: JsonObject = {
  type: 'object',
  required: ['kind', 'radius'],
  properties: { kind: { const: 'circle' }, radius: { type: 'number' } },
};
const square: JsonObject = {
  type: 'object',
  required: ['kind', 'side'],
  properties: { kind: { enum: ['square'] }, side: { type: 'number' } },
};
const shapes: JsonObject = { anyOf: [{ $ref: '#/schemas/Circle' }, { $ref: '#/schemas/Square' }, { type: 'string' }] };

describe('a judgement', () => {
  test.each([
    [{ type: 'integer', minimum: 0 }, -1, ['minimum', '', 'integer >= 0', '-1', 'integer']],
    [{ type: ['string', 'null'] }, 5, ['type', '', 'string or null', '5', 'integer']],
    [{ enum: ['a', 'b'] }, 'c', ['enum', '', 'one of "a", "b"', '"c"', 'string']],
    [{ const: 1.5 }, 2.5, ['const', '', '1.5', '2.5', 'number']],
    [{ required: ['a'] }, {}, ['required', '', 'the member "a"', '{}', 'absent']],
    [{ properties: { a: { type: 'string' } } }, { a: null }, ['type', '/a', 'string', 'null', 'null']],
    [{ additionalProperties: false }, { 'a/b': true }, ['additionalProperties', '', 'no member "a/b"', '"a/b": true', 'boolean']],
    [{ items: { maxLength: 1 } }, ['a', 'bc'], ['maxLength', '/1', 'at most 1 character', '"bc"', 'string']],
    [{ minItems: 2 }, [1], ['minItems', '', 'at least 2 items', '[1]', 'array']],
    [{ pattern: '^a' }, 'b', ['pattern', '', 'a string that matches ^a', '"b"', 'string']],
    [{ format: 'email' }, 'b', ['format', '', 'email (format)', '"b"', 'string']],
    [{ multipleOf: 0.01 }, 0.015, ['multipleOf', '', 'a multiple of 0.01', '0.015', 'number']],
    [{ uniqueItems: true }, [{ a: 1 }, { a: 1 }], ['uniqueItems', '', 'items that differ from each other', '[{"a":1},{"a":1}]', 'array']],
    [{ not: { type: 'string' } }, 'a', ['not', '', 'a value that the schema of `not` refuses', '"a"', 'string']],
    [{ contains: { type: 'string' } }, [1], ['contains', '', 'an item that the schema of `contains` accepts', '[1]', 'array']],
    [{ properties: { a: false } }, { a: 1 }, ['false schema', '/a', 'nothing: no value is allowed here', '1', 'integer']],
    [{ dependentRequired: { a: ['b'] } }, { a: 1 }, ['dependentRequired', '', 'the member "b"', '{"a":1}', 'absent']],
    [{ unevaluatedProperties: false }, { a: 1 }, ['unevaluatedProperties', '', 'no member "a"', '{"a":1}', 'object']],
  ] as const)('of %j on %j says what was expected and what came', (schema, value, expected) => {
    const judge = judgeOf(schema as Json);
    const explained = judge.explain(value);
    expect(judge.accepts(value)).toBe(false);
    expect(explained.map((error) => [error.keyword, error.instancePath, error.expected, error.actual, error.actualType])).toEqual([
      expected,
    ]);
    // The keyword at that place is among the validator's errors too, at the same place of the document.
    expect(judge.errors(value).map(({ keyword, instancePath, schemaPath }) => ({ keyword, instancePath, schemaPath }))).toContainEqual(
      (({ keyword, instancePath, schemaPath }) => ({ keyword, instancePath, schemaPath }))(
        explained[0] ?? { keyword: '', instancePath: '', schemaPath: '' },
      ),
    );
  });

  test('names the branch that the tag chooses', () => {
    expect(judgeOf(shapes, { Circle: circle, Square: square }).explain({ kind: 'square', radius: 1 })).toEqual([
      {
        instancePath: '',
        schemaPath: '/schemas/Square/required',
        keyword: 'required',
        expected: 'the member "side"',
        actual: '{"kind":"square","radius":1}',
        actualType: 'absent',
        member: 'side',
        branch: '/schemas/It/anyOf/1',
      },
    ]);
  });

  test('lists the tags where none fits', () => {
    expect(judgeOf(shapes, { Circle: circle, Square: square }).explain({ kind: 'triangle', side: 'x' })).toEqual([
      {
        instancePath: '/kind',
        schemaPath: '/schemas/It/anyOf',
        keyword: 'anyOf',
        expected: 'one of "circle", "square"',
        actual: '"triangle"',
        actualType: 'string',
      },
    ]);
  });

  test('lists the types where none fits', () => {
    expect(judgeOf(shapes, { Circle: circle, Square: square }).explain(7)).toMatchObject([
      { keyword: 'anyOf', expected: 'object or string', actual: '7' },
    ]);
  });

  test('takes the branch with the fewest errors where there is no tag', () => {
    const schema = { anyOf: [{ required: ['a', 'b', 'c'] }, { required: ['a', 'd'] }] };
    expect(
      judgeOf(schema)
        .explain({ a: 1 })
        .map(({ expected, branch }) => [expected, branch]),
    ).toEqual([['the member "d"', '/schemas/It/anyOf/1']]);
  });

  test('places errors behind a reference where the keyword stands', () => {
    const judge = judgeOf({ properties: { a: { $ref: '#/schemas/Circle' } } }, { Circle: circle });
    expect(judge.errors({ a: { kind: 'circle', radius: '1' } }).map(({ schemaPath }) => schemaPath)).toEqual([
      '/schemas/Circle/properties/radius/type',
    ]);
  });

  test('takes formats that nobody knows as met', () => {
    expect(judgeOf({ type: 'integer', format: 'unixtime' }).accepts(5)).toBe(true);
    expect(judgeOf({ type: 'string', format: 'binary' }).accepts('\u0000')).toBe(true);
    expect(judgeOf({ type: 'string', format: 'toString' }).accepts('x')).toBe(true);
  });

  test('reads own members only', () => {
    expect(judgeOf({ type: 'object', required: ['constructor'] }).accepts({})).toBe(false);
    expect(judgeOf({ type: 'object', properties: { constructor: { type: 'string' } } }).accepts({})).toBe(true);
    expect(judgeOf({ type: 'object', required: ['__proto__'] }).accepts({})).toBe(false);
  });

  test('counts what any branch of a union takes as evaluated', () => {
    const branches = ['a', 'b'].map((name) => ({ properties: { [name]: { type: 'integer' } }, required: [name] }));
    const judge = judgeOf({ anyOf: branches, unevaluatedProperties: false });
    expect([{ a: 1 }, { a: 1, b: 2 }, { a: 1, c: 3 }].map((value) => judge.accepts(value))).toEqual([true, true, false]);
  });

  test('finds schemas whose names a URI would escape', () => {
    const judge = createJudge({ paths: { '/a b/{c}?d=é%#': { schema: { type: 'string' } } } });
    expect(judge.accepts(pointerOf('paths', '/a b/{c}?d=é%#', 'schema'), 'x')).toBe(true);
    expect(judge.accepts(pointerOf('paths', '/a b/{c}?d=é%#', 'schema'), 1)).toBe(false);
  });

  test('judges schemas that lead from one to the next a thousand times', () => {
    const names = Array.from({ length: 1_500 }, (_, index) => index);
    const link = (index: number): JsonObject => ({
      type: 'object',
      required: ['kind'],
      properties: {
        kind: { const: index },
        items: { type: 'array', items: { anyOf: [{ $ref: `#/schemas/L${(index + 1) % 1_500}` }, { type: 'string', minLength: 2 }] } },
      },
    });
    const judge = createJudge({ schemas: Object.fromEntries(names.map((index) => [`L${index}`, link(index)])) });
    expect(judge.accepts('/schemas/L0', { kind: 0, items: ['ab', { kind: 1, items: [{ kind: 2 }] }] })).toBe(true);
    expect(judge.accepts('/schemas/L0', { kind: 0, items: [{ kind: 1, items: [{ kind: 1 }] }] })).toBe(false);
    expect(
      judge
        .errors('/schemas/L0', { kind: 0, items: [{ kind: 1, items: [{ kind: 1 }] }] })
        .map(({ instancePath, schemaPath }) => [instancePath, schemaPath]),
    ).toContainEqual(['/items/0/items/0/kind', '/schemas/L2/properties/kind/const']);
  });

  test('refuses to judge by a schema that is not there', () => {
    expect(() => createJudge({}).accepts('/nowhere', 1)).toThrow("There is no schema at /nowhere of the contract's document.");
  });
});

const root = path.join(import.meta.dirname, '../..');
const seed = 20_250_301;

/** Changes one place of a value: drops it, or puts another type, another text or a neighbouring number there. */
function mutated(value: Json, choice: number, replacement: Json): Json {
  const places: string[] = [];
  const visit = (part: Json, at: string): void => {
    places.push(at);
    if (typeof part === 'object' && part !== null)
      for (const [name, content] of Object.entries(part)) visit(content as Json, at + pointerOf(name));
  };
  visit(value, '');
  const at = places[choice % places.length] ?? '';
  if (at === '') return replacement;
  const old = valueAt(value, at);
  if (replacement === null && choice % 2 === 0 && tokensOf(at).length > 0) return withoutValueAt(value, at);
  if (typeof old === 'number' && replacement === false) return withValueAt(value, at, old - 1);
  return withValueAt(value, at, replacement);
}

describe('the explanation agrees with the validator', () => {
  async function contractOf(file: string): Promise<Contract> {
    return buildContract((await loadDocument(path.join(root, file))).document);
  }

  test.each(['spec/openai/2025-03.json', 'test/fixtures/kitchen-sink-3.1.yaml'])('on mutated values of %s', async (file) => {
    const { document } = await contractOf(file);
    const judge = createJudge(document);
    const schemas = isObject(document['components']) ? Object.keys(document['components']['schemas'] ?? {}) : [];
    const lengths: number[] = [];
    const arbitrary = fc.record({
      name: fc.constantFrom(...schemas),
      full: fc.boolean(),
      choices: fc.array(fc.nat(200), { maxLength: 3 }),
      replacement: fc.oneof(fc.constantFrom<Json[]>(null, false, true, 'x', '', 5, -1.5, [], {}, [null], { type: 'x' })),
    });
    fc.assert(
      fc.property(arbitrary, ({ name, full, choices, replacement }) => {
        const ref = pointerOf('components', 'schemas', name);
        const [smallest, fullest] = samplesOf(document, ref);
        const start = (full ? fullest : smallest) ?? {};
        const value = choices.reduce((changed: Json, choice) => mutated(changed, choice, replacement), start);
        const explained = judge.explain(ref, value);
        expect(explained.length === 0).toBe(judge.accepts(ref, value));
        expect(judge.errors(ref, value).length === 0).toBe(judge.accepts(ref, value));
        if (explained.length > 0) lengths.push(explained.length);
      }),
      { seed, numRuns: 1_500 },
    );
    const sorted = lengths.toSorted((left, right) => left - right);
    expect(sorted.length).toBeGreaterThan(300);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThanOrEqual(2);
  });
});
