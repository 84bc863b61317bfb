import type { Format } from './format.ts';

/** The format `hostname`. */
export const hostname: Format = {
  name: 'hostname',
  samples: ['example.com', 'a', 'a-b.example.org'],
  accepts: (text) => /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/i.test(text),
  broken: ['-a.example', 'a b', 'exa mple.com'],
};
