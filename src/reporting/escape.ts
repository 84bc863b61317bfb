/** C0 and C1 controls, DEL, line and paragraph separators, the marks that turn the direction of text, lone surrogates. */
const unsafe =
  /[\u0000-\u001F\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/** Outside text in one line, with every control character made visible: `\u001b` instead of an escape. */
export function plain(text: string): string {
  return text.replaceAll(unsafe, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Outside text over several lines, for a preformatted block: line feeds and tabs stay. */
export function plainLines(text: string): string {
  return text.replaceAll(unsafe, (character) => (character === '\n' || character === '\t' ? character : plain(character)));
}

/** Text cut to a length that fits a line. */
export function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

/**
 * Output that a CI system reads line by line: no line starts with `::`, `##[` or `##vso[`, which GitHub and Azure would
 * run as commands.
 */
export function withoutCiCommands(output: string): string {
  return output.replaceAll(/^(\s*)(::|##\[|##vso\[)/gm, '$1| $2');
}

/** Text for XML content and attributes: illegal characters replaced, markup escaped. */
export function xml(text: string): string {
  return plainLines(text)
    .replaceAll(/[\uFFFE\uFFFF]/g, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
    .replaceAll('\n', '&#10;')
    .replaceAll('\t', '&#9;');
}

/** Text for HTML content and quoted attributes. */
export function html(text: string): string {
  return plainLines(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** A value as the content of a JSON script element: nothing in it can end the element or start a comment. */
export function scriptJson(value: unknown): string {
  const json = JSON.stringify(value).replaceAll('<', '\\u003c').replaceAll('>', '\\u003e').replaceAll('&', '\\u0026');
  return plain(json);
}

/**
 * Outside text as a Markdown code span that cannot be left: the fence is longer than any run of backticks inside, a bar
 * does not end a table cell, and an at sign calls nobody even where a renderer looks into code.
 */
export function code(text: string): string {
  const inner = plain(text).replaceAll('|', '\\|').replaceAll('@', '＠');
  const longest = Math.max(0, ...[...inner.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = inner.startsWith('`') || inner.endsWith('`') || inner.trim() === '' ? ' ' : '';
  return `${fence}${pad}${inner}${pad}${fence}`;
}
