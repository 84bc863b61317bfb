import type { Format } from './format.ts';

/** The format `uri-reference`. */
export const uriReference: Format = {
  name: 'uri-reference',
  samples: ['/a/b', 'https://example.com/', '../c?d=e'],
  accepts: (text) => /^[^\s\\<>"{}|^`]*$/.test(text),
  broken: ['a b', '\\\\server'],
};
