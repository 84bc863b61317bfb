import { type Verdict, verdictOrder } from '../../model/index.ts';
import type { VerdictCounts } from '../report.ts';
import { type Content, type Markup, markup } from './markup.ts';

const signs: Readonly<Record<Verdict, string>> = { fail: '✕', error: '⚠', warn: '!', inconclusive: '?', unsupported: '–', pass: '✓' };

/** A verdict as a label: sign, word and colour, so that it is told without colour too. */
export function pill(verdict: Verdict): Markup {
  return markup`<span class="pill ${verdict}"><span aria-hidden="true">${signs[verdict]}</span> ${verdict}</span>`;
}

/** Counts by verdict, the worst first; those that are 0 are left out. */
export function tally(counts: VerdictCounts): Markup {
  const shown = verdictOrder.filter((verdict) => counts[verdict] > 0);
  if (shown.length === 0) return markup`<span class="dim">no case</span>`;
  return markup`<span class="tally">${shown.map((verdict) => markup`<span class="count ${verdict}" title="${counts[verdict]} ${verdict}"><span aria-hidden="true">${signs[verdict]}</span>${counts[verdict]}<span class="sr"> ${verdict} </span></span>`)}</span>`;
}

/** Counts by verdict in words, for the head of the page. */
export function legend(counts: VerdictCounts): Markup {
  return markup`<ul class="legend">${verdictOrder.map((verdict) => markup`<li class="${counts[verdict] === 0 ? 'dim' : verdict}"><span aria-hidden="true">${signs[verdict]}</span> <b>${counts[verdict]}</b> ${verdict}</li>`)}</ul>`;
}

/** The verdicts as one bar of proportional parts; the figures stand beside it. */
export function bar(counts: VerdictCounts): Markup {
  const total = verdictOrder.reduce((sum, verdict) => sum + counts[verdict], 0);
  let x = 0;
  const parts = verdictOrder.toReversed().flatMap((verdict) => {
    if (counts[verdict] === 0) return [];
    // A cause among thousands must still be seen.
    const width = Math.max((counts[verdict] / total) * 1000, 6);
    const part = markup`<rect class="${verdict}" x="${x.toFixed(1)}" y="0" width="${width.toFixed(1)}" height="10"><title>${counts[verdict]} ${verdict}</title></rect>`;
    x += width;
    return [part];
  });
  return markup`<svg class="bar" viewBox="0 0 ${Math.max(x, 1).toFixed(1)} 10" preserveAspectRatio="none" aria-hidden="true">${parts}</svg>`;
}

/** An HTTP method as a badge. */
export function method(name: string): Markup {
  const known = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].includes(name) ? name.toLowerCase() : 'other';
  return markup`<span class="method ${known}">${name}</span>`;
}

/** A row of a definition list. */
export function row(label: string, content: Content): Markup {
  return markup`<div><dt>${label}</dt><dd>${content}</dd></div>`;
}

/** Outside text as it came, in a block that scrolls by keyboard too. */
export function block(text: string, label: string): Markup {
  return markup`<pre tabindex="0" aria-label="${label}">${text}</pre>`;
}

/** Text with a button that copies it. */
export function copyable(text: string, label: string): Markup {
  return markup`<div class="copyable"><pre tabindex="0" aria-label="${label}">${text}</pre><button type="button" class="copy">Copy</button></div>`;
}

/** The id of an element: ours, so that a link works whatever an operation is called. */
export function anchor(kind: string, index: number): string {
  return `${kind}-${index + 1}`;
}

/** A link to a rule's source, where that is a web page; plain text otherwise. */
export function source(url: string | undefined): Markup | undefined {
  if (url === undefined || !url.startsWith('https://')) return undefined;
  return markup` <a href="${url}" rel="noreferrer noopener">source</a>`;
}
