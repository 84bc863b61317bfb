import type { Format } from './format.ts';

/** The format `uri`. */
export const uri: Format = {
  name: 'uri',
  samples: ['https://example.com/', 'https://example.com/a?b=c', 'urn:example:a'],
  accepts: (text) => /^[a-z][a-z0-9+.-]*:[^\s\\<>"{}|^`]+$/i.test(text),
  broken: ['not a uri', '/relative', 'http://exa mple.com'],
};
