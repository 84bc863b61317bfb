import type { Format } from './format.ts';

/** The format `uri-template`. */
export const uriTemplate: Format = {
  name: 'uri-template',
  samples: ['/a/{b}', 'https://example.com/{id}', '/c'],
  accepts: (text) => /^([^\s\\<>"{}|^`]|\{[\w,]+\})*$/.test(text),
  broken: ['/a/{b', '/{a b}'],
};
