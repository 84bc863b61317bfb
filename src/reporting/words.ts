import { type Verdict, verdictOrder } from '../model/index.ts';
import { cut } from './escape.ts';
import type { CoverageRow, Erratum, Report, ReportedFinding, VerdictCounts } from './report.ts';

/** The figures of a report in words that every format shares. Counts stand beside their denominators; no percentage anywhere. */
export function countsLine(counts: VerdictCounts, all = false): string {
  const shown = verdictOrder.toReversed().filter((verdict) => all || counts[verdict] > 0);
  return shown.length === 0 ? 'none' : shown.map((verdict) => `${counts[verdict]} ${verdict}`).join(', ');
}

export function total(counts: VerdictCounts): number {
  return verdictOrder.reduce((sum, verdict: Verdict) => sum + counts[verdict], 0);
}

/** `1 case`, `2 cases`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}

/** `830 ms`, `12.4 s`, `3 min 20 s`. */
export function duration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1_000)} s`;
}

/** `POST /a/{id}` for an operation id of the report; the id itself where it is unknown. */
export function operationNames(report: Report): (id: string) => string {
  const names = new Map(report.operations.map(({ id, method, path }) => [id, `${method} ${path}`]));
  return (id) => names.get(id) ?? id;
}

/** What was broken: the check, and its rule where it speaks for several. */
export function ruleName({ checkId, rule }: Pick<ReportedFinding, 'checkId' | 'rule'>): string {
  return rule === undefined ? checkId : `${checkId}: ${rule}`;
}

/** Where a finding stands, with the schema that says so. */
export function placeLine(finding: Pick<ReportedFinding, 'expected' | 'at' | 'schemaPointer'>): string {
  const schema = finding.schemaPointer === undefined ? '' : `  (schema #${finding.schemaPointer})`;
  return `${finding.expected} at ${finding.at}${schema}`;
}

/** What the exit code means, in one sentence. */
export function outcomeSentence(report: Report): string {
  const { fail, warn, known } = report.summary.findings;
  const shown = known === 0 ? '' : ` (${known} known to the baseline)`;
  if (report.exitCode === 2) return 'The run could not tell.';
  if (fail > 0 || report.exitCode === 1) return `${counted(fail, 'cause')} of failure, ${counted(warn, 'cause')} of warning${shown}.`;
  return warn > 0 ? `No failure; ${counted(warn, 'cause')} of warning${shown}.` : `No failure and no warning${shown}.`;
}

/** How many cases of each mode, or exchanges that nobody planned. */
export function casesLine({ summary }: Report): string {
  const { valid, invalid, probe, recorded } = summary.cases;
  if (recorded > 0) return counted(recorded, 'recorded exchange');
  return `${valid} valid, ${invalid} invalid, ${counted(probe, 'probe')}`;
}

/** How many operations were exercised, as sentences of two parts: what, and how many of all. */
export function operationFigures({ summary }: Report): (readonly [what: string, figure: string])[] {
  const { total: all, exercisedValid, exercisedInvalid, recorded } = summary.operations;
  if (recorded > 0) return [['met in recorded exchanges', `${recorded} of ${all}`]];
  return [
    ['exercised with valid requests', `${exercisedValid} of ${all}`],
    ['exercised with invalid requests', `${exercisedInvalid} of ${all}`],
  ];
}

/** The errata that were needed, the most needed first. */
export function errataMet({ errata }: Report): Erratum[] {
  return errata.filter(({ fired }) => fired > 0).toSorted((left, right) => right.fired - left.fired);
}

/** How many keywords were exercised which way, of all. */
export function coverageFigures(rows: readonly CoverageRow[]): string {
  const having = (test: (row: CoverageRow) => boolean) => rows.filter(test).length;
  const unspeakable = having(({ invalid }) => invalid.sent === 0 && invalid.notExpressible > 0);
  return `${counted(rows.length, 'keyword')}: ${having(({ valid }) => valid.accepted > 0)} accepted valid, ${having(({ invalid }) => invalid.rejected > 0)} refused invalid, ${unspeakable} cannot be broken on the wire`;
}

const leftBehindShown = 5;
const longestId = 48;

/** What clean-up could not remove: a few by name, ids cut, the rest as a number. */
export function leftBehindLine(leftBehind: Report['ledger']['leftBehind']): string {
  const names = leftBehind.slice(0, leftBehindShown).map(({ family, resource }) => `${family} ${cut(resource, longestId)}`);
  const more = leftBehind.length - names.length;
  return more > 0 ? `${names.join(', ')} and ${more} more, all in report.json` : names.join(', ');
}
