import type {
  Check,
  CheckContext,
  CheckYield,
  Level,
  Outcome,
  PracticeReading,
  Status,
  TransportError,
  Violation,
} from '../model/index.ts';
import { isExcused } from './excused.ts';
import { fingerprintOf } from './fingerprint.ts';

/** What the checks said of one exchange, and the fingerprint of every violation. */
export interface Judged {
  readonly outcome: Outcome;
  /** Parallel to `outcome.violations`. */
  readonly fingerprints: readonly string[];
}

export interface JudgeOptions {
  readonly checks: readonly Check[];
  /** Practice readings that are in force: their excuses turn violations into notes. */
  readonly readings: readonly PracticeReading[];
  /** The same again was not seen when the case was re-sent alone: a broken answer is then flaky, a warning. */
  readonly flaky?: boolean;
}

const statusOfLevel: Readonly<Record<Level, Status>> = { MUST: 'fail', SHOULD: 'warn', MAY: 'note' };
const worstFirst: readonly Status[] = ['error', 'fail', 'warn', 'inconclusive', 'unsupported', 'note', 'pass'];

/** Runs every check that applies. A check that throws is a defect of ours: `error`, never the target's failure. */
export function judgeExchange(context: CheckContext, options: JudgeOptions): Judged[] {
  const judged: Judged[] = [];
  const about = aboutOf(context);
  for (const check of checksOf(options.checks, context.operation.id)) {
    if (appliesTo(check, context)) judged.push(judgeOne(check, about, context, options));
  }
  const { error } = context.exchange;
  return error === undefined || error.sent ? judged : [notSent(context, error), ...judged];
}

/** No byte of the request left (DNS, refused, TLS): that is no failure of the target, and must not pass in silence. */
function notSent(context: CheckContext, error: TransportError): Judged {
  const detail = `The request could not be sent (${error.kind}): ${error.message}`;
  const checkId = 'answers-every-request';
  return { outcome: { ...aboutOf(context), checkId, status: 'error', violations: [], detail }, fingerprints: [] };
}

/** What all outcomes of one exchange have in common. */
type About = Pick<Outcome, 'caseId' | 'exchangeId' | 'operationId'>;

function aboutOf({ case: planned, exchange, operation }: CheckContext): About {
  return { caseId: planned?.id ?? exchange.id, exchangeId: exchange.id, operationId: operation.id };
}

/** Most checks of a pack speak of a few operations: asked once for each operation, not of every exchange. */
const byOperation = new WeakMap<readonly Check[], Map<string, readonly Check[]>>();

function checksOf(checks: readonly Check[], operationId: string): readonly Check[] {
  const known = byOperation.get(checks) ?? new Map<string, readonly Check[]>();
  byOperation.set(checks, known);
  const speaking = known.get(operationId) ?? checks.filter(({ operations }) => operations?.includes(operationId) ?? true);
  known.set(operationId, speaking);
  return speaking;
}

function appliesTo(check: Check, context: CheckContext): boolean {
  if (check.needs === 'response' && !context.response) return false;
  return check.applies?.(context) ?? true;
}

/** Most checks that apply pass: what they have in common is made once. */
const nothing: readonly never[] = [];

function judgeOne(check: Check, about: About, context: CheckContext, options: JudgeOptions): Judged {
  const checkId = check.id;
  let yields: readonly CheckYield[];
  try {
    yields = [...check.run(context)];
  } catch (thrown) {
    const detail = `The check ${check.id} threw: ${thrown instanceof Error ? thrown.message : String(thrown)}`;
    return { outcome: { ...about, checkId, status: 'error', violations: nothing, detail }, fingerprints: nothing };
  }
  if (yields.length === 0) return { outcome: { ...about, checkId, status: 'pass', violations: nothing }, fingerprints: nothing };
  const violations = yields.filter(isViolation).map((violation) => levelled(violation, check, context, options));
  const statuses = yields.map((one) => statusOf(one, violations));
  const status = violations.length > 0 ? worst(violations.map((violation) => statusOfLevel[violation.level])) : worst(statuses);
  const undecided = yields.find((one) => 'inconclusive' in one);
  const refused = yields.find((one) => 'unsupported' in one);
  const outcome: Outcome = {
    ...about,
    checkId,
    status,
    violations,
    ...(status === 'inconclusive' && undecided && { reason: undecided.inconclusive, detail: undecided.detail }),
    ...(status === 'unsupported' && refused && { detail: refused.unsupported }),
  };
  const responseStatus = context.response?.status;
  return { outcome, fingerprints: violations.map((violation) => fingerprintOf(check.id, violation, responseStatus)) };
}

function statusOf(one: CheckYield, violations: readonly Violation[]): Status {
  if ('inconclusive' in one) return 'inconclusive';
  if ('unsupported' in one) return 'unsupported';
  return violations.length > 0 ? 'fail' : 'pass';
}

function isViolation(one: CheckYield): one is Violation {
  return 'expected' in one;
}

function levelled(violation: Violation, check: Check, context: CheckContext, options: JudgeOptions): Violation & { readonly level: Level } {
  const level = violation.level ?? check.requirement.level;
  if (isExcused(violation, check.id, context, options.readings)) return { ...violation, level: 'MAY' };
  if (options.flaky && context.exchange.error && level === 'MUST') return { ...violation, level: 'SHOULD' };
  return { ...violation, level };
}

function worst(statuses: readonly Status[]): Status {
  return worstFirst.find((status) => statuses.includes(status)) ?? 'pass';
}
