import type { Format } from './format.ts';

/** The format `date-time`. */
export const dateTime: Format = {
  name: 'date-time',
  samples: ['2025-01-15T12:00:00Z', '2025-06-30T23:59:59.5Z', '2024-02-29T00:00:00+02:00'],
  accepts: (text) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text),
  broken: ['not a time', '2025-01-15', '2025-13-01T00:00:00Z'],
};
