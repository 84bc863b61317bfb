import {
  Recorder,
  type RecordedInput,
  type RecordedJudging,
  type RecordedVerdict,
  Score,
  createSeenCollector,
  judgeRecording,
  judgedEvents,
  runStart,
} from '../engine/index.ts';
import { type Exchange, type JsonObject, type Outcome, type SentRequest, type Verdict, verdictOrder } from '../model/index.ts';
import type { Report } from '../reporting/index.ts';
import { createJudge } from '../schema/index.ts';
import { createRedactor, credentialHeaders, curlLine, responseView } from '../wire/index.ts';
import { checksFor } from './checks.ts';
import type { LoadedContract } from './contract.ts';
import { openWriter } from './event-writer.ts';
import { readBaseline } from './run-options.ts';
import { type Settings, oneOf } from './settings.ts';
import { toolVersion } from './tool-version.ts';

/** Settings of the commands that judge what they did not send. */
export interface PassiveSettings extends Settings {
  readonly basePath?: string;
  readonly vintage?: string;
}

/** What was judged so far. */
export interface PassiveSummary {
  readonly exchanges: number;
  readonly judged: number;
  readonly unjudged: number;
  readonly verdicts: Readonly<Record<Verdict, number>>;
}

/** Exchanges that nobody here planned, judged one after another and written like a run. */
export interface PassiveRun {
  readonly judging: RecordedJudging;
  readonly summary: PassiveSummary;
  /** Why exchanges could not be judged, and how many. */
  readonly reasons: ReadonlyMap<string, number>;
  /** Judges and writes. `verdict` is given where a stream was judged as it passed. */
  add(recorded: RecordedInput, verdict?: RecordedVerdict): RecordedVerdict;
  /** Text with all credentials replaced that were met so far. */
  text(original: string): string;
  /** Remembers the credentials of a request, so that they are written nowhere. */
  learn(request: SentRequest): void;
  /** Ends the run; `read` is false where there was nothing to judge. */
  finish(messages: readonly string[], read: boolean): Promise<{ readonly report: Report; readonly exitCode: 0 | 1 | 2 }>;
}

/** Different reasons that are told one by one. */
const reasonsAtMost = 100;

/** A reason that names a path, with `*` for what looks like an id: that one of a thousand is unknown is one cause. */
function withoutIds(reason: string): string {
  return reason.replaceAll(/(?<=\/)(?=[^/\s]*\d)[^/\s]{8,}/g, '*');
}

/** Starts to judge passively; reports and a journal are written where a folder is given. */
export function openPassiveRun(
  loaded: LoadedContract,
  settings: PassiveSettings,
  run: { readonly target: string; readonly folder?: string | undefined; readonly options: JsonObject },
): PassiveRun {
  const { contract, pack } = loaded;
  const judging: RecordedJudging = {
    contract,
    judge: createJudge(contract.document),
    profile: 'full',
    checks: checksFor(loaded),
    ...(pack && { pack }),
    ...(settings.reading !== undefined && { reading: settings.reading }),
    ...(settings.basePath !== undefined && { basePath: settings.basePath }),
    ...(settings.vintage !== undefined && { vintage: settings.vintage }),
  };
  const failOn = oneOf('level to fail on', settings.failOn ?? 'fail', ['fail', 'warn'] as const);
  const baseline = readBaseline(settings.baseline);
  const redactor = createRedactor({ secrets: [], secretMembers: pack?.secretMembers ?? [] });
  const writer = openWriter(run.folder, settings, redactor, baseline);
  const recorder = new Recorder((event) => void writer.add(event));
  const seen = run.folder === undefined ? undefined : createSeenCollector(contract, judging.judge);
  const score = new Score(baseline);
  const verdicts = Object.fromEntries(verdictOrder.map((verdict) => [verdict, 0])) as Record<Verdict, number>;
  const reasons = new Map<string, number>();
  const copies = new Map<string, number>();
  const keyVariable = pack?.apiKeyEnv ?? 'API_KEY';
  const secretQuery = new Set(
    [...contract.securitySchemes.values()].flatMap((scheme) => (scheme.type === 'apiKey' && scheme.in === 'query' ? [scheme.name] : [])),
  );
  const reading = settings.reading ?? 'contract';
  let exchanges = 0;
  let unjudged = 0;
  let defects = 0;
  recorder.emit(
    runStart({
      contract,
      pack,
      checks: judging.checks,
      target: { url: run.target, embedded: false },
      profile: judging.profile,
      reading,
      seed: 0,
      toolVersion: toolVersion(),
      options: { ...run.options, ...(settings.spec !== undefined && { spec: settings.spec }) },
    }),
  );

  /** Recordings of several files may use one id more than once; cases are told apart by it. */
  function unique(exchange: Exchange): Exchange {
    let id = exchange.id;
    let copy = copies.get(id) ?? 0;
    if (copy > 0) {
      do id = `${exchange.id}~${++copy}`;
      while (copies.has(id));
      copies.set(id, 1);
    }
    copies.set(exchange.id, Math.max(copy, 1));
    if (id === exchange.id && exchange.caseId === undefined && exchange.operationId === undefined) return exchange;
    const { caseId: _case, operationId: _operation, ...rest } = exchange;
    return { ...rest, id };
  }

  function learn(request: SentRequest): void {
    for (const [name, value] of request.headers) if (credentialHeaders.has(name.toLowerCase())) redactor.learn(value);
    if (secretQuery.size === 0) return;
    for (const [name, value] of new URL(request.url, 'http://recorded.invalid').searchParams)
      if (secretQuery.has(name)) redactor.learn(value);
  }

  function emit(verdict: RecordedVerdict, exchange: Exchange): void {
    const own = verdict.reading === reading ? {} : { reading: verdict.reading };
    if (verdict.kind === 'unjudged') {
      recorder.emit({ type: 'exchange', case: verdict.planned, purpose: 'unjudged', exchange, ...own });
      return;
    }
    const { operation, planned, judged } = verdict;
    const shown = seen?.(operation, responseView(verdict.exchange, operation));
    recorder.emit({ type: 'exchange', case: planned, purpose: 'case', exchange: verdict.exchange, ...own, ...(shown && { seen: shown }) });
    const again = ({ violations }: Outcome) => (violations.length === 0 ? undefined : curlLine(exchange.request, { keyVariable }));
    for (const event of judgedEvents(judged, { again })) recorder.emit(event);
    score.add(planned, judged, false);
  }

  return {
    judging,
    get summary() {
      return { exchanges, judged: exchanges - unjudged, unjudged, verdicts };
    },
    reasons,
    add: (recorded, given) => {
      const exchange = unique(recorded.exchange);
      const verdict = given ?? judgeRecording({ ...recorded, exchange }, judging);
      exchanges++;
      learn(exchange.request);
      emit(verdict, exchange);
      if (verdict.kind === 'judged') verdicts[verdict.verdict]++;
      else {
        unjudged++;
        if (verdict.defect) defects++;
        const told = withoutIds(verdict.reason);
        const reason = reasons.has(told) || reasons.size < reasonsAtMost ? told : 'other reasons';
        reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
      }
      return verdict;
    },
    text: (original) => redactor.text(original),
    learn,
    finish: async (messages, read) => {
      const figures = score.figures({ smokePassed: true, interrupted: false, planned: 0, validPlanned: 0 });
      const failed = figures.newFails > 0 || (failOn === 'warn' && figures.newWarns > 0);
      // Where Assay failed on an exchange, nobody can say that all of them conform.
      const exitCode = failed ? 1 : figures.errors + defects > 0 || !read ? 2 : 0;
      const told = [...messages, ...[...reasons].map(([reason, count]) => `${count} not judged: ${reason}`)];
      recorder.emit({
        type: 'run-end',
        requests: exchanges,
        durationMs: recorder.elapsedMs,
        exitCode,
        complete: true,
        messages: told,
        notRun: [],
      });
      return { report: await writer.finish(), exitCode };
    },
  };
}
