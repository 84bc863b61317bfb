import type { OperationReport, Report, ReportedFinding } from './report.ts';
import { countsLine, placeLine, ruleName } from './words.ts';

/** One test of the Common Test Report Format. */
interface CtrfTest {
  readonly name: string;
  readonly suite: readonly string[];
  readonly status: 'passed' | 'failed' | 'skipped' | 'other';
  readonly duration: number;
  readonly message?: string;
  readonly tags?: readonly string[];
}

/** Common Test Report Format (ctrf.io), as JUnit but in JSON: a test for each check that spoke of an operation. */
export function renderCtrf(report: Report): string {
  const tests = report.operations.flatMap((operation) => testsOf(report, operation));
  const having = (status: CtrfTest['status']) => tests.filter((test) => test.status === status).length;
  const start = Date.parse(report.startedAt);
  const summary = {
    tests: tests.length,
    passed: having('passed'),
    failed: having('failed'),
    skipped: having('skipped'),
    pending: 0,
    other: having('other'),
    start,
    stop: start + Math.round(report.summary.durationMs),
  };
  const tool = { name: report.tool.name, version: report.tool.version };
  const environment = { appName: report.contract.id, extra: { target: report.target.url, reading: report.reading, seed: report.seed } };
  return `${JSON.stringify({ reportFormat: 'CTRF', specVersion: '0.0.0', results: { tool, summary, environment, tests } }, undefined, 2)}\n`;
}

function testsOf(report: Report, operation: OperationReport): CtrfTest[] {
  const name = `${operation.method} ${operation.path}`;
  const suite = [operation.tag, name].filter((part) => part !== '');
  if (operation.checks.length === 0) {
    return [
      {
        name: `${name} exercised`,
        suite,
        status: 'skipped',
        duration: 0,
        message: operation.skipped ?? 'no case of this operation was sent',
      },
    ];
  }
  return operation.checks.map(({ id, verdicts }) => {
    const findings = report.findings.filter((finding) => finding.checkId === id && finding.operationIds.includes(operation.id));
    return {
      name: `${name} ${id}`,
      suite,
      status: statusOf(verdicts, findings),
      duration: 0,
      message: messageOf(verdicts, findings),
      tags: [id],
    };
  });
}

/** What is known to the baseline, and what could not be told, is not green. */
function statusOf(verdicts: OperationReport['verdicts'], findings: readonly ReportedFinding[]): CtrfTest['status'] {
  const fresh = findings.filter(({ known }) => known === undefined);
  if (fresh.some(({ verdict }) => verdict === 'fail')) return 'failed';
  if (fresh.some(({ verdict }) => verdict === 'error')) return 'other';
  if (findings.some(({ verdict, known }) => known !== undefined && verdict !== 'warn')) return 'skipped';
  return verdicts.inconclusive > 0 || verdicts.pass + verdicts.warn === 0 ? 'skipped' : 'passed';
}

function messageOf(verdicts: OperationReport['verdicts'], findings: readonly ReportedFinding[]): string {
  const causes = findings.map((finding) =>
    `${finding.verdict} ${ruleName(finding)} expected ${placeLine(finding)}, got ${finding.actual}`.replaceAll(/ +/g, ' '),
  );
  return [countsLine(verdicts), ...causes].join('\n');
}
