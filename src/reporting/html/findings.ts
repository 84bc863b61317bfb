import { verdictOrder } from '../../model/index.ts';
import type { Evidence, Report, ReportedFinding } from '../report.ts';
import { counted, ruleName } from '../words.ts';
import { exchangePanes } from './exchange.ts';
import { type Markup, markup } from './markup.ts';
import { anchor, copyable, method, pill, row, source } from './parts.ts';

/** Findings by cause, the worst first; each opens to its rule, its evidence and the command that shows it again. */
export function findingsSection(report: Report): Markup {
  const evidence = new Map(report.evidence.map((one) => [one.exchangeId, one]));
  const names = new Map(report.operations.map((operation, index) => [operation.id, { ...operation, anchor: anchor('operation', index) }]));
  const cards = report.findings.map((finding, index) => findingCard(finding, index, names, evidence.get(finding.exchangeId ?? '')));
  const none = markup`<p class="empty">No cause of failure, warning or error was found.</p>`;
  return markup`<section id="findings" aria-labelledby="findings-title"><h2 id="findings-title">Findings <span class="dim">${counted(report.findings.length, 'cause')}</span></h2>${cards.length === 0 ? none : cards}</section>`;
}

type Names = ReadonlyMap<string, { readonly method: string; readonly path: string; readonly anchor: string }>;

function findingCard(finding: ReportedFinding, index: number, names: Names, evidence: Evidence | undefined): Markup {
  const [first = ''] = finding.operationIds;
  const operation = names.get(first);
  const where =
    operation === undefined ? markup`<code>${first}</code>` : markup`${method(operation.method)} <code>${operation.path}</code>`;
  const others = finding.operationIds.length - 1;
  const text = [finding.checkId, finding.rule ?? '', ...finding.operationIds, finding.at, finding.expected, finding.actual]
    .join(' ')
    .toLowerCase();
  const known = finding.known !== undefined && markup`<span class="known" title="${finding.known}">known</span>`;
  return markup`<details class="card finding ${finding.verdict}" id="${anchor('finding', index)}" data-verdict="${finding.verdict}" data-text="${text}">
<summary>${pill(finding.verdict)}<span class="what"><strong>${ruleName(finding)}</strong> ${where}${others > 0 && markup` <span class="dim">and ${counted(others, 'more operation')}</span>`} ${known}
<span class="gist">expected <q>${finding.expected}</q> at <code>${finding.at}</code>, got <q>${shortened(finding.actual)}</q></span></span><span class="times">${counted(finding.count, 'time')}</span></summary>
<div class="body">
<dl>
${row(finding.level, markup`${finding.requirement.text} <span class="dim">(${finding.checkId}, ${finding.requirement.source})</span>${source(finding.requirement.url)}`)}
${row('Expected', markup`<span class="expected">${finding.expected}</span>`)}
${row('Actual', markup`<span class="actual">${finding.actual}</span>`)}
${row('At', markup`<code>${finding.at}</code>`)}
${finding.schemaPointer !== undefined && row('Schema', markup`<code>#${finding.schemaPointer}</code>`)}
${finding.mutation !== undefined && row('Broken', finding.mutation)}
${finding.smallest !== undefined && row('Smallest', finding.smallest.difference.join('; '))}
${finding.known !== undefined && row('Known', finding.known)}
${row('Operations', operationLinks(finding.operationIds, names))}
${row('Case', markup`<code>${finding.caseId}</code>${finding.mode !== undefined && markup` <span class="dim">${finding.mode}</span>`}${finding.reproduce.replay !== undefined && markup` — <code>${finding.reproduce.replay}</code>`}`)}
</dl>
${finding.reproduce.curl !== '' && copyable(finding.reproduce.curl, 'Command that sends the request again')}
${evidence !== undefined && exchangePanes(evidence)}
${evidence?.stream !== undefined && markup`<div class="timeline" data-stream="${evidence.exchangeId}"></div>`}
</div></details>`;
}

function operationLinks(ids: readonly string[], names: Names): Markup {
  const links = ids.map((id) => {
    const operation = names.get(id);
    return operation === undefined
      ? markup`<li><code>${id}</code></li>`
      : markup`<li><a href="#${operation.anchor}">${operation.method} ${operation.path}</a></li>`;
  });
  return markup`<ul class="links">${links}</ul>`;
}

function shortened(text: string): string {
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}

/** The verdicts that the filter offers. */
export const filterVerdicts = verdictOrder;
