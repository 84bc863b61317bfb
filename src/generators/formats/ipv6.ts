import type { Format } from './format.ts';

/** The format `ipv6`. */
export const ipv6: Format = {
  name: 'ipv6',
  samples: ['2001:db8::1', '::1', '2001:db8:0:0:0:0:0:ff'],
  accepts: (text) => /^[0-9a-f:]{2,39}$/i.test(text) && text.includes(':'),
  broken: ['2001:db8:::1', 'address', '192.0.2.1'],
};
