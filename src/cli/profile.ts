import { existsSync, readFileSync } from 'node:fs';

import { load } from 'js-yaml';

import { UsageError, fullProfile, nearest } from '../engine/index.ts';
import type { Pack } from '../model/index.ts';
import { oneOf } from './settings.ts';

/** A profile as the engine takes it: its name, and the pack that knows the name. */
export interface ChosenProfile {
  readonly name: string;
  readonly pack?: Pack;
}

/** Finds the profile by name, or reads it from a file: `{features: [...]}` as JSON or YAML, the file's name being its own. */
export function chooseProfile(named: string | undefined, pack: Pack | undefined): ChosenProfile {
  const rest = pack ? { pack } : {};
  if (named === undefined || named === fullProfile) return { name: fullProfile, ...rest };
  if (!existsSync(named)) return { name: oneOf('profile', named, [fullProfile, ...(pack?.profiles.keys() ?? [])]), ...rest };
  if (!pack) throw new UsageError(`${named} is a profile of features, and a document without a pack has none.`);
  const features = featuresOf(named, pack);
  return { name: named, pack: { ...pack, profiles: new Map([...pack.profiles, [named, features]]) } };
}

function featuresOf(file: string, pack: Pack): string[] {
  let parsed: unknown;
  try {
    parsed = load(readFileSync(file, 'utf8'));
  } catch (thrown) {
    throw new UsageError(`The profile ${file} cannot be read: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  }
  const features = typeof parsed === 'object' && parsed !== null && 'features' in parsed ? parsed.features : undefined;
  if (!Array.isArray(features))
    throw new UsageError(`The profile ${file} holds no list "features". \`list features\` shows what may stand there.`);
  const known = pack.features.map((feature) => feature.id);
  return features.map((feature: unknown) => {
    const id = String(feature);
    if (known.includes(id)) return id;
    const near = nearest(id, known);
    throw new UsageError(`${file}: there is no feature "${id}".${near ? ` Did you mean "${near}"?` : ''} \`list features\` shows them.`);
  });
}
