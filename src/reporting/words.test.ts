import { expect, test } from 'vitest';
import { leftBehindLine } from './words.ts';

const left = (count: number) => Array.from({ length: count }, (_, index) => ({ family: 'tea', resource: `tea_${index}` }));

test('names a few of what was left behind, and counts the rest', () => {
  expect(leftBehindLine(left(2))).toBe('tea tea_0, tea tea_1');
  expect(leftBehindLine(left(5))).toBe('tea tea_0, tea tea_1, tea tea_2, tea tea_3, tea tea_4');
  expect(leftBehindLine(left(7))).toBe('tea tea_0, tea tea_1, tea tea_2, tea tea_3, tea tea_4 and 2 more, all in report.json');
});

test('cuts the ids that a target makes too long', () => {
  const line = leftBehindLine([{ family: 'tea', resource: `tea_${'x'.repeat(5000)}` }]);
  expect(line).toMatch(/^tea tea_x+…$/);
  expect(line.length).toBeLessThan(60);
});
