import type { Format } from './format.ts';

/** The format `email`. */
export const email: Format = {
  name: 'email',
  samples: ['someone@example.com', 'a.b@example.org', 'first+last@example.net'],
  accepts: (text) => /^[\w.+-]+@[\w-]+(\.[\w-]+)+$/.test(text),
  broken: ['no-address', '@example.com'],
};
