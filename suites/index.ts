import type { Pack } from 'assay/pack';
import { openai } from './openai/pack.ts';

/** The packs that ship; the first one is the default. */
export const packs: readonly Pack[] = [openai];
