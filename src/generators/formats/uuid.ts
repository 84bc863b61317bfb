import type { Format } from './format.ts';

/** The format `uuid`. */
export const uuid: Format = {
  name: 'uuid',
  samples: ['123e4567-e89b-12d3-a456-426614174000', '00000000-0000-4000-8000-000000000001', 'f47ac10b-58cc-4372-a567-0e02b2c3d479'],
  accepts: (text) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text),
  broken: ['not-a-uuid', '123e4567e89b12d3a456'],
};
