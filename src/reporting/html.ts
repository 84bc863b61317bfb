import { createHash } from 'node:crypto';
import { scriptJson } from './escape.ts';
import { filterVerdicts, findingsSection } from './html/findings.ts';
import { type Markup, markup, trusted } from './html/markup.ts';
import { operationsSection } from './html/operations.ts';
import { bar, legend } from './html/parts.ts';
import { script } from './html/script.ts';
import { coverageSection, errataSection, notesSection, runSection, streamsSection, undecidedSection } from './html/sections.ts';
import { style } from './html/style.ts';
import type { CoverageRow, Report } from './report.ts';
import { casesLine, duration, outcomeSentence, total } from './words.ts';

/** One self-contained page: no network, no style or script but those whose hash the policy names. */
export function renderHtml(report: Report): string {
  const title = `${report.contract.id} against ${report.target.url}`;
  const policy = `default-src 'none'; style-src '${hashOf(style)}'; script-src '${hashOf(script)}'; base-uri 'none'; form-action 'none'`;
  const sections: readonly (readonly [string, string, Markup | undefined])[] = [
    ['findings', 'Findings', findingsSection(report)],
    ['operations', 'Operations', operationsSection(report)],
    ['coverage', 'Coverage', coverageSection(report)],
    ['streams', 'Streams', streamsSection(report)],
    ['undecided', 'Not told', undecidedSection(report)],
    ['errata', 'Errata met', errataSection(report)],
    ['notes', 'Notes', notesSection(report)],
    ['run', 'Run', runSection(report)],
  ];
  const links = sections.map(([id, name, content]) => content !== undefined && markup`<a href="#${id}">${name}</a>`);
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${trusted(style)}</style>
</head>
<body>
<a class="skip" href="#findings">Skip to the findings</a>
<header class="top"><h1>${report.contract.id}</h1><p class="target">against <code>${report.target.url}</code>${report.target.embedded && ' (embedded reference server)'} — reading ${report.reading}, profile ${report.profile}, seed ${report.seed}</p>
${sentence(report)}
${cards(report)}
</header>
<nav class="bar-nav" aria-label="Sections and filter"><div>${links}
<div class="filter" role="search"><label class="sr" for="filter-text">Filter findings and operations</label><input id="filter-text" type="search" placeholder="Filter ( / )" autocomplete="off">${filterVerdicts.map((verdict) => markup`<button type="button" class="${verdict}" data-verdict="${verdict}" aria-pressed="true">${verdict}</button>`)}<span id="filter-status" class="dim" role="status"></span></div></div></nav>
<main>${sections.map(([, , content]) => content)}</main>
<footer>${report.tool.name} ${report.tool.version}, ${report.startedAt}. A pass means that no counterexample was found among the requests that were sent.</footer>
<script type="application/json" id="report-data">${trusted(scriptJson(dataOf(report)))}</script>
<script>${trusted(script)}</script>
</body>
</html>
`;
  return page.text;
}

function sentence(report: Report): Markup {
  const { fail, error, warn } = report.summary.findings;
  const kind = fail > 0 ? 'fail' : error > 0 || report.exitCode === 2 ? 'error' : warn > 0 ? 'warn' : 'pass';
  const messages = report.messages.length > 0 && markup`<ul>${report.messages.map((message) => markup`<li>${message}</li>`)}</ul>`;
  return markup`<div class="sentence ${kind}"><strong>${outcomeSentence(report)}</strong>${report.exitCode !== undefined && ` Exit code ${report.exitCode}.`}${messages}</div>`;
}

function cards(report: Report): Markup {
  const { operations, verdicts, cases } = report.summary;
  const of = (count: number) => markup`${count} <span class="dim">of ${operations.total}</span>`;
  const exercised =
    cases.recorded > 0
      ? markup`<div><dt>Operations</dt><dd>${of(operations.recorded)}<small>met in recorded exchanges</small></dd></div>`
      : markup`<div><dt>Operations, valid requests</dt><dd>${of(operations.exercisedValid)}<small>exercised</small></dd></div>
<div><dt>Operations, invalid requests</dt><dd>${of(operations.exercisedInvalid)}<small>exercised</small></dd></div>`;
  return markup`<dl class="cards">
${exercised}
<div><dt>Cases</dt><dd>${total(verdicts)}<small>${casesLine(report)}</small></dd></div>
<div><dt>Requests</dt><dd>${report.summary.requests}<small>in ${duration(report.summary.durationMs)}</small></dd></div>
</dl>
<div class="verdicts">${bar(verdicts)}${legend(verdicts)}</div>`;
}

/** What the page lays out when it is asked to: compact, for there are thousands of rows. */
function dataOf(report: Report) {
  const compact = ({ in: place, pointer, keyword, valid, invalid, aspects, reasons }: CoverageRow) =>
    [
      place,
      pointer,
      keyword,
      [valid.sent, valid.accepted],
      [invalid.sent, invalid.rejected, invalid.accepted, invalid.inconclusive, invalid.notExpressible],
      aspects,
      reasons,
    ] as const;
  const rows = [...Map.groupBy(report.coverage, ({ operationId }) => operationId)];
  const streams = report.evidence.flatMap(({ exchangeId, stream }) => (stream === undefined ? [] : [[exchangeId, stream] as const]));
  return { coverage: Object.fromEntries(rows.map(([id, list]) => [id, list.map(compact)])), streams: Object.fromEntries(streams) };
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
