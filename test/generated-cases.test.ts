import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildContract, loadDocument, loadOverlay } from '../src/contract/index.ts';
import { createGenerator, type Generator } from '../src/generators/index.ts';
import type { Case, Contract, Json, Operation, SchemaJudge } from '../src/model/index.ts';
import { createJudge } from '../src/schema/index.ts';
import { sameJson } from '../src/schema/json.ts';
import { valueAt, withoutValueAt, withValueAt } from '../src/schema/pointer.ts';
import { refusalsOf, serialiseRequest } from '../src/wire/index.ts';
import { openai } from '../suites/openai/pack.ts';

const phases = ['valid', 'invalid', 'coverage', 'pairs', 'property'] as const;
const fixtures = path.join(import.meta.dirname, 'fixtures');
// The editions share most of their schemas: the long form of the tests takes all, the short one the default.
const editions = openai.documents.filter(({ version }) => process.env['ASSAY_TEST_ALL'] === '1' || version === openai.defaultVersion);
const contracts = [
  ...editions.map(({ version, file, overlays }) => ({ name: `openai@${version}`, file, overlays, pack: openai })),
  { name: 'the 3.0 kitchen sink', file: path.join(fixtures, 'kitchen-sink-3.0.json'), overlays: [], pack: undefined },
  { name: 'the 3.1 kitchen sink', file: path.join(fixtures, 'kitchen-sink-3.1.yaml'), overlays: [], pack: undefined },
];

describe.each(contracts)('the cases of $name', ({ file, overlays, pack }) => {
  let contract: Contract;
  let judge: SchemaJudge;
  let cases: readonly Case[];
  let generator: Generator;

  const generate = () =>
    createGenerator({
      contract,
      judge,
      seed: 7,
      draws: 5,
      ...(pack?.wellMeant && { wellMeant: pack.wellMeant }),
      ...(pack && { bindings: pack.bindings }),
    });

  beforeAll(async () => {
    const { document } = await loadDocument(file);
    contract = await buildContract(document, { overlays: await Promise.all(overlays.map(loadOverlay)) });
    judge = createJudge(contract.document);
    generator = generate();
    cases = all(generator);
  });

  const all = (from: Generator, operations: readonly Operation[] = contract.operations) =>
    operations.flatMap((operation) => phases.flatMap((phase) => [...from.cases(operation, phase)]));
  const operationOf = (planned: Case) => contract.operations.find((one) => one.id === planned.operationId) as Operation;
  const refusals = (planned: Case, reader: 'strict' | 'lenient') =>
    refusalsOf(operationOf(planned), serialiseRequest(operationOf(planned), planned.request), {
      reader,
      document: contract.document,
      judge,
    });

  test('are there for every operation: a valid one and, of the pack, an invalid one', () => {
    const ids = (mode: Case['mode']) => new Set(cases.filter((planned) => planned.mode === mode).map((planned) => planned.operationId));
    const without = (mode: Case['mode']) => contract.operations.map((operation) => operation.id).filter((id) => !ids(mode).has(id));
    expect(without('valid')).toEqual([]);
    expect(pack ? without('invalid') : []).toEqual([]);
  });

  test('have ids of their own, and controls that are there', () => {
    expect(new Set(cases.map((planned) => planned.id)).size).toBe(cases.length);
    expect(cases.filter(({ control }) => control !== undefined && generator.controlById(control)?.mode !== 'valid')).toEqual([]);
  });

  test('are the same each time', () => {
    // Every third operation, in another order: what one makes does not hang on what was made before.
    const some = contract.operations.filter((_, index) => index % 3 === 0).toReversed();
    expect(JSON.stringify(all(generate(), some))).toBe(JSON.stringify(all(generator, some)));
  });

  test('that are valid are valid for a strict and for a lenient reader', () => {
    const valid = cases.filter((planned) => planned.mode === 'valid');
    const refused = valid.filter((planned) => refusals(planned, 'strict').length + refusals(planned, 'lenient').length > 0);
    expect(refused.map((planned) => `${planned.operationId} ${planned.id}`)).toEqual([]);
  });

  test('that break a schema are refused by both readers, each for one cause', () => {
    const broken = cases.filter(({ mutation }) => mutation?.schemaPath !== undefined);
    const wrong = broken.filter((planned) => {
      const places = (['strict', 'lenient'] as const).map(
        (reader) => new Set(refusals(planned, reader).map((refusal) => `${refusal.in} ${refusal.name ?? ''}`)),
      );
      return places.some((found) => found.size !== 1);
    });
    expect(broken.length).toBeGreaterThan(100);
    expect(wrong.map((planned) => `${planned.operationId} ${planned.id} ${planned.mutation?.what}`)).toEqual([]);
  });

  test('that break a JSON body break the named keyword at the named place, and are the control again when undone', () => {
    const broken = cases.filter(
      ({ mutation, request }) => mutation?.in === 'body' && mutation.schemaPath !== undefined && request.body && 'json' in request.body,
    );
    const wrong = broken.filter((planned) => !isBrokenThere(planned));
    expect(broken.length).toBeGreaterThan(100);
    expect(wrong.map((planned) => `${planned.operationId} ${planned.id} ${planned.mutation?.what}`)).toEqual([]);
  });

  function isBrokenThere(planned: Case): boolean {
    const { mutation, request } = planned;
    const schema = operationOf(planned).requestBody?.content.find((media) => media.mediaType === request.body?.mediaType)?.schema;
    const control = generator.controlById(planned.control ?? '');
    if (!mutation || schema === undefined || !control) return false;
    const body = jsonOf(planned);
    const place = mutation.at ?? mutation.instancePath;
    const keyword = mutation.schemaPath?.split('/').at(-1);
    const undone = mutation.before === undefined ? withoutValueAt(body, place) : withValueAt(body, place, mutation.before);
    const named = judge.errors(schema, body).some((error) => error.keyword === keyword && error.instancePath === mutation.instancePath);
    return named && sameJson(undone, jsonOf(control)) && judge.accepts(schema, undone);
  }
});

function jsonOf(planned: Case): Json {
  return valueAt(planned.request.body, '/json') as Json;
}
