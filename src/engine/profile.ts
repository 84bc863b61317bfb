import type { Operation, Pack } from '../model/index.ts';
import { matcher } from './selection.ts';

/** The profile that promises everything: the default. */
export const fullProfile = 'full';

/** Whether the profile promises an operation: one of its features names it. A profile that the pack does not know promises everything. */
export function isPromised(pack: Pack | undefined, profile: string, operation: Operation): boolean {
  const names = pack?.profiles.get(profile);
  if (!pack || profile === fullProfile || !names) return true;
  return pack.features.some((feature) => names.includes(feature.id) && feature.operations.some((glob) => matcher(glob)(operation.id)));
}
