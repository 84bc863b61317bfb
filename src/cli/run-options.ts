import { readFileSync } from 'node:fs';
import path from 'node:path';

import { load } from 'js-yaml';

import { Baseline, type RunOptions, type Shard, UsageError, basesFor, guardedClasses } from '../engine/index.ts';
import type { OperationClass, Phase } from '../model/index.ts';
import type { LoadedContract } from './contract.ts';
import type { Embedded } from './embedded.ts';
import { chooseProfile } from './profile.ts';
import { toolVersion } from './tool-version.ts';
import { type Settings, oneOf } from './settings.ts';

const phases = ['valid', 'invalid', 'coverage', 'pairs', 'property', 'probe', 'stream', 'scenario'] as const satisfies readonly Phase[];
/** What a foreign target is asked without anyone saying so: DESIGN 3. */
const foreignBudget = { maxRequests: 500, maxTimeMs: 600_000 };
const unlimited = { maxRequests: Infinity, maxTimeMs: Infinity };
const embeddedConcurrency = 8;
const foreignConcurrency = 4;

/** Settings parsed into the options of a run; what cannot be meant is a {@link UsageError}. */
export function runOptionsOf(
  settings: Settings,
  loaded: LoadedContract,
  embedded: Pick<Embedded, 'url' | 'apiKey'> | undefined,
): RunOptions {
  const { contract, pack, reading } = loaded;
  const profile = chooseProfile(settings.profile, pack);
  const keyVariable = settings.apiKeyEnv ?? pack?.apiKeyEnv ?? 'API_KEY';
  const apiKey = embedded?.apiKey ?? process.env[keyVariable];
  if (!embedded && settings.apiKeyEnv !== undefined && apiKey === undefined) {
    throw new UsageError(`--api-key-env names ${keyVariable}, which is not set in the environment.`);
  }
  // Refused before a run folder is made.
  if (!embedded) basesFor(settings.target ?? '', contract);
  const budget = embedded ? unlimited : foreignBudget;
  const allow = (settings.allow ?? []).map((name) => oneOf('class to allow', name, guardedClasses));
  return {
    contract,
    ...(settings.spec !== undefined && { spec: specOf(settings.spec) }),
    ...(profile.pack && { pack: profile.pack }),
    target: {
      url: (embedded?.url ?? settings.target ?? '').replace(/\/+$/, ''),
      embedded: embedded !== undefined,
      ...(apiKey !== undefined && { apiKey }),
      headers: (settings.header ?? []).map(headerOf),
    },
    seed: settings.seed ?? 1,
    phases: (settings.phase ?? ['valid', 'invalid', 'scenario', 'stream']).flatMap((name) =>
      name === 'all' ? phases : [oneOf('phase', name, phases)],
    ),
    only: settings.only ?? [],
    skip: settings.skip ?? [],
    profile: profile.name,
    reading,
    given: new Map([
      ...(settings.model === undefined ? [] : [['model', settings.model] as const]),
      ...(settings.bind ?? []).map(bindingOf),
    ]),
    allow: new Set<OperationClass>(embedded ? guardedClasses : allow),
    budget: {
      maxRequests: settings.maxRequests ?? budget.maxRequests,
      maxTimeMs: settings.maxTime === undefined ? budget.maxTimeMs : settings.maxTime * 1000,
    },
    concurrency: settings.concurrency ?? (embedded ? embeddedConcurrency : foreignConcurrency),
    propertyCases: settings.propertyCases ?? 5,
    ...(settings.shard !== undefined && { shard: shardOf(settings.shard) }),
    ...(settings.maxLatency !== undefined && { maxLatencyMs: settings.maxLatency }),
    maxInconclusive: settings.maxInconclusive ?? 0.2,
    failOn: oneOf('level to fail on', settings.failOn ?? 'fail', ['fail', 'warn']),
    baseline: readBaseline(settings.baseline),
    timeouts: { totalMs: (settings.timeout ?? 120) * 1000, idleMs: (settings.idleTimeout ?? 30) * 1000 },
    toolVersion: toolVersion(),
    keyVariable,
  };
}

/** A file is named absolutely, so that a replay finds it from another folder; a URL as it is. */
function specOf(spec: string): string {
  return /^[a-z][a-z0-9+.-]+:/i.test(spec) ? spec : path.resolve(spec);
}

function headerOf(text: string): readonly [string, string] {
  const at = text.indexOf(':');
  const name = text.slice(0, at).trim();
  if (at < 1 || !/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name)) throw new UsageError('A --header is given as "name: value".');
  return [name, text.slice(at + 1).trim()];
}

function bindingOf(text: string): readonly [string, string] {
  const at = text.indexOf('=');
  if (at < 1) throw new UsageError(`--bind ${JSON.stringify(text)}: expected slot=value.`);
  return [text.slice(0, at), text.slice(at + 1)];
}

function shardOf(text: string): Shard {
  const [index, count] = text.split('/').map(Number);
  const isWhole = (value: number | undefined): value is number => Number.isSafeInteger(value) && (value ?? 0) >= 1;
  if (!isWhole(index) || !isWhole(count) || index > count)
    throw new UsageError(`--shard ${JSON.stringify(text)}: expected i/n with 1 <= i <= n.`);
  return { index, count };
}

/** Reads a list of `{fingerprint, reason, operation?}`, as JSON or YAML; without a file nothing is known. */
export function readBaseline(file: string | undefined): Baseline {
  if (file === undefined) return new Baseline('', []);
  let parsed: unknown;
  try {
    parsed = load(readFileSync(file, 'utf8'));
  } catch (thrown) {
    throw new UsageError(`The baseline ${file} cannot be read: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  }
  const entries = Array.isArray(parsed) ? parsed : (parsed as { findings?: unknown } | null)?.findings;
  if (!Array.isArray(entries)) throw new UsageError(`The baseline ${file} holds no list of findings.`);
  return new Baseline(
    file,
    entries.map((entry: unknown, index) => {
      const { fingerprint, reason, operation } = (entry ?? {}) as Partial<Record<'fingerprint' | 'reason' | 'operation', unknown>>;
      if (typeof fingerprint !== 'string' || typeof reason !== 'string') {
        throw new UsageError(`${file}, entry ${index + 1}: a baseline entry has a fingerprint and a reason.`);
      }
      return { fingerprint, reason, ...(typeof operation === 'string' && { operation }) };
    }),
  );
}
