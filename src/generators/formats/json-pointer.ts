import type { Format } from './format.ts';

/** The format `json-pointer`. */
export const jsonPointer: Format = {
  name: 'json-pointer',
  samples: ['/a/b', '', '/a~1b/0'],
  accepts: (text) => /^(\/([^~/]|~[01])*)*$/.test(text),
  broken: ['a/b', '/a~2'],
};
