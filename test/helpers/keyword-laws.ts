import { describe, expect, test } from 'vitest';
import { buildContract } from '../../src/contract/index.ts';
import { createGenerator } from '../../src/generators/index.ts';
import type { Case, Json, JsonObject } from '../../src/model/index.ts';
import { createJudge } from '../../src/schema/index.ts';
import { valueAt, withoutValueAt, withValueAt } from '../../src/schema/pointer.ts';

/** A group of the JSON Schema test suite's form: one schema, and values that it takes or refuses. */
export interface KeywordGroup {
  readonly description: string;
  readonly schema: JsonObject;
  readonly valid: readonly Json[];
  readonly invalid: readonly Json[];
  /** Why no single change breaks the keyword here. */
  readonly unbreakable?: string;
}

const schemaAt = '/paths/~1values/post/requestBody/content/application~1json/schema';

/** Runs the laws of generators for one keyword on each group: what is generated is judged by ajv, never by the generator. */
export function keywordLaws(keyword: string, groups: readonly KeywordGroup[]): void {
  describe.each(groups)(`${keyword}: $description`, ({ schema, valid, invalid, unbreakable }) => {
    const made = make(schema);

    test.each(valid.map((value) => [value]))('takes %j', async (value) => {
      expect((await made).judge.errors(schemaAt, value)).toEqual([]);
    });

    test.each(invalid.map((value) => [value]))('refuses %j by the keyword', async (value) => {
      expect((await made).judge.errors(schemaAt, value).map((error) => error.keyword)).toContain(keyword);
    });

    test('every generated valid value validates', async () => {
      const { cases, judge } = await made;
      const values = cases.filter(({ mode }) => mode === 'valid').map(jsonOf);
      expect(values.length).toBeGreaterThan(0);
      expect(values.filter((value) => !judge.accepts(schemaAt, value))).toEqual([]);
    });

    test('every broken value fails at that place with that keyword, differs in one place, and is valid again when undone', async () => {
      const { broken, judge, byId } = await made;
      expect(broken(keyword).length > 0).toBe(unbreakable === undefined);
      for (const planned of broken(keyword)) {
        const { mutation } = planned;
        const place = mutation?.at ?? mutation?.instancePath ?? '';
        const errors = judge.errors(schemaAt, jsonOf(planned)).map((error) => `${error.keyword} ${error.instancePath}`);
        expect(errors).toContain(`${keyword} ${mutation?.instancePath}`);
        const undone =
          mutation?.before === undefined ? withoutValueAt(jsonOf(planned), place) : withValueAt(jsonOf(planned), place, mutation.before);
        const control = byId.get(planned.control ?? '');
        expect(undone).toEqual(control && jsonOf(control));
        expect(judge.accepts(schemaAt, undone)).toBe(true);
      }
    });

    test('the same seed gives the same cases', async () => {
      expect((await make(schema)).cases).toEqual((await made).cases);
    });

    test('smaller forms of a broken value are broken in the same way', async () => {
      const { broken, judge, shrink } = await made;
      for (const planned of broken(keyword).slice(0, 3)) {
        for (const smaller of shrink(planned)) {
          const errors = judge.errors(schemaAt, jsonOf(smaller)).map((error) => `${error.keyword} ${error.instancePath}`);
          expect(errors).toContain(`${keyword} ${planned.mutation?.instancePath}`);
        }
      }
    });
  });
}

async function make(schema: JsonObject) {
  const document: JsonObject = {
    openapi: '3.1.0',
    info: { title: keywordTitle, version: '1' },
    paths: {
      '/values': {
        post: {
          operationId: 'send',
          requestBody: { required: true, content: { 'application/json': { schema } } },
          responses: { '200': { description: 'OK' } },
        },
      },
    },
  };
  const contract = await buildContract(document);
  const judge = createJudge(contract.document);
  const generator = createGenerator({ contract, judge, seed: 1, draws: 25 });
  const [operation] = contract.operations;
  if (!operation) throw new Error('The document of the laws has no operation.');
  const cases = (['valid', 'invalid', 'coverage', 'pairs', 'property'] as const).flatMap((phase) => [...generator.cases(operation, phase)]);
  return {
    judge,
    cases,
    byId: new Map(cases.map((planned) => [planned.id, planned])),
    broken: (keyword: string) =>
      cases.filter(
        ({ mutation }) =>
          mutation?.in === 'body' && mutation.schemaPath?.endsWith(`/${keyword}`) && mutation.schemaPath.startsWith(schemaAt),
      ),
    shrink: generator.shrink,
  };
}

const keywordTitle = 'One schema';

function jsonOf(planned: Case): Json {
  return valueAt(planned.request.body, '/json') as Json;
}
