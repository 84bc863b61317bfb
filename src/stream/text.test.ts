import { describe, expect, test } from 'vitest';
import { differenceOf, merge } from './compare.ts';
import { ByteMatcher, Text } from './text.ts';

const grown = (pieces: readonly string[]): Text => {
  const text = new Text();
  for (const piece of pieces) text.append(piece);
  return text;
};

describe('Text', () => {
  test('is what was appended', () => {
    const text = grown(['one', ' two', '']);
    expect([text.toString(), text.length, text.equals('one two'), text.equals('one twO')]).toEqual(['one two', 7, true, false]);
  });

  test('knows a text that is too long to keep by length and hash, however it was cut', () => {
    const piece = 'The quick brown fox. ';
    const whole = piece.repeat(150_000);
    const text = grown(Array.from({ length: 150_000 }, () => piece));
    const other = `${whole.slice(0, 1_000_000)}#${whole.slice(1_000_001)}`;
    expect([text.whole(), text.equals(whole), text.equals(other), text.equals(`${whole} `)]).toEqual([undefined, true, false, false]);
    expect(grown([whole.slice(0, 3), whole.slice(3)]).equals(whole)).toBe(true);
  });
});

describe('ByteMatcher', () => {
  const bytes = (text: string) => ({ bytes: [...new TextEncoder().encode(text)] });

  test('agrees where tokens split characters and run ahead', () => {
    const matcher = new ByteMatcher();
    matcher.tokens([{ bytes: [0xc3] }]);
    matcher.tokens([{ bytes: [0xa9] }, bytes('tude')]);
    matcher.text('é');
    expect(matcher.agrees).toBe(false);
    matcher.text('tude');
    expect(matcher.agrees).toBe(true);
  });

  test('sees another byte, and decides nothing where a token has no bytes', () => {
    const matcher = new ByteMatcher();
    matcher.text('oak');
    matcher.tokens([bytes('oat')]);
    expect(matcher.agrees).toBe(false);
    const unknown = new ByteMatcher();
    unknown.text('oak');
    unknown.tokens([{ bytes: null }]);
    expect(unknown.agrees).toBe(true);
  });
});

describe('merge', () => {
  test('appends texts, adds numbers, merges entries by index and replaces what names a type', () => {
    const deltas = [
      { list: [{ index: 0, type: 'a', text: 'x' }], total: 1 },
      { list: [{ index: 1, type: 'b', text: 'z' }], total: 2 },
      { list: [{ index: 0, type: 'a', text: 'y', extra: null }] },
    ];
    const merged = deltas.reduce<unknown>((value, delta) => merge(value, delta), undefined);
    const expected = {
      list: [
        { index: 0, type: 'a', text: 'xy' },
        { index: 1, type: 'b', text: 'z' },
      ],
      total: 3,
    };
    expect(differenceOf(merged, expected, { ignore: new Set() })).toBeUndefined();
    expect(differenceOf(merged, { ...expected, total: 4 }, { ignore: new Set() })).toBe('total');
    expect(
      differenceOf(merged, { ...expected, list: [{ index: 0, type: 'a', text: 'yx' }, expected.list[1]] }, { ignore: new Set() }),
    ).toBe('list.0.text');
  });
});
