import { errataUsed, genericChecks } from '../checks/index.ts';
import { eventValue } from '../engine/index.ts';
import type { Check } from '../model/index.ts';
import type { LoadedContract } from './contract.ts';

/** Every check that may speak of a contract: those of every API, those of the pack, and which errata were needed where it has any. */
export function checksFor({ pack, letter }: Pick<LoadedContract, 'pack' | 'letter'>): Check[] {
  const errata = letter && errataUsed({ letter, valueOf: (operation, event) => eventValue(pack, operation, event) });
  return [...genericChecks, ...(errata ? [errata] : []), ...(pack?.checks ?? [])];
}
