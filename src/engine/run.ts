import type { Case, Check, Operation, RunEvent, SchemaJudge } from '../model/index.ts';
import type { Sender } from '../http/index.ts';
import { Meter } from './budget.ts';
import { CaseRunner } from './case-runner.ts';
import { classesOf, forbiddenClasses } from './classes.ts';
import { cleanUp } from './clean-up.ts';
import { Controls } from './controls.ts';
import { exitCodeOf } from './exit-code.ts';
import { Gate } from './gate.ts';
import { Ledger } from './ledger.ts';
import type { RunOptions } from './options.ts';
import { type Plan, type RunSource, makePlan } from './plan.ts';
import { Producers } from './producers.ts';
import { Recorder } from './recorder.ts';
import { runStart } from './run-start.ts';
import { Score } from './score.ts';
import { select } from './selection.ts';
import { Session, isAccepted, isDeclaredRedirect } from './session.ts';
import { runSmoke } from './smoke.ts';
import { thrifty } from './thrift.ts';

/** Everything a run needs that is made outside of the engine. */
export interface RunDeps {
  readonly checks: readonly Check[];
  readonly source: RunSource;
  readonly judge: SchemaJudge;
  readonly sender: Sender;
  /** Sees every event in order; redacting is the writer's business. */
  readonly onEvent: (event: RunEvent) => void;
  readonly signal?: AbortSignal;
}

/** How a run ended. `messages` are sentences for the user. */
export interface RunResult {
  readonly exitCode: 0 | 1 | 2;
  readonly messages: readonly string[];
  /** False where the target could not be measured at all. */
  readonly smokePassed: boolean;
}

/** The plan of a run, made without sending anything: the same options give the same plan. */
export function planRun(
  options: RunOptions,
  deps: Pick<RunDeps, 'checks' | 'source'>,
): Plan & { readonly operations: readonly Operation[]; readonly checks: readonly Check[] } {
  const ids = deps.checks.map((check) => check.id);
  const selection = select(options.contract, ids, options.only, options.skip);
  const plan = makePlan({
    operations: selection.operations,
    phases: options.phases,
    source: deps.source,
    classesOf: (operation) => classesOf(operation, options.pack),
    allow: options.allow,
    ...(options.shard && { shard: options.shard }),
  });
  const speaks = (check: Check) => (selection.onlyChecks?.has(check.id) ?? true) && !selection.skipChecks.has(check.id);
  return {
    cases: plan.cases,
    skipped: [...selection.skipped, ...plan.skipped],
    operations: selection.operations,
    checks: deps.checks.filter(speaks),
  };
}

/** Plans, tries the target, runs the plan under the budget, cleans up. Never throws for what the target does. */
export async function run(options: RunOptions, deps: RunDeps): Promise<RunResult> {
  const recorder = new Recorder(deps.onEvent);
  const plan = planRun(options, deps);
  recorder.emit(startOf(options, plan.checks));
  const meter = new Meter(options.budget, () => performance.now());
  deps.signal?.addEventListener('abort', () => meter.interrupt(), { once: true });
  const session = new Session({ options, judge: deps.judge, recorder, meter, sender: deps.sender });
  const smoke = await runSmoke(session, deps.source, options);
  const score = new Score(options.baseline);
  const messages = [...smoke.messages, ...guardedSentence(plan.skipped)];
  if (smoke.passed) {
    recorder.emit(planEvent(plan, deps.source));
    await runPlan({ options, deps, plan, session, score, bindings: smoke.bindings });
    if (meter.stopped) messages.push(stopMessage(meter.stopped, options));
  }
  if (smoke.passed && !meter.stopped) messages.push(...options.baseline.gone());
  const interrupted = meter.stopped === 'interrupt';
  const validPlanned = plan.cases.filter((planned) => planned.mode === 'valid').length;
  const figures = score.figures({ smokePassed: smoke.passed, interrupted, planned: plan.cases.length, validPlanned });
  const exitCode = exitCodeOf(figures, options.failOn, options.maxInconclusive);
  recorder.emit({
    type: 'run-end',
    requests: meter.requests,
    durationMs: recorder.elapsedMs,
    exitCode,
    complete: smoke.passed && !meter.stopped,
    messages,
    notRun: [],
  });
  return { exitCode, messages, smokePassed: smoke.passed };
}

async function runPlan(parts: {
  options: RunOptions;
  deps: RunDeps;
  plan: ReturnType<typeof planRun>;
  session: Session;
  score: Score;
  bindings: ReadonlyMap<string, string>;
}): Promise<void> {
  const { options, deps, plan, session, score } = parts;
  const operations = new Map(options.contract.operations.map((operation) => [operation.id, operation]));
  const operation = (id: string): Operation => {
    const found = operations.get(id);
    if (!found) throw new Error(`The plan names the operation ${id}, which the contract lacks.`);
    return found;
  };
  const selected = new Set(plan.operations);
  const ledger = new Ledger();
  const producers = new Producers({
    pack: options.pack,
    ledger,
    bindings: parts.bindings,
    operation: (id) => operations.get(id),
    forbidden: (of) => forbiddenClasses(classesOf(of, options.pack), options.allow),
    control: (of) => deps.source.control(of),
    send: async (of, request, from) => {
      const cheap = options.target.embedded ? request : thrifty(request, from, of, options.pack);
      const exchange = await session.send(from, cheap, of, 'set-up', { credentials: 'given' });
      // An operation that nobody selected is not on trial; whoever needs it says that it failed.
      if (selected.has(of)) runner.judgeSetUp(from, of, exchange);
      return exchange;
    },
    created: (entry, exchange) =>
      session.recorder.emit({ type: 'ledger', action: 'created', family: entry.family, resource: entry.id, exchangeId: exchange.id }),
    json: (exchange) => session.jsonOf(exchange, operation(exchange.operationId ?? '')),
    accepted: isAccepted,
    report: (family, from, exchange, status, detail) =>
      session.recorder.emit({
        type: 'set-up',
        family,
        caseId: from.id,
        exchangeId: exchange.id,
        status,
        ...(detail !== undefined && { detail }),
      }),
  });
  const inPlan = new Set(plan.cases.map((planned) => planned.id));
  const isControl = new Set(plan.cases.map((planned) => planned.control));
  /** A valid case may turn out to be needed as a control after it was sent, or be sent as one before its turn. */
  const started = new Set<string>();
  const controls: Controls = new Controls({
    byId: (id) => deps.source.controlById(id),
    accepted: (exchange) => isAccepted(exchange) || isDeclaredRedirect(exchange, operations.get(exchange.operationId ?? '')),
    send: (control, again) => {
      const asCase = !again && inPlan.has(control.id) && !started.has(control.id);
      started.add(control.id);
      return runner.runControl(control, asCase ? 'case' : 'control');
    },
  });
  const readings = (options.pack?.readings ?? []).filter((reading) => reading.name === options.reading);
  const runner: CaseRunner = new CaseRunner({
    session,
    producers,
    ledger,
    controls,
    checks: plan.checks,
    readings,
    score,
    operation,
    smallest: (of) => deps.source.control(of),
    standIn: (planned) => deps.source.standIn(planned),
    smaller: (planned) => deps.source.smaller(planned),
  });
  const gate = new Gate(options.concurrency);
  const meter = session.meter;
  let next = 0;
  let leftOut = 0;
  const work = async (): Promise<void> => {
    for (let planned = plan.cases[next++]; planned; planned = plan.cases[next++]) {
      const current = planned;
      if (!meter.mayStart()) {
        leftOut++;
        runner.leaveOut(current, 'budget', `The run was stopped (${meter.stopped}) before this case was sent.`);
        continue;
      }
      const again = await gate.run(async () => {
        if (isControl.has(current.id)) return void (await controls.accepted(current.id));
        if (started.has(current.id)) return undefined;
        started.add(current.id);
        return runner.run(current);
      });
      if (again) await gate.run(again, { alone: true });
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, options.concurrency) }, work));
  await controls.finish(() => meter.mayStart(), Math.max(1, options.concurrency));
  await runner.shrinkFailures();
  if (meter.stopped)
    session.recorder.emit({ type: 'budget', limit: meter.stopped, detail: stopMessage(meter.stopped, options), notRun: leftOut });
  if (!options.target.embedded) await cleanUp(ledger, producers, session);
}

function startOf(options: RunOptions, checks: readonly Check[]): ReturnType<typeof runStart> {
  const { contract, pack, target, profile, reading, seed, toolVersion } = options;
  return runStart({
    contract,
    pack,
    checks,
    target: { url: target.url, embedded: target.embedded },
    profile,
    reading,
    seed,
    toolVersion,
    options: {
      ...(options.spec !== undefined && { spec: options.spec }),
      phases: options.phases,
      only: options.only,
      skip: options.skip,
      concurrency: options.concurrency,
      allow: [...options.allow],
      maxRequests: Number.isFinite(options.budget.maxRequests) ? options.budget.maxRequests : 'unlimited',
      maxTimeMs: Number.isFinite(options.budget.maxTimeMs) ? options.budget.maxTimeMs : 'unlimited',
      propertyCases: options.propertyCases,
    },
  });
}

function planEvent(plan: ReturnType<typeof planRun>, source: RunSource): Omit<Extract<RunEvent, { type: 'plan' }>, 'v' | 'at'> {
  const byMode = { valid: 0, invalid: 0, probe: 0 };
  const byPhase: Partial<Record<Case['phase'], number>> = {};
  const controls = new Set<string>();
  for (const planned of plan.cases) {
    byMode[planned.mode]++;
    byPhase[planned.phase] = (byPhase[planned.phase] ?? 0) + 1;
    if (planned.control !== undefined) controls.add(planned.control);
  }
  return {
    type: 'plan',
    cases: plan.cases.length,
    byMode,
    byPhase,
    // One set-up for each slot at worst, and each control once more at the end.
    requests: plan.cases.reduce((sum, planned) => sum + 1 + planned.slots.filter((slot) => slot.fresh).length, 0) + 2 * controls.size,
    skipped: plan.skipped,
    unplanned: plan.operations.flatMap((operation) => source.unplanned(operation)),
  };
}

/** What safety kept out of the plan is said aloud: a green run of the rest is no pass of the whole. */
function guardedSentence(skipped: Plan['skipped']): string[] {
  const guarded = skipped.filter(({ why }) => why.startsWith('needs --allow'));
  if (guarded.length === 0) return [];
  const classes = [...new Set(guarded.flatMap(({ why }) => why.replace('needs --allow ', '').split(',')))].toSorted();
  const what =
    guarded.length === 1
      ? '1 operation that costs money or shows the organization was'
      : `${guarded.length} operations that cost money or show the organization were`;
  return [`${what} left out; --allow ${classes.join(',')} runs them too.`];
}

function stopMessage(stopped: 'requests' | 'time' | 'interrupt', options: RunOptions): string {
  if (stopped === 'requests') return `The budget of ${options.budget.maxRequests} requests is used up; --max-requests raises it.`;
  if (stopped === 'time') return `The budget of ${options.budget.maxTimeMs / 1000} s is used up; --max-time raises it.`;
  return 'The run was interrupted; the reports hold what was done.';
}
