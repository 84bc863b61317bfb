import { cut, xml } from './escape.ts';
import type { OperationReport, ReportedFinding } from './report.ts';
import { counted, placeLine, ruleName } from './words.ts';

/** The element that tells how a test case ended; nothing where it passed. */
export function resultOf(verdicts: OperationReport['verdicts'], findings: readonly ReportedFinding[]): string {
  const fresh = findings.filter(({ known }) => known === undefined);
  const failed = fresh.filter(({ verdict }) => verdict === 'fail');
  const broken = fresh.filter(({ verdict }) => verdict === 'error');
  if (failed.length > 0) return problem('failure', failed);
  if (broken.length > 0) return problem('error', broken);
  const known = findings.find((finding) => finding.known !== undefined);
  if (known !== undefined) return skipped(`known: ${known.known}`);
  if (verdicts.inconclusive > 0) return skipped(`${verdicts.inconclusive} inconclusive`);
  return verdicts.unsupported > 0 && verdicts.pass === 0 ? skipped('not promised, and properly refused') : '';
}

function problem(kind: 'failure' | 'error', findings: readonly ReportedFinding[]): string {
  const [first] = findings;
  const message = first === undefined ? '' : cut(`expected ${first.expected} at ${first.at}, got ${first.actual}`, 300);
  const text = findings.map((finding) => textOf(finding)).join('\n\n');
  return `<${kind}${attributesOf([
    ['message', message],
    ['type', first?.checkId ?? kind],
  ])}>${xml(text)}</${kind}>`;
}

function textOf(finding: ReportedFinding): string {
  return [
    `${finding.level} ${ruleName(finding)} (${counted(finding.count, 'time')})`,
    `expected  ${placeLine(finding)}`,
    `actual    ${cut(finding.actual, 1_000)}`,
    `again     ${finding.reproduce.replay ?? ''}  ${cut(finding.reproduce.curl, 2_000)}`,
  ].join('\n');
}

/** Not green: what could not be told, or is known. */
export function skipped(message: string): string {
  return `<skipped${attributesOf([['message', message]])}/>`;
}

/** Attributes with their values escaped, a space before each. */
export function attributesOf(attributes: readonly (readonly [string, string])[]): string {
  return attributes.map(([name, value]) => ` ${name}="${xml(value)}"`).join('');
}
