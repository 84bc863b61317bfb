import { sample } from 'fast-check';
import { expect, test } from 'vitest';
import { buildContract } from '../contract/index.ts';
import type { JsonObject } from '../model/index.ts';
import { createJudge } from '../schema/index.ts';
import { createRequestArbitraries } from './index.ts';
import { fitted } from './members.ts';
import { noLimits } from './shape.ts';

test('an object of many members is a plain one, whatever their names', () => {
  const names = ['__proto__', 'constructor', ...Array.from({ length: 20 }, (_, index) => `member ${index}`)];
  const made = fitted(
    noLimits(),
    names.map((name) => [name, 1]),
  );
  expect(Object.getPrototypeOf(made)).toBe(Object.prototype);
  expect(Object.keys(made as JsonObject)).toEqual(names);
});

test('a member whose need goes takes with it those that need it', () => {
  const limits = {
    ...noLimits(),
    dependent: new Map([
      ['a', new Set(['b'])],
      ['b', new Set(['c'])],
    ]),
  };
  expect(
    fitted(limits, [
      ['a', 1],
      ['b', 1],
      ['d', 1],
    ]),
  ).toEqual({ d: 1 });
  expect(
    fitted({ ...limits, minProperties: 2 }, [
      ['a', 1],
      ['b', 1],
      ['d', 1],
    ]),
  ).toBeUndefined();
});

test('a condition that is broken costs what it asks about and nothing else', async () => {
  const others = Array.from({ length: 10 }, (_, index) => `other_${index}`);
  const schema: JsonObject = {
    type: 'object',
    properties: {
      ...Object.fromEntries(others.map((name) => [name, { type: 'boolean' }])),
      much: { type: 'boolean' },
      base: { type: 'boolean' },
    },
    additionalProperties: false,
    allOf: [
      JSON.parse('{"if": {"required": ["much"]}, "then": {"required": ["base"], "properties": {"base": {"const": true}}}}') as JsonObject,
    ],
  };
  const contract = await buildContract({
    openapi: '3.1.0',
    info: { title: 'Things', version: '1' },
    paths: {
      '/things': {
        post: { operationId: 'makeThing', requestBody: { required: true, content: { 'application/json': { schema } } }, responses: {} },
      },
    },
  });
  const judge = createJudge(contract.document);
  const [[ref, arbitrary] = []] = [...createRequestArbitraries(contract, judge)];
  if (ref === undefined || !arbitrary) throw new Error('no body');
  const values = sample(arbitrary, { seed: 1, numRuns: 1_000 }) as JsonObject[];
  expect(values.every((value) => judge.accepts(ref, value))).toBe(true);
  const rate = (name: string) => values.filter((value) => Object.hasOwn(value, name)).length / values.length;
  // Each is there as often as the last one, which no condition can cost.
  for (const name of others) expect(Math.abs(rate(name) - rate('base'))).toBeLessThan(0.06);
  expect(rate('much')).toBeGreaterThan(0.05);
});
