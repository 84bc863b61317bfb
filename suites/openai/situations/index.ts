import type { Situation } from 'assay/pack';
import { chatSituations } from './chat.ts';
import { inputSituations } from './inputs.ts';
import { responseSituations } from './responses.ts';

/** Plain requests that real clients send and that no schema singles out. */
export const situations: readonly Situation[] = [...chatSituations, ...responseSituations, ...inputSituations];
