import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { openai } from './pack.ts';

interface Parameter {
  readonly name: string;
  readonly in: string;
}
type Paths = Record<string, Record<string, { operationId: string; parameters?: Parameter[] }>>;

const operations = openai.documents.flatMap(({ version, file }) => {
  const { paths } = JSON.parse(readFileSync(file, 'utf8')) as { paths: Paths };
  return Object.entries(paths).flatMap(([template, methods]) =>
    Object.values(methods).map((operation) => ({ version, template, ...operation })),
  );
});
const ids = new Set(operations.map((operation) => operation.operationId));
const slotNames = new Set([...openai.families.map((family) => `${family.name}.id`), ...openai.discover.map((found) => found.slot)]);

describe('the pack', () => {
  test('knows both documents', () => {
    expect(openai.documents.map(({ version }) => version)).toEqual(['2025-01', '2025-03']);
    expect(operations.length).toBe(110 + 126);
  });

  test('binds every path parameter to a family', () => {
    const unbound = operations.flatMap(({ operationId, parameters = [] }) =>
      parameters
        .filter((parameter) => parameter.in === 'path')
        .filter(
          ({ name }) => !openai.bindings.some((one) => one.in === 'path' && one.at === `/${name}` && one.operations.includes(operationId)),
        )
        .map(({ name }) => `${operationId} ${name}`),
    );
    expect(unbound).toEqual([]);
  });

  test('names only operations that a document has', () => {
    const families = openai.families.flatMap(({ create, list, get, modify, delete: remove, cancel, seeded }) =>
      [create, list, get, modify, remove, cancel, seeded?.operation].filter((id) => id !== undefined),
    );
    const bound = openai.bindings.flatMap((binding) => binding.operations).filter((glob) => !glob.includes('*'));
    const spokenOf = openai.checks.flatMap((check) => check.operations ?? []);
    const discovered = openai.discover.map((found) => found.operation);
    const named = [...families, ...bound, ...openai.classes.keys(), ...openai.smoke, ...discovered, ...spokenOf];
    expect(named.filter((id) => !ids.has(id))).toEqual([]);
  });

  test('fills every slot from a family or a discovery', () => {
    const unknown = openai.bindings.filter((binding) => binding.slot !== undefined && !slotNames.has(binding.slot));
    expect(unknown).toEqual([]);
  });

  test('names every situation once, for an operation that a document has', () => {
    const named = (openai.situations ?? []).map(({ operation, name }) => `${operation} ${name}`);
    expect(new Set(named).size).toBe(named.length);
    expect((openai.situations ?? []).filter(({ operation }) => !ids.has(operation))).toEqual([]);
  });

  test('gives every family a maker or a place to find it, and a parent that exists', () => {
    const names = new Set(openai.families.map((family) => family.name));
    expect(openai.families.filter((family) => family.create === undefined && !family.seeded)).toEqual([]);
    expect(openai.families.filter((family) => family.parent !== undefined && !names.has(family.parent))).toEqual([]);
  });

  test('counts every operation to a feature', () => {
    const globs = openai.features.flatMap((feature) => feature.operations).map((glob) => new RegExp(`^${glob.replaceAll('*', '.*')}$`));
    expect([...ids].filter((id) => !globs.some((glob) => glob.test(id)))).toEqual([]);
  });
});
