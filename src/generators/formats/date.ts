import type { Format } from './format.ts';

/** The format `date`. */
export const date: Format = {
  name: 'date',
  samples: ['2025-01-15', '2025-06-30', '2024-02-29'],
  accepts: (text) => /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(text),
  broken: ['not a date', '2025-13-01', '2025-02-30'],
};
