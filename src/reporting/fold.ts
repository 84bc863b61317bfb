import type {
  ExchangeEvent,
  InconclusiveReason,
  Outcome,
  OutcomeEvent,
  PassedEvent,
  PlanEvent,
  Requirement,
  RunEnd,
  RunEvent,
  RunStart,
} from '../model/index.ts';
import { CaseBook } from './case-book.ts';
import { noVerdicts, worstOf } from './counts.ts';
import { CoverageBook } from './coverage-book.ts';
import { ErrataBook } from './errata-book.ts';
import { EvidenceBook } from './evidence-book.ts';
import { type BaselineView, FindingBook } from './finding-book.ts';
import type { OperationReport, Report, Undecided } from './report.ts';
import { TrafficBook } from './traffic-book.ts';

/** Sums up a run, event by event. Memory grows with the contract and the causes found; of a case only a few bytes stay, of a body nothing. */
interface ReportFold {
  add(event: RunEvent): void;
  /** The report of what was added so far; throws where no run-start was. */
  report(): Report;
}

interface UndecidedGroup extends Omit<Undecided, 'operationIds' | 'count'> {
  readonly operations: Set<string>;
  count: number;
}

const sendings = new Set<ExchangeEvent['purpose']>(['case', 'set-up', 'control', 'again']);

/** `report = fold(events)`: run or recheck, the same journal gives the same report. */
export function createReportFold(options: { readonly baseline?: BaselineView; readonly command?: string } = {}): ReportFold {
  const evidence = new EvidenceBook();
  const findings = new FindingBook(evidence);
  const cases = new CaseBook();
  const coverage = new CoverageBook();
  const traffic = new TrafficBook();
  const errata = new ErrataBook();
  const undecided = new Map<string, UndecidedGroup>();
  const unsupported = new Map<string, { operationId: string; count: number; detail: string }>();
  const open = new Map<string, ExchangeEvent['case']>();
  const requirements = new Map<string, Requirement>();
  const ranks = new Map<string, number>();
  const budget: Report['budget'][number][] = [];
  const leftBehind: { family: string; resource: string }[] = [];
  let created = 0;
  let removed = 0;
  let requests = 0;
  let start: RunStart | undefined;
  let plan: PlanEvent | undefined;
  let end: RunEnd | undefined;
  let lastAt = 0;

  function addExchange(event: ExchangeEvent): void {
    requests++;
    evidence.add(event.exchange);
    traffic.add(event, (id) => evidence.keep(id));
    if (!sendings.has(event.purpose)) return;
    // The answer to a set-up is judged only where its operation was selected; its outcomes then make the case known.
    if (event.purpose !== 'set-up') cases.sent(event.case);
    coverage.sent(event.case);
    remember(open, event.case);
  }

  function addPassed({ caseId, operationId, checkIds }: PassedEvent): void {
    cases.passed(caseId, operationId, checkIds);
    coverage.passed(caseId, checkIds);
  }

  function addOutcome(event: OutcomeEvent): void {
    const { outcome } = event;
    const planned = open.get(outcome.caseId) ?? event.case;
    if (planned !== undefined) cases.sent(planned);
    cases.add(outcome);
    coverage.add(outcome);
    findings.add(event, planned, requirements.get(outcome.checkId));
    errata.add(outcome);
    if (outcome.status === 'inconclusive') countUndecided(outcome.reason ?? 'no-check', outcome.checkId, outcome);
    if (outcome.status !== 'unsupported') return;
    const known = unsupported.get(outcome.operationId) ?? { operationId: outcome.operationId, count: 0, detail: outcome.detail ?? '' };
    known.count++;
    unsupported.set(outcome.operationId, known);
  }

  function countUndecided(
    reason: InconclusiveReason | 'no-check',
    checkId: string | undefined,
    one: Pick<Outcome, 'caseId' | 'operationId' | 'detail'>,
  ): void {
    const key = `${reason} ${checkId ?? ''}`;
    const known = undecided.get(key) ?? {
      reason,
      ...(checkId === undefined ? {} : { checkId }),
      count: 0,
      operations: new Set<string>(),
      detail: one.detail ?? '',
      caseId: one.caseId,
    };
    known.count++;
    known.operations.add(one.operationId);
    undecided.set(key, known);
  }

  function undecidedGroups(): Undecided[] {
    const silent = cases.unjudged();
    const [first] = silent;
    const groups = [...undecided.values()].map(({ operations, ...group }) => ({ ...group, operationIds: [...operations].toSorted() }));
    if (first === undefined) return groups;
    const operationIds = [...new Set(silent.map(({ operationId }) => operationId))].toSorted();
    return [
      ...groups,
      {
        reason: 'no-check',
        count: silent.length,
        operationIds,
        detail: 'no check had anything to say of the answer',
        caseId: first.caseId,
      },
    ];
  }

  /** In the order in which the run names its checks. */
  function rankOf(checkId: string): number {
    return ranks.get(checkId) ?? ranks.size;
  }

  function operationsOf(run: RunStart): OperationReport[] {
    const byOperation = cases.operations();
    const skipped = new Map(plan?.skipped.map(({ operationId, why }) => [operationId, why]));
    return run.contract.operations.map(({ id, method, path, tag }) => {
      const { verdicts, exercisedValid, exercisedInvalid } = byOperation.get(id) ?? {
        verdicts: noVerdicts(),
        exercisedValid: false,
        exercisedInvalid: false,
      };
      const why = skipped.get(id);
      const checks = cases.checksOf(id).toSorted((left, right) => rankOf(left.id) - rankOf(right.id));
      const base = {
        id,
        method,
        path,
        tag,
        verdict: worstOf(verdicts),
        verdicts,
        checks,
        exercisedValid,
        exercisedInvalid,
        ...traffic.of(id),
      };
      return why === undefined ? base : { ...base, skipped: why };
    });
  }

  return {
    add(event) {
      lastAt = event.at;
      switch (event.type) {
        case 'run-start':
          start = event;
          for (const { id, requirement } of event.checks) {
            ranks.set(id, ranks.size);
            requirements.set(id, requirement);
          }
          break;
        case 'plan':
          plan = event;
          for (const entry of event.unplanned) coverage.unplanned(entry);
          break;
        case 'exchange':
          addExchange(event);
          break;
        case 'passed':
          addPassed(event);
          break;
        case 'outcome':
          addOutcome(event);
          break;
        case 'shrink':
          findings.shrunk(event);
          break;
        case 'ledger':
          if (event.action === 'created') created++;
          else if (event.action === 'removed') removed++;
          else leftBehind.push({ family: event.family, resource: event.resource });
          break;
        case 'budget':
          budget.push({ limit: event.limit, detail: event.detail, notRun: event.notRun });
          break;
        case 'run-end':
          end = event;
          for (const { caseId, reason } of event.notRun)
            countUndecided(reason, undefined, { caseId, operationId: '', detail: 'was not run' });
          break;
        case 'set-up':
          break;
      }
    },
    report() {
      if (start === undefined) throw new Error('A report needs a run-start event.');
      const { verdicts, modes } = cases.totals();
      const operations = operationsOf(start);
      const found = findings.findings((id) => requirements.get(id), options.baseline, options.command ?? 'assay');
      const notes = findings.notes();
      const count = (verdict: string) => found.filter((finding) => finding.verdict === verdict).length;
      const known = found.filter((finding) => finding.known !== undefined).length;
      const { overlays, lint, operations: all, ...contract } = start.contract;
      return {
        schemaVersion: 1,
        tool: start.tool,
        contract: { ...contract, operations: all.length },
        target: start.target,
        profile: start.profile,
        reading: start.reading,
        seed: start.seed,
        startedAt: start.startedAt,
        options: start.options,
        complete: end?.complete ?? false,
        ...(end === undefined ? {} : { exitCode: end.exitCode }),
        messages: end?.messages ?? ['The journal ends before the run did.'],
        summary: {
          verdicts,
          operations: {
            total: all.length,
            exercisedValid: operations.filter((operation) => operation.exercisedValid).length,
            exercisedInvalid: operations.filter((operation) => operation.exercisedInvalid).length,
            recorded: [...cases.operations().values()].filter(({ recorded }) => recorded).length,
          },
          cases: modes,
          ...(plan === undefined ? {} : { planned: { cases: plan.cases, requests: plan.requests } }),
          requests: end?.requests ?? requests,
          durationMs: end?.durationMs ?? lastAt,
          findings: { fail: count('fail'), warn: count('warn'), error: count('error'), known },
          notes: notes.length,
        },
        findings: found,
        operations,
        notes,
        unsupported: [...unsupported.values()],
        inconclusive: undecidedGroups(),
        skipped: plan?.skipped ?? [],
        coverage: coverage.rows(),
        streams: traffic.streams(),
        lint,
        errata: errata.of(overlays),
        checks: start.checks.map(({ id, requirement }) => ({ id, requirement, verdicts: sumOf(operations, id) })),
        ledger: { created, removed, leftBehind },
        budget,
        ...(options.baseline === undefined ? {} : { baseline: { file: options.baseline.file, known, gone: options.baseline.gone() } }),
        evidence: evidence.all(),
      };
    },
  };
}

/** More cases than can be under way at once: an outcome follows its exchange closely. */
const openLimit = 512;

function remember(open: Map<string, ExchangeEvent['case']>, planned: ExchangeEvent['case']): void {
  open.delete(planned.id);
  open.set(planned.id, planned);
  if (open.size <= openLimit) return;
  const [oldest] = open.keys();
  if (oldest !== undefined) open.delete(oldest);
}

function sumOf(operations: readonly OperationReport[], checkId: string): Report['checks'][number]['verdicts'] {
  const sum = noVerdicts();
  for (const operation of operations) {
    const counts = operation.checks.find(({ id }) => id === checkId)?.verdicts;
    if (counts === undefined) continue;
    for (const verdict of Object.keys(sum) as (keyof typeof sum)[]) sum[verdict] += counts[verdict];
  }
  return sum;
}
