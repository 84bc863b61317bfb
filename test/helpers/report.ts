import type { RunEvent } from '../../src/model/index.ts';
import { type Report, createReportFold } from '../../src/reporting/index.ts';

/** The report of a list of run events. */
export function reportOf(events: readonly RunEvent[]): Report {
  const fold = createReportFold();
  for (const event of events) fold.add(event);
  return fold.report();
}

/** Text that tries to leave every format: markup, CI commands, terminal escapes, Markdown, illegal XML. */
export const hostile = [
  '</script><script>window.hacked = true</script>',
  '<img src=x onerror="window.hacked = true">',
  '"><svg onload="window.hacked=true">',
  "' onmouseover='window.hacked=true",
  '::error file=x::owned',
  '##vso[task.complete result=Failed]',
  '\u001B]0;title\u0007\u001B[31mred\u009B2J',
  'line one\n::warning::line two\r\n\r\n# heading',
  '``` [link](https://evil.example) @everyone | cell | `code`',
  '<!-- --> ]]> &amp; &#0; \u0000\u0008\uFFFE\uD800',
  '\u202Egnp.exe\u2066\u2028\u2029',
  '__proto__',
  'constructor',
].join(' ');

/** The events with every text from outside replaced: answers, requests, names of the document, messages. */
export function poisoned(events: readonly RunEvent[]): RunEvent[] {
  const outside = new Set([
    'expected',
    'actual',
    'at',
    'text',
    'data',
    'path',
    'tag',
    'rule',
    'what',
    'detail',
    'message',
    'url',
    'entity',
    'curl',
    'event',
    'resource',
    'why',
    'description',
    'schemaPointer',
    'aspect',
    'title',
  ]);
  const poison = (value: unknown, name: string): unknown => {
    if (typeof value === 'string') return outside.has(name) && name !== 'fingerprint' ? `${hostile} ${value}` : value;
    if (Array.isArray(value))
      return name === 'headers' || name === 'fields'
        ? value.map(([key, text]) => [key, `${hostile} ${text}`])
        : value.map((entry) => poison(entry, name));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, poison(member, key)]));
  };
  return events.map((event) => poison(event, '') as RunEvent);
}
