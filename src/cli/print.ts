import { stripVTControlCharacters } from 'node:util';

/** Text from outside made safe for a terminal: no control characters but line feed and tab. */
export function printable(text: string): string {
  return stripVTControlCharacters(text).replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '\u{fffd}');
}

/** Writes one line to standard output. */
export function print(text: string): void {
  process.stdout.write(`${printable(text)}\n`);
}

/** Writes one sentence to standard error. */
export function printError(text: string): void {
  process.stderr.write(`assay: ${printable(text)}\n`);
}

/** Rows as lines, each cell but the last as wide as the widest of its column. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = rows.reduce<number[]>((sum, row) => row.map((cell, index) => Math.max(sum[index] ?? 0, cell.length)), []);
  return rows.map((row) =>
    row
      .map((cell, index) => (index === row.length - 1 ? cell : cell.padEnd(widths[index] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}
