import { describe, expect, test } from 'vitest';

import { type RunFigures, exitCodeOf } from './exit-code.ts';

const conforming: RunFigures = {
  newFails: 0,
  newWarns: 0,
  errors: 0,
  smokePassed: true,
  validAccepted: 10,
  validPlanned: 10,
  planned: 100,
  inconclusive: 20,
  interrupted: false,
};

describe('exitCodeOf', () => {
  test.each<[string, Partial<RunFigures>, 'fail' | 'warn', 0 | 1 | 2]>([
    ['0 where nothing was found', {}, 'fail', 0],
    ['1 for a fail that the baseline lacks', { newFails: 1 }, 'fail', 1],
    ['0 for a warn', { newWarns: 1 }, 'fail', 0],
    ['1 for a warn with --fail-on warn', { newWarns: 1 }, 'warn', 1],
    ['2 for an error of ours', { errors: 1 }, 'fail', 2],
    ['1 for a fail beside an error', { errors: 1, newFails: 1 }, 'fail', 1],
    ['2 when the smoke test failed', { smokePassed: false }, 'fail', 2],
    ['2 when no valid case was accepted', { validAccepted: 0 }, 'fail', 2],
    ['2 above the share of inconclusive cases', { inconclusive: 21 }, 'fail', 2],
    ['2 when the user stopped it, whatever was found', { interrupted: true, newFails: 1 }, 'fail', 2],
  ])('%s', (_, figures, failOn, expected) => {
    expect(exitCodeOf({ ...conforming, ...figures }, failOn, 0.2)).toBe(expected);
  });
});
