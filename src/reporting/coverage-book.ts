import type { Case, Cell, JsonObject, Outcome } from '../model/index.ts';
import { Tally } from './counts.ts';
import type { CoverageRow } from './report.ts';

interface Row {
  readonly operationId: string;
  readonly in: Cell['in'];
  readonly pointer: string;
  readonly keyword: string;
  readonly valid: { sent: number; accepted: number };
  readonly invalid: { sent: number; rejected: number; accepted: number; inconclusive: number; notExpressible: number };
  readonly aspects: Tally;
  readonly reasons: Set<string>;
}

/** The rows of a case whose answer is still to be judged. */
interface Waiting {
  readonly rows: readonly Row[];
  readonly mode: Case['mode'];
}

const refusalChecks = new Set(['invalid-rejected', 'auth-enforced', 'method-refused']);

/** Counts, for every keyword of every request schema, what was sent and how it ended. */
export class CoverageBook {
  /** By operation and schema: few keywords share one. */
  readonly #rows = new Map<string, Map<string, Row[]>>();
  /** Every case that was counted; of one that was judged nothing more is kept. */
  readonly #cases = new Map<string, Waiting | undefined>();

  /** Counts a case once, however often its request is sent. */
  sent(planned: Case): void {
    if (planned.cells.length === 0 || planned.mode === 'probe' || this.#cases.has(planned.id)) return;
    const rows = new Set<Row>();
    for (const cell of planned.cells) {
      const row = this.#row(planned.operationId, cell);
      if (cell.aspect !== undefined) row.aspects.add(cell.aspect);
      rows.add(row);
    }
    for (const row of rows) row[planned.mode].sent++;
    this.#cases.set(planned.id, { rows: [...rows], mode: planned.mode });
  }

  add({ caseId, checkId, status }: Outcome): void {
    const waiting = this.#cases.get(caseId);
    if (waiting === undefined) return;
    if (checkId === 'valid-accepted' && waiting.mode === 'valid') {
      if (status === 'pass') for (const { valid } of waiting.rows) valid.accepted++;
      this.#cases.set(caseId, undefined);
    }
    if (!refusalChecks.has(checkId) || waiting.mode !== 'invalid') return;
    const end = status === 'pass' ? 'rejected' : status === 'inconclusive' || status === 'unsupported' ? 'inconclusive' : 'accepted';
    for (const { invalid } of waiting.rows) invalid[end]++;
    this.#cases.set(caseId, undefined);
  }

  passed(caseId: string, checkIds: readonly string[]): void {
    const waiting = this.#cases.get(caseId);
    if (waiting === undefined || !checkIds.some((id) => (waiting.mode === 'valid' ? id === 'valid-accepted' : refusalChecks.has(id))))
      return;
    if (waiting.mode === 'valid') for (const { valid } of waiting.rows) valid.accepted++;
    else for (const { invalid } of waiting.rows) invalid.rejected++;
    this.#cases.set(caseId, undefined);
  }

  /** A cell that no case serves, with the planner's reason. */
  unplanned(entry: JsonObject): void {
    const text = (name: string) => (typeof entry[name] === 'string' ? entry[name] : '');
    const cell: Cell = { in: (text('in') || 'body') as Cell['in'], schema: text('schema'), keyword: text('keyword') };
    const row = this.#row(text('operationId'), cell);
    const reason = text('reason') || text('why');
    if (reason !== '') row.reasons.add(text('aspect') === '' ? reason : `${text('aspect')}: ${reason}`);
    if (text('mode') !== 'valid') row.invalid.notExpressible++;
  }

  rows(): CoverageRow[] {
    const all = [...this.#rows.values()].flatMap((bySchema) => [...bySchema.values()].flat());
    const keyed = all.map((row) => [[row.operationId, row.in, row.pointer, row.keyword].join('\n'), row] as const);
    const sorted = keyed.toSorted(([left], [right]) => (left < right ? -1 : Number(left > right)));
    return sorted.map(([, { aspects, reasons, ...row }]) => ({ ...row, aspects: aspects.entries(), reasons: [...reasons] }));
  }

  #row(operationId: string, cell: Cell): Row {
    const bySchema = this.#rows.get(operationId) ?? new Map<string, Row[]>();
    this.#rows.set(operationId, bySchema);
    const beside = bySchema.get(cell.schema) ?? [];
    bySchema.set(cell.schema, beside);
    const known = beside.find((row) => row.keyword === cell.keyword && row.in === cell.in);
    if (known !== undefined) return known;
    const row: Row = {
      operationId,
      in: cell.in,
      pointer: cell.schema,
      keyword: cell.keyword,
      valid: { sent: 0, accepted: 0 },
      invalid: { sent: 0, rejected: 0, accepted: 0, inconclusive: 0, notExpressible: 0 },
      aspects: new Tally(),
      reasons: new Set(),
    };
    beside.push(row);
    return row;
  }
}
