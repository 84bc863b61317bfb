import type { Format } from './format.ts';

/** A hint to forms: any string goes. */
export const password: Format = {
  name: 'password',
  samples: ['correct-horse', 'battery-staple', 'another-secret'],
  accepts: () => true,
  broken: [],
};
