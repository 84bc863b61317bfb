import type { Report } from '../report.ts';
import { counted, coverageFigures, errataMet, leftBehindLine, ruleName } from '../words.ts';
import { type Content, type Markup, markup } from './markup.ts';
import { row } from './parts.ts';

/** The coverage table, one fold for each operation; the rows are laid out from the data when it is opened. */
export function coverageSection(report: Report): Markup | undefined {
  if (report.coverage.length === 0) return undefined;
  const names = new Map(report.operations.map(({ id, method, path }) => [id, `${method} ${path}`]));
  const groups = [...Map.groupBy(report.coverage, ({ operationId }) => operationId)].map(([id, rows]) => {
    const name = names.get(id) ?? id;
    return markup`<details class="row coverage" data-operation="${id}" data-text="${`${id} ${name}`.toLowerCase()}"><summary><code>${name}</code><span class="figures">${coverageFigures(rows)}</span></summary><div class="body"></div></details>`;
  });
  return section(
    'coverage',
    'Coverage of requests',
    `${counted(report.coverage.length, 'keyword')} of ${counted(groups.length, 'operation')}`,
    groups,
  );
}

/** The timing of every stream and, one click away, its first one as a timeline. */
export function streamsSection(report: Report): Markup | undefined {
  if (report.streams.length === 0) return undefined;
  const names = new Map(report.operations.map(({ id, method, path }) => [id, `${method} ${path}`]));
  const rows = report.streams.map((timing) => {
    const first = timing.firstEventMs;
    const rate = timing.eventsPerSecond === undefined ? 'in one piece' : `${timing.eventsPerSecond} events a second`;
    const gaps = timing.gaps.map(([upTo, count]) => `${count} up to ${upTo} ms`).join(', ');
    return markup`<details class="row stream" data-text="${timing.operationId.toLowerCase()}"><summary><code>${names.get(timing.operationId) ?? timing.operationId}</code><span class="figures">${counted(timing.streams, 'stream')}, ${counted(timing.events, 'event')}${first !== undefined && `, first event after ${first.median} ms (median)`}, ${rate}</span></summary>
<div class="body"><p class="dim">Gaps between events: ${gaps || 'none'}. Ends: ${timing.ends.map(([end, count]) => `${end} × ${count}`).join(', ')}.</p>
${timing.sample === undefined ? markup`<p class="dim">No stream was kept.</p>` : markup`<div class="timeline" data-stream="${timing.sample}"></div>`}</div></details>`;
  });
  return section('streams', 'Event streams', counted(report.streams.length, 'operation'), rows);
}

/** What could not be told, and what was left out: never green. */
export function undecidedSection(report: Report): Markup | undefined {
  const { inconclusive, unsupported, skipped } = report;
  if (inconclusive.length + unsupported.length + skipped.length === 0) return undefined;
  const undecided = inconclusive.map(
    ({ reason, checkId, count, operationIds, detail }) =>
      markup`<tr><td>inconclusive: ${reason}</td><td><code>${checkId ?? ''}</code></td><td class="number">${count}</td><td>${counted(operationIds.length, 'operation')}</td><td>${detail}</td></tr>`,
  );
  const refused = unsupported.map(
    ({ operationId, count, detail }) =>
      markup`<tr><td>unsupported</td><td></td><td class="number">${count}</td><td><code>${operationId}</code></td><td>${detail}</td></tr>`,
  );
  const left = skipped.map(
    ({ operationId, why }) => markup`<tr><td>left out</td><td></td><td></td><td><code>${operationId}</code></td><td>${why}</td></tr>`,
  );
  return section(
    'undecided',
    'Not told',
    '',
    table(['what', 'check', 'times', 'where', 'first detail'], [...undecided, ...refused, ...left]),
  );
}

export function notesSection(report: Report): Markup | undefined {
  if (report.notes.length === 0) return undefined;
  const rows = report.notes.map(
    (note) =>
      markup`<tr><td><code>${ruleName(note)}</code></td><td><code>${note.at}</code></td><td>${note.expected}</td><td>${note.actual}</td><td class="number">${note.count}</td><td>${counted(note.operationIds.length, 'operation')}</td></tr>`,
  );
  return section(
    'notes',
    'Notes',
    `${counted(rows.length, 'cause')} that change no verdict`,
    table(['rule', 'at', 'expected', 'what came', 'times', 'where'], rows),
  );
}

/** The repairs of the document that answers needed: what the document calls wrong, and everybody may do. */
export function errataSection(report: Report): Markup | undefined {
  const met = errataMet(report);
  if (met.length === 0) return undefined;
  const rows = met.map(
    ({ id, kind, fired, operationIds, description, evidence }) =>
      markup`<tr><td><code>${id}</code></td><td>${kind}</td><td class="number">${fired}</td><td><code>${operationIds.join(', ')}</code></td><td>${description ?? evidence ?? ''}</td></tr>`,
  );
  return section(
    'errata',
    'Errata met',
    `${counted(rows.length, 'repair')} of the document`,
    table(['erratum', 'kind', 'exchanges', 'operations', 'what'], rows),
  );
}

/** The document's faults, the overlay's actions, the options and how the run went. */
export function runSection(report: Report): Markup {
  const { ledger, lint, errata, budget, baseline } = report;
  const left = leftBehindLine(ledger.leftBehind);
  const faults = lint.map(
    ({ rule, pointer, message }) => markup`<tr><td><code>${rule}</code></td><td><code>#${pointer}</code></td><td>${message}</td></tr>`,
  );
  const actions = errata.map(
    ({ id, kind, matched, fired, description, evidence }) =>
      markup`<tr><td><code>${id}</code></td><td>${kind}</td><td class="number">${matched}</td><td class="number">${fired}</td><td>${description ?? evidence ?? ''}</td></tr>`,
  );
  return section('run', 'The run', '', [
    markup`<dl>
${row('Tool', `${report.tool.name} ${report.tool.version}`)}
${row('Started', report.startedAt)}
${row('Contract', markup`<code>${report.contract.id}</code> OpenAPI ${report.contract.openapi}, SHA-256 <code>${report.contract.hash}</code>`)}
${row('Options', markup`<code>${JSON.stringify(report.options)}</code>`)}
${row('Made and removed', `${ledger.created} made, ${ledger.removed} removed${left === '' ? '' : `; left behind: ${left}`}`)}
${budget.map(({ limit, detail, notRun }) => row(`Stopped by ${limit}`, `${detail} ${counted(notRun, 'case')} not run.`))}
${baseline !== undefined && row('Baseline', `${baseline.file}: ${counted(baseline.known, 'known finding')}${baseline.gone.length === 0 ? '' : `; matched nothing: ${baseline.gone.join(', ')}`}`)}
</dl>`,
    faults.length > 0 && markup`<h3>Faults of the document</h3>${table(['rule', 'place', 'what'], faults)}`,
    actions.length > 0 && markup`<h3>Repairs of the document</h3>${table(['id', 'kind', 'places', 'fired', 'what'], actions)}`,
  ]);
}

function section(id: string, title: string, aside: string, content: Content): Markup {
  return markup`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title} <span class="dim">${aside}</span></h2>${content}</section>`;
}

/** Heads of columns that hold counts. */
const numbers = new Set(['times', 'places', 'fired', 'exchanges']);

function table(heads: readonly string[], rows: readonly Markup[]): Markup {
  return markup`<div class="scroll" tabindex="0"><table><thead><tr>${heads.map((head) => markup`<th scope="col" class="${numbers.has(head) ? 'number' : 'text'}">${head}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>`;
}
