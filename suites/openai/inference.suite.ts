import { conformance } from 'assay/vitest';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { suiteSettings } from './suite-settings.ts';

await conformance(
  { afterAll, beforeAll, describe, test },
  suiteSettings([
    'tag:Chat',
    'tag:Completions',
    'tag:Responses',
    'tag:Embeddings',
    'tag:Moderations',
    'tag:Models',
    'tag:Realtime',
    'tag:Audio',
    'tag:Images',
  ]),
);
