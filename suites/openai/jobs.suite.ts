import { conformance } from 'assay/vitest';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { suiteSettings } from './suite-settings.ts';

await conformance({ afterAll, beforeAll, describe, test }, suiteSettings(['tag:Batch', 'tag:Fine-tuning']));
