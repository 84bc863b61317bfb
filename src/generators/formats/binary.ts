import type { Format } from './format.ts';

/** Bytes of a file: any string goes. */
export const binary: Format = {
  name: 'binary',
  samples: ['content', 'other content', 'third content'],
  accepts: () => true,
  broken: [],
};
