import type { Format } from './format.ts';

/** Base64 with padding, as OpenAPI 3.0 has it. */
export const byte: Format = {
  name: 'byte',
  samples: ['aGVsbG8=', 'AA==', 'AAEC'],
  accepts: (text) => text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text),
  broken: ['not base64!', 'abc'],
};
