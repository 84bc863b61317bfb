import { describe, expect, test } from 'vitest';

import type { Violation } from '../model/index.ts';
import { fingerprintOf } from './fingerprint.ts';

const violation: Violation = { expected: 'integer', actual: '"3"', at: '/data/0/size', keyword: 'type', actualType: 'string' };

describe('fingerprintOf', () => {
  test('is the same for another index and another value', () => {
    expect(fingerprintOf('body-valid', { ...violation, at: '/data/17/size', actual: '"x"' }, 201)).toBe(
      fingerprintOf('body-valid', violation, 200),
    );
  });

  test.each<[string, Partial<Violation>, number]>([
    ['place', { at: '/data/0/count' }, 200],
    ['keyword', { keyword: 'enum' }, 200],
    ['type that came', { actualType: 'null' }, 200],
    ['rule', { rule: 'some.rule' }, 200],
    ['status class', {}, 404],
  ])('differs by %s', (_, change, status) => {
    expect(fingerprintOf('body-valid', { ...violation, ...change }, status)).not.toBe(fingerprintOf('body-valid', violation, 200));
  });

  test('takes the schema pointer before the place in the instance', () => {
    const pointed = { ...violation, schemaPointer: '/components/schemas/Size/type' };
    expect(fingerprintOf('body-valid', { ...pointed, at: '/other' }, 200)).toBe(fingerprintOf('body-valid', pointed, 200));
  });
});
