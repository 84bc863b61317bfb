import type { Format } from './format.ts';

/** The format `regex`. */
export const regex: Format = {
  name: 'regex',
  samples: ['^a+$', '[0-9]+', '.'],
  accepts: (text) => isRegex(text),
  broken: ['(', '[a'],
};

function isRegex(text: string): boolean {
  try {
    return new RegExp(text, 'u').flags === 'u';
  } catch {
    return false;
  }
}
