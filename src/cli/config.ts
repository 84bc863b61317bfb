import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { Ajv2020 } from 'ajv/dist/2020.js';
import { load } from 'js-yaml';

import { UsageError } from '../engine/index.ts';
import { packageFile } from './package-file.ts';
import type { Settings } from './settings.ts';

const names = ['assay.config.json', 'assay.config.yaml', 'assay.config.yml', 'assay.config.ts', 'assay.config.js'];

/**
 * Settings of the config file in the working directory (never the document's), with the flags laid over them. Refuses
 * a member that no flag has, naming file and place.
 */
export async function withConfig(flags: Settings): Promise<Settings> {
  if (flags.config === false) return flags;
  const file = flags.config ?? names.find((name) => existsSync(name));
  if (file === undefined) return flags;
  if (!existsSync(file)) throw new UsageError(`The config file ${file} does not exist.`);
  const read = await readConfig(file);
  const given = Object.entries(flags).filter(([, value]) => value !== undefined);
  return { ...validated(read, file), ...Object.fromEntries(given) };
}

async function readConfig(file: string): Promise<unknown> {
  if (/\.[jt]s$/.test(file)) {
    const module: unknown = await import(pathToFileURL(path.resolve(file)).href);
    return typeof module === 'object' && module !== null && 'default' in module ? module.default : undefined;
  }
  const text = readFileSync(file, 'utf8');
  try {
    return file.endsWith('.json') ? (JSON.parse(text) as unknown) : load(text);
  } catch (thrown) {
    throw new UsageError(`${file} cannot be read: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  }
}

function validated(read: unknown, file: string): Settings {
  const schema: unknown = JSON.parse(readFileSync(packageFile('assay.config.schema.json'), 'utf8'));
  const validate = new Ajv2020({ allErrors: true, strict: false }).compile<Settings>(schema as object);
  if (validate(read)) {
    const { $schema: _, ...settings } = read as Settings & { readonly $schema?: string };
    return settings;
  }
  const [first] = validate.errors ?? [];
  const extra = first?.keyword === 'additionalProperties' ? ` "${String(first.params['additionalProperty'])}"` : '';
  throw new UsageError(
    `${file}${first?.instancePath ?? ''}: ${first?.message ?? 'is not valid'}${extra}. assay.config.schema.json says what may stand there.`,
  );
}
