import type { Format } from './format.ts';

/** The format `ipv4`. */
export const ipv4: Format = {
  name: 'ipv4',
  samples: ['192.0.2.1', '198.51.100.7', '203.0.113.255'],
  accepts: (text) => /^((25[0-5]|2[0-4]\d|1?\d?\d)(\.(?!$)|$)){4}$/.test(text),
  broken: ['192.0.2', '256.0.0.1', 'address'],
};
