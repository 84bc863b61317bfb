import type { Body, NameValue } from '../../model/index.ts';
import { plain } from '../escape.ts';
import type { Evidence } from '../report.ts';
import { duration } from '../words.ts';
import { type Markup, markup } from './markup.ts';
import { block } from './parts.ts';

/** A request and its response side by side, as on the wire; JSON is laid out for reading. */
export function exchangePanes(evidence: Evidence): Markup {
  const { request, response, error } = evidence;
  const answer =
    response === undefined
      ? markup`<p class="silent">No response: ${error?.kind ?? 'unknown'} — ${error?.message ?? ''}</p>`
      : markup`${block(`${response.status}\n${headerLines(response.headers)}`, 'Response head')}${evidence.stream === undefined ? bodyOf(response.text, response.size, response.cut) : markup`<p class="dim">${evidence.stream.count} events, shown as a timeline below</p>`}`;
  return markup`<div class="panes">
<section><h4>Request</h4>${block(`${request.method} ${request.url}\n${headerLines(request.headers)}`, 'Request head')}${requestBody(request.body)}</section>
<section><h4>Response <span class="dim">after ${duration(evidence.endMs)}</span></h4>${answer}</section>
</div>`;
}

function requestBody(body: Body | undefined): Markup | undefined {
  return body === undefined || body.size === 0 ? undefined : bodyOf(body.text, body.size, body.truncated === true);
}

function bodyOf(text: string | undefined, size: number, isCut: boolean): Markup {
  if (size === 0) return markup`<p class="dim">no body</p>`;
  if (text === undefined) return markup`<p class="dim">${size} bytes that are no text</p>`;
  return markup`${block(laidOut(text), 'Body')}${isCut && markup`<p class="dim">Cut; the whole of ${size} bytes is in the journal.</p>`}`;
}

function laidOut(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}

function headerLines(headers: readonly NameValue[]): string {
  return headers.map(([name, value]) => `${plain(name)}: ${plain(value)}`).join('\n');
}
