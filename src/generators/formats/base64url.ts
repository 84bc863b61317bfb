import type { Format } from './format.ts';

/** The format `base64url`. */
export const base64url: Format = {
  name: 'base64url',
  samples: ['aGVsbG8', 'AA', 'AAEC'],
  accepts: (text) => /^[A-Za-z0-9_-]*={0,2}$/.test(text),
  broken: ['a b', 'a+b/'],
};
