import { existsSync } from 'node:fs';
import path from 'node:path';

import { UsageError, readJournal } from '../engine/index.ts';
import type { Case, OutcomeEvent, RunStart } from '../model/index.ts';
import type { Settings } from './settings.ts';

/** The run folder that `RUN` on the command line names: a folder, or `latest` below reports/. */
export function runFolder(name: string): string {
  const candidates = [name, path.join('reports', name)];
  const found = candidates.find((folder) => existsSync(path.join(folder, 'journal.ndjson')));
  if (found === undefined)
    throw new UsageError(`${candidates.join(' and ')} hold no journal.ndjson. A run folder is named, or "latest" for the last run.`);
  return found;
}

/** What a journal says of one case, and how its run was started. */
export interface RecordedCase {
  readonly start: RunStart;
  readonly planned: Case;
  readonly outcomes: readonly OutcomeEvent[];
  /** The accepted valid case that it differs from, where it is an invalid one that was sent. */
  readonly control?: Case;
}

/** Finds a case in a journal by its id or the beginning of it; a failing case that was shrunk is also known by its smallest form. */
export async function recordedCase(folder: string, id: string): Promise<RecordedCase> {
  let start: RunStart | undefined;
  const cases = new Map<string, Case>();
  const outcomes: OutcomeEvent[] = [];
  for await (const event of readJournal(folder)) {
    if (event.type === 'run-start') start = event;
    if (event.type === 'exchange' && event.case.id.startsWith(id)) cases.set(event.case.id, event.case);
    if (event.type === 'shrink' && event.smallest.id.startsWith(id)) cases.set(event.smallest.id, event.smallest);
    if (event.type === 'outcome' && event.outcome.caseId.startsWith(id)) {
      outcomes.push(event);
      if (event.case) cases.set(event.case.id, event.case);
    }
  }
  const [planned, ...others] = cases.values();
  if (!start || !planned) throw new UsageError(`${folder} holds no case ${id}.`);
  if (others.length > 0) throw new UsageError(`${folder} holds several cases that begin with ${id}: ${[...cases.keys()].join(', ')}.`);
  const control = planned.control === undefined ? undefined : await sentCase(folder, planned.control);
  return { start, planned, outcomes: outcomes.filter((event) => event.outcome.caseId === planned.id), ...(control && { control }) };
}

async function sentCase(folder: string, id: string): Promise<Case | undefined> {
  for await (const event of readJournal(folder)) if (event.type === 'exchange' && event.case.id === id) return event.case;
  return undefined;
}

/** The settings that a run was started with, as far as they say how its requests are made and judged. */
export function settingsOf(start: RunStart): Settings {
  const { spec } = start.options;
  return {
    ...(typeof spec === 'string' ? { spec } : { contract: start.contract.id }),
    ...(start.target.embedded ? {} : { target: start.target.url }),
    profile: start.profile,
    reading: start.reading,
    seed: start.seed,
    allow: ['costly', 'admin'],
    config: false,
  };
}
