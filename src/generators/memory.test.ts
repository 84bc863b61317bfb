import { Arbitrary, sample, Stream, Value, type Random } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildContract } from '../contract/index.ts';
import type { Json, JsonObject } from '../model/index.ts';
import { createJudge } from '../schema/index.ts';
import { createShapes } from './alternatives.ts';
import { createDrawer } from './arbitrary.ts';
import { createBuilder } from './build.ts';
import { createGenerator } from './index.ts';
import { Memory } from './memory.ts';

const colours = Array.from({ length: 20 }, (_, index) => `colour ${index}`);
const thing: JsonObject = {
  type: 'object',
  properties: {
    colour: { type: 'string', enum: colours },
    shape: { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'boolean' } }, { type: 'object' }] },
    offset: { type: 'integer' },
    score: { type: 'number', minimum: -2, maximum: 2 },
    depth: { type: 'integer', minimum: -100_000 },
  },
};

async function make() {
  const contract = await buildContract({
    openapi: '3.0.3',
    info: { title: 'Things', version: '1' },
    paths: {
      '/things': {
        post: {
          operationId: 'makeThing',
          requestBody: { required: true, content: { 'application/json': { schema: thing } } },
          responses: { '200': { description: 'OK' } },
        },
      },
    },
  });
  const judge = createJudge(contract.document);
  const shapes = createShapes(contract.document);
  const build = createBuilder(shapes, judge);
  const [operation] = contract.operations;
  if (!operation) throw new Error('no operation');
  const places = [shapes.placeOf(operation.requestBody?.content[0]?.schema ?? '')];
  const drawer = createDrawer(shapes, build, judge);
  return { contract, judge, operation, build, root: { places, hint: 'body', key: 'body' }, drawer };
}

class Draws extends Arbitrary<Json> {
  readonly #draw: (random: Random) => Json | undefined;

  constructor(draw: (random: Random) => Json | undefined) {
    super();
    this.#draw = draw;
  }

  override generate(random: Random): Value<Json> {
    return new Value(this.#draw(random) ?? null, undefined);
  }

  override canShrinkWithoutContext(_value: unknown): _value is Json {
    return false;
  }

  override shrink(): Stream<Value<Json>> {
    return Stream.nil();
  }
}

async function coloursDrawn(count: number, memory: Memory | undefined): Promise<ReadonlySet<unknown>> {
  const { root, drawer } = await make();
  const draws = sample(new Draws((random) => drawer.draw(root.places, random, 'body', memory, root.key)), { seed: 7, numRuns: count });
  return new Set(draws.flatMap((value) => ('colour' in (value as JsonObject) ? [(value as JsonObject)['colour']] : [])));
}

describe('draws with a memory', () => {
  test('lean to what was drawn least often', async () => {
    const [plain, leaning] = [await coloursDrawn(60, undefined), await coloursDrawn(60, new Memory())];
    expect(leaning.size).toBe(colours.length);
    expect(plain.size).toBeLessThan(colours.length);
  });

  test('lean to what no planned case has', async () => {
    const { root, build } = await make();
    const memory = new Memory();
    for (const colour of colours.slice(1)) memory.addValue(root, { colour, shape: ['a'] }, build);
    expect([...(await coloursDrawn(4, memory))]).toContain(colours[0]);
  });
});

test('a number goes below zero where the schema lets it; without a lower bound who refuses it breaks no rule', async () => {
  const { contract, judge, operation } = await make();
  const cases = [...createGenerator({ contract, judge, seed: 1 }).property(operation, 200)];
  const valid = cases.filter(({ mode }) => mode === 'valid');
  const numbers = (name: string, level: string | undefined) =>
    valid
      .filter((planned) => planned.level === level)
      .map(({ request: { body } }) => (body && 'json' in body ? (body.json as JsonObject)[name] : undefined))
      .filter((value) => typeof value === 'number');
  expect(numbers('offset', 'MAY').some((value) => value < 0)).toBe(true);
  expect(numbers('offset', undefined).some((value) => value < 0)).toBe(false);
  expect(numbers('score', undefined).some((value) => value < 0 && !Number.isInteger(value))).toBe(true);
  expect(numbers('depth', undefined).some((value) => value < 0)).toBe(true);
  const doubtful = new Set(valid.filter(({ level }) => level === 'MAY').map(({ id }) => id));
  expect(cases.filter(({ control }) => control !== undefined && doubtful.has(control))).toEqual([]);
});
