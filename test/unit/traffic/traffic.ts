import { genericChecks } from '../../../src/checks/index.ts';
import { loadContract } from '../../../src/cli/contract.ts';
import { judgeRecording, type RecordedJudging } from '../../../src/engine/index.ts';
import { readValue } from '../../../src/recordings/line.ts';
import { createJudge } from '../../../src/schema/index.ts';

/** What was asked and answered, as a recorder tells it; the rest is an ordinary exchange with status 200. */
export interface Told {
  readonly method?: string;
  readonly path: string;
  readonly query?: string;
  readonly asked?: unknown;
  readonly askedHeaders?: Readonly<Record<string, string>> | null;
  readonly status?: number;
  /** Of the answer; `null` where the recorder kept none. */
  readonly headers?: Readonly<Record<string, string>> | null;
  /** Objects are JSON, lists are the events of a stream. */
  readonly answer?: unknown;
  readonly flags?: readonly string[];
}

/** The service itself, whose practice is excused, and anyone else. */
export const hosts = { service: 'api.openai.com', other: 'provider.example' } as const;

const judgings = new Map<string, Promise<RecordedJudging>>();

function judgingOf(version: string): Promise<RecordedJudging> {
  const judging = judgings.get(version) ?? load(version);
  judgings.set(version, judging);
  return judging;
}

async function load(version: string): Promise<RecordedJudging> {
  const { contract, pack } = await loadContract({ contract: `openai@${version}` });
  if (!pack) throw new Error('no pack');
  const judge = createJudge(contract.document);
  return { contract, judge, pack, profile: 'full', checks: [...genericChecks, ...pack.checks] };
}

/** Failures and warnings as `MUST body-valid /status`, or why it was not judged. */
export async function found(told: Told, host: keyof typeof hosts, version = '2025-03'): Promise<readonly string[]> {
  const recorded = readValue(lineOf(told, hosts[host]), 'traffic', 'line 1');
  if (recorded?.kind !== 'exchange') throw new Error('no exchange');
  const verdict = judgeRecording(recorded, await judgingOf(version));
  if (verdict.kind === 'unjudged') return [verdict.reason];
  return verdict.judged.flatMap(({ outcome }) =>
    outcome.status === 'error'
      ? [`ERROR ${outcome.checkId} ${outcome.detail}`]
      : outcome.violations.flatMap(({ level, rule, at }) =>
          level === 'MAY' ? [] : [`${level} ${rule ?? outcome.checkId} ${at.replaceAll(/\d+/g, '*')}`],
        ),
  );
}

/** What could not be decided of an exchange, and why. */
export async function undecided(told: Told, host: keyof typeof hosts = 'service'): Promise<readonly string[]> {
  const recorded = readValue(lineOf(told, hosts[host]), 'traffic', 'line 1');
  if (recorded?.kind !== 'exchange') throw new Error('no exchange');
  const verdict = judgeRecording(recorded, await judgingOf('2025-03'));
  return verdict.kind === 'judged' ? [...new Set(verdict.undecided.map(({ reason }) => reason))].toSorted() : [verdict.reason];
}

function lineOf({ method = 'POST', path, query, asked, answer, status = 200, ...told }: Told, host: string): object {
  const isStream = Array.isArray(answer);
  const mediaType = isStream ? 'text/event-stream; charset=utf-8' : 'application/json';
  return {
    id: 'told',
    method,
    host,
    prefix: '/v1',
    path,
    query: query ?? null,
    status,
    request_headers: told.askedHeaders === undefined ? { 'content-type': 'application/json' } : told.askedHeaders,
    request_body: asked === undefined ? null : textOf(asked),
    response_headers: told.headers === undefined ? { 'content-type': mediaType, date: 'Sat, 01 Aug 2026 00:00:00 GMT' } : told.headers,
    response_body: answer === undefined ? null : isStream ? eventsOf(answer) : textOf(answer),
    stream: isStream,
    flags: told.flags ?? [],
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function eventsOf(events: readonly unknown[]): string {
  return events.map((event) => `data: ${textOf(event)}\n\n`).join('');
}
