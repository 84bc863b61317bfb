import type { Format } from './format.ts';

/** The format `time`. */
export const time: Format = {
  name: 'time',
  samples: ['12:00:00Z', '23:59:59.5Z', '00:00:00+02:00'],
  accepts: (text) => /^\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text),
  broken: ['noon', '25:00:00Z'],
};
