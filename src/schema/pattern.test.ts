import { describe, expect, test } from 'vitest';
import { compilePattern, patternLimits } from './pattern.ts';

describe('a pattern', () => {
  test('is read with `u`, and without where only that works', () => {
    expect(compilePattern('^\\p{Lu}$')?.test('É')).toBe(true);
    expect(compilePattern('^[a-z0-9\\-\\_]+$')?.test('a-b_c')).toBe(true);
    expect(compilePattern('(')).toBeUndefined();
  });

  test.each(['^(a+)+$', '^(a|a)*$', '^(?:a*)*b$', '^((a){1,9})+$', '(a+)\\1+$'])('%s ends in time, and blames nobody', (source) => {
    const started = performance.now();
    compilePattern(source)?.test(`${'a'.repeat(40)}!`);
    expect(performance.now() - started).toBeLessThan(patternLimits.milliseconds * 5);
  });

  test.each([
    ['^(a+)+$', 'aaa', true],
    ['^(a+)+$', 'aab', false],
    ['^(?:file|asst)_[a-z]+$', 'file_x', true],
  ])('%s on %s is %s', (source, text, fits) => {
    expect(compilePattern(source)?.test(text)).toBe(fits);
  });

  test('says of a text what it said before', () => {
    const words = compilePattern('^[a-z]+(\\.[a-z]+)+$');
    expect(['a.b', 'a', 'a.b', 'a'].map((text) => words?.test(text))).toEqual([true, false, true, false]);
  });

  test('runs under the clock on a long text', () => {
    const started = performance.now();
    expect(compilePattern('\\s+$')?.test(`${' '.repeat(200_000)}x`)).toBe(true);
    expect(performance.now() - started).toBeLessThan(patternLimits.milliseconds * 5);
  });
});
