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
  for (const check of checksOf(options.checks, context.operation.id)) {
    if (appliesTo(check, context)) judged.push(judgeOne(check, context, options));
  }
  const { error } = context.exchange;
  return error === undefined || error.sent ? judged : [notSent(context, error), ...judged];
}

/** No byte of the request left (DNS, refused, TLS): that is no failure of the target, and must not pass in silence. */
function notSent(context: CheckContext, error: TransportError): Judged {
  const detail = `The request could not be sent (${error.kind}): ${error.message}`;
  return { outcome: { ...baseOf('answers-every-request', context), status: 'error', violations: [], detail }, fingerprints: [] };
}

function baseOf(checkId: string, context: CheckContext): Pick<Outcome, 'caseId' | 'exchangeId' | 'operationId' | 'checkId'> {
  const { case: planned, exchange, operation } = context;
  return { caseId: planned?.id ?? exchange.id, exchangeId: exchange.id, operationId: operation.id, checkId };
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

function judgeOne(check: Check, context: CheckContext, options: JudgeOptions): Judged {
  const base = baseOf(check.id, context);
  let yields: readonly CheckYield[];
  try {
    yields = [...check.run(context)];
  } catch (thrown) {
    const detail = `The check ${check.id} threw: ${thrown instanceof Error ? thrown.message : String(thrown)}`;
    return { outcome: { ...base, status: 'error', violations: [], detail }, fingerprints: [] };
  }
  if (yields.length === 0) return { outcome: { ...base, status: 'pass', violations: [] }, fingerprints: [] };
  const violations = yields.filter(isViolation).map((violation) => levelled(violation, check, context, options));
  const statuses = yields.map((one) => statusOf(one, violations));
  const status = violations.length > 0 ? worst(violations.map((violation) => statusOfLevel[violation.level])) : worst(statuses);
  const undecided = yields.find((one) => 'inconclusive' in one);
  const refused = yields.find((one) => 'unsupported' in one);
  const outcome: Outcome = {
    ...base,
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
