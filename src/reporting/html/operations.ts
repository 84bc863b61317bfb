import type { OperationReport, Report, SeenChoices } from '../report.ts';
import { counted } from '../words.ts';
import { type Markup, markup } from './markup.ts';
import { anchor, method, pill, tally } from './parts.ts';

/** Operations by tag with their verdict counts; each opens to its checks and to what came back. */
export function operationsSection(report: Report): Markup {
  const indexed = report.operations.map((operation, index) => ({ operation, index }));
  const groups = [...Map.groupBy(indexed, ({ operation }) => operation.tag)].map(([tag, members]) => {
    const passed = members.filter(({ operation }) => operation.verdict === 'pass').length;
    return markup`<section class="group"><h3>${tag === '' ? 'untagged' : tag} <span class="dim">${passed} of ${members.length} pass</span></h3>${members.map(({ operation, index }) => operationRow(operation, index))}</section>`;
  });
  return markup`<section id="operations" aria-labelledby="operations-title"><h2 id="operations-title">Operations <span class="dim">${counted(report.operations.length, 'operation')}</span></h2>${groups}</section>`;
}

function operationRow(operation: OperationReport, index: number): Markup {
  const { id, path, verdict, verdicts, exercisedValid, exercisedInvalid } = operation;
  const text = [id, operation.method, path, operation.tag].join(' ').toLowerCase();
  return markup`<details class="row operation" id="${anchor('operation', index)}" data-verdict="${verdict}" data-text="${text}">
<summary>${pill(verdict)}${method(operation.method)}<span class="path"><code>${path}</code></span>${tally(verdicts)}<span class="exercised">${mark('valid', exercisedValid)}${mark('invalid', exercisedInvalid)}</span></summary>
<div class="body"><p class="dim">${id}${operation.skipped !== undefined && markup` — left out: ${operation.skipped}`}</p>
${operation.checks.length > 0 && checksTable(operation)}
${seenList(operation)}</div></details>`;
}

function mark(kind: string, done: boolean): Markup {
  return markup`<span class="mark ${done ? 'done' : 'open'}" title="${done ? 'exercised' : 'not exercised'} with ${kind} requests">${done ? '●' : '○'} ${kind}</span>`;
}

function checksTable({ checks }: OperationReport): Markup {
  const rows = checks.map(({ id, verdicts }) => markup`<tr><th scope="row"><code>${id}</code></th><td>${tally(verdicts)}</td></tr>`);
  return markup`<table class="checks"><caption>Outcomes by check</caption><tbody>${rows}</tbody></table>`;
}

function seenList({ seen, latency, requests }: OperationReport): Markup {
  const counts = (entries: readonly (readonly [string, number])[]) =>
    entries.map(([name, count]) => `${name} × ${count}`).join(', ') || 'nothing';
  return markup`<dl>
<div><dt>Requests</dt><dd>${requests}${latency !== undefined && `, answered in ${latency.min} to ${latency.max} ms, median ${latency.median} ms`}</dd></div>
<div><dt>Statuses</dt><dd>${counts(seen.statuses)}</dd></div>
<div><dt>Media types</dt><dd>${counts(seen.mediaTypes)}</dd></div>
${seen.unions.length > 0 && markup`<div><dt>Union branches</dt><dd>${choices(seen.unions)}</dd></div>`}
${seen.enums.length > 0 && markup`<div><dt>Enum members</dt><dd>${choices(seen.enums)}</dd></div>`}
</dl>`;
}

function choices(list: readonly SeenChoices[]): Markup {
  return markup`<ul class="choices">${list.map(({ pointer, seen, of }) => markup`<li>${seen.length} of ${of}: ${seen.join(', ')} <span class="dim">#${pointer}</span></li>`)}</ul>`;
}
