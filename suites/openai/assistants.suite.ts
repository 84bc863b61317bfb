import { conformance } from 'assay/vitest';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { suiteSettings } from './suite-settings.ts';

await conformance(
  { afterAll, beforeAll, describe, test },
  suiteSettings(['tag:Assistants', 'tag:Vector stores', 'tag:Files', 'tag:Uploads']),
);
