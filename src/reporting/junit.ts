import { withoutCiCommands, xml } from './escape.ts';
import { attributesOf, resultOf, skipped } from './junit-result.ts';
import type { OperationReport, Report } from './report.ts';
import { countsLine } from './words.ts';

/**
 * JUnit XML, as CI systems read it: a suite for each operation, a test case for each check that spoke of it. A failing case
 * holds every cause; a known finding of the baseline and what could not be told are skipped with the reason, never green.
 */
export function renderJunit(report: Report): string {
  const suites = report.operations.map((operation) => suiteOf(report, operation));
  const sum = (name: keyof Totals) => suites.reduce((total, suite) => total + suite.totals[name], 0);
  const attributes = [
    ['name', `${report.tool.name} ${report.contract.id}`],
    ['tests', String(sum('tests'))],
    ['failures', String(sum('failures'))],
    ['errors', String(sum('errors'))],
    ['skipped', String(sum('skipped'))],
    ['time', (report.summary.durationMs / 1_000).toFixed(3)],
    ['timestamp', report.startedAt],
  ] as const;
  return withoutCiCommands(
    [
      '<?xml version="1.0" encoding="UTF-8"?>',
      `<testsuites${attributesOf(attributes)}>`,
      ...suites.flatMap(({ lines }) => lines),
      '</testsuites>',
      '',
    ].join('\n'),
  );
}

interface Totals {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
}

function suiteOf(report: Report, operation: OperationReport): { readonly totals: Totals; readonly lines: readonly string[] } {
  const findings = Map.groupBy(
    report.findings.filter(({ operationIds }) => operationIds.includes(operation.id)),
    ({ checkId }) => checkId,
  );
  const checks = operation.checks.map(({ id, verdicts }) => ({
    id,
    note: countsLine(verdicts),
    child: resultOf(verdicts, findings.get(id) ?? []),
  }));
  const unspoken =
    checks.length === 0
      ? [{ id: 'exercised', note: 'none', child: skipped(operation.skipped ?? 'no case of this operation was sent') }]
      : [];
  const cases = [...checks, ...unspoken];
  const having = (kind: string) => cases.filter(({ child }) => child.startsWith(`<${kind}`)).length;
  const totals = { tests: cases.length, failures: having('failure'), errors: having('error'), skipped: having('skipped') };
  const attributes = [
    ['name', `${operation.method} ${operation.path}`],
    ...Object.entries(totals).map(([name, value]) => [name, String(value)] as const),
  ] as const;
  const className = [operation.tag, operation.id].filter((part) => part !== '').join('.');
  const lines = cases.map(({ id, note, child }) => {
    const open = `<testcase${attributesOf([
      ['classname', className],
      ['name', id],
      ['time', '0'],
    ])}>`;
    return `    ${open}${child}<system-out>${xml(note)}</system-out></testcase>`;
  });
  return { totals, lines: [`  <testsuite${attributesOf(attributes)}>`, ...lines, '  </testsuite>'] };
}
