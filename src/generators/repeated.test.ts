import { Arbitrary, sample, Stream, Value, type Random } from 'fast-check';
import { expect, test } from 'vitest';
import { repeatedOf } from './repeated.ts';
import { noLimits } from './shape.ts';

class Drawn extends Arbitrary<string> {
  readonly #draw: (random: Random) => string;

  constructor(draw: (random: Random) => string) {
    super();
    this.#draw = draw;
  }

  override generate(random: Random): Value<string> {
    return new Value(this.#draw(random), undefined);
  }

  override canShrinkWithoutContext(_value: unknown): _value is string {
    return false;
  }

  override shrink(): Stream<Value<string>> {
    return Stream.nil();
  }
}

test.each(['^[a-zA-Z0-9_-]{1,64}$', '^[0-9]+$', '^[ab]*$', '^[a-z]{2}$', '^[.+()]{3,}$'])(
  'texts of %s match, of all lengths',
  (pattern) => {
    const regex = new RegExp(pattern, 'u');
    const draw = repeatedOf(regex, noLimits());
    const texts = sample(new Drawn(draw ?? (() => 'none')), { seed: 1, numRuns: 2_000 });
    expect(texts.filter((text) => !regex.test(text))).toEqual([]);
    const { source } = regex;
    const lengths = new Set(texts.map((text) => text.length));
    expect(lengths.size === 1).toBe(source.endsWith('{2}$'));
    expect(lengths.has(0)).toBe(source.endsWith('*$'));
    expect(lengths.has(64)).toBe(!source.endsWith('{2}$'));
  },
);

test.each(['^[^a]+$', '[a]+', String.raw`^[\d]+$`, '^[a]+b$', '^[é]+$'])('%s is left to who reads any expression', (pattern) => {
  expect(repeatedOf(new RegExp(pattern, 'u'), noLimits())).toBeUndefined();
});

test('limits on the length hold besides those of the pattern, and contradict it', () => {
  const draw = repeatedOf(/^[a]+$/u, { ...noLimits(), minLength: 3, maxLength: 5 });
  const texts = sample(new Drawn(draw ?? (() => 'none')), { seed: 1, numRuns: 200 });
  expect(new Set(texts)).toEqual(new Set(['aaa', 'aaaa', 'aaaaa']));
  expect(repeatedOf(/^[a]{1,2}$/u, { ...noLimits(), minLength: 3 })).toBeUndefined();
});
