import type { NameValue } from '../model/index.ts';
import { decodeComponent, encodeComponent } from './percent.ts';

/** Pairs as application/x-www-form-urlencoded; a space is `+`, as the format has it. */
export function serialiseForm(pairs: readonly NameValue[]): string {
  return pairs.map(([name, value]) => `${encodeComponent(name)}=${encodeComponent(value)}`.replaceAll('%20', '+')).join('&');
}

/** The pairs of a form or of a query string (without `?`), in order; `+` is a space. Empty pieces (`a=1&&b=2`) are passed over. */
export function parsePairs(text: string): NameValue[] {
  if (text === '') return [];
  return text
    .split('&')
    .filter((piece) => piece !== '')
    .map((piece) => {
      const equals = piece.indexOf('=');
      const name = equals < 0 ? piece : piece.slice(0, equals);
      return [decodeComponent(name, true), equals < 0 ? '' : decodeComponent(piece.slice(equals + 1), true)];
    });
}
