import type { RunEvent, Verdict } from '../model/index.ts';
import { noVerdicts, verdictOf, worse } from './counts.ts';
import { cut, plain } from './escape.ts';
import { countsLine, duration } from './words.ts';

/** Where progress is written: a stream that may be a terminal. */
export interface ProgressTarget {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** A terminal is redrawn at most this often; a log gets a line at most this often. */
const everyMs = { terminal: 100, log: 10_000 };

/** Live progress of a run: one line that is rewritten on a terminal, a line now and then in a log. */
export function createProgress(target: ProgressTarget): { add(event: RunEvent): void; end(): void } {
  const verdicts = noVerdicts();
  const names = new Map<string, string>();
  const closed = new Set<string>();
  let openCase: { id: string; verdict: ReturnType<typeof worse> | undefined } | undefined;
  let planned = 0;
  let requests = 0;
  let shownAt = Number.NEGATIVE_INFINITY;
  let current = '';

  function close(): void {
    // A control is judged each time it is sent again; it is one case.
    if (openCase?.verdict !== undefined && !closed.has(openCase.id)) verdicts[openCase.verdict]++;
    if (openCase !== undefined) closed.add(openCase.id);
    openCase = undefined;
  }

  function judged(caseId: string, verdict: Verdict): void {
    if (openCase?.id !== caseId) close();
    openCase = { id: caseId, verdict: worse(openCase?.verdict, verdict) };
  }

  function show(at: number): void {
    if (planned === 0) return;
    const live = target.isTTY === true;
    if (at - shownAt < (live ? everyMs.terminal : everyMs.log)) return;
    shownAt = at;
    const line = `${duration(at)}  ${requests} requests, ${planned} cases planned  ${countsLine(verdicts)}  ${current}`;
    target.write(live ? `\r\u001B[2K${cut(line, (target.columns ?? 80) - 1)}` : `${line}\n`);
  }

  return {
    add(event) {
      if (event.type === 'run-start')
        for (const { id, method, path } of event.contract.operations) names.set(id, plain(`${method} ${path}`));
      if (event.type === 'plan') planned = event.cases;
      if (event.type === 'exchange') {
        requests++;
        current = names.get(event.case.operationId) ?? '';
      }
      if (event.type === 'passed') judged(event.caseId, 'pass');
      if (event.type === 'outcome') judged(event.outcome.caseId, verdictOf(event.outcome.status));
      show(event.at);
    },
    end() {
      if (target.isTTY === true) target.write('\r\u001B[2K');
    },
  };
}
