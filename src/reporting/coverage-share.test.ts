import { expect, test } from 'vitest';

import type { CoverageRow } from './report.ts';
import { coverageShare } from './coverage-share.ts';

function row(valid: readonly [sent: number, accepted: number], invalid: readonly [sent: number, rejected: number]): CoverageRow {
  return {
    operationId: 'makePet',
    in: 'body',
    pointer: '/components/schemas/Pet',
    keyword: 'type',
    valid: { sent: valid[0], accepted: valid[1] },
    invalid: { sent: invalid[0], rejected: invalid[1], accepted: 0, inconclusive: 0, notExpressible: 0 },
    aspects: [],
    reasons: [],
  };
}

test('counts what was tried, each side of a keyword once', () => {
  expect(coverageShare([row([3, 1], [5, 5]), row([2, 0], [0, 0]), row([0, 0], [1, 0]), row([0, 0], [0, 0])])).toEqual({
    proven: 2,
    tried: 4,
  });
});
