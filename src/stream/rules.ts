import type { Level, SourceClass, StreamRule } from '../model/index.ts';

/**
 * Reads rules from a table, one a line: `id | level | source | what it demands | why | smallest bad example`. The example is
 * optional; `\n` in it is a line end of the wire.
 */
export function rulesOf(table: string): readonly StreamRule[] {
  return table
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [id = '', level, source, text, reason, ...example] = line.split(' | ').map((cell) => cell.trim());
      if (text === undefined || reason === undefined) throw new Error(`A rule needs id, level, source, text and reason: ${line}`);
      const bad = example.join(' | ').replaceAll('\\n', '\n');
      return { id, level: level as Level, source: source as SourceClass, text, reason, ...(bad === '' ? {} : { example: bad }) };
    });
}
