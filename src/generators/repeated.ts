import type { Random } from 'fast-check';
import type { Limits } from './shape.ts';

// Longer texts say nothing more, but the longest that are allowed are drawn now and then.
const usual = 10;

/**
 * Texts of a pattern that is one class of plain characters, repeated: most patterns of names and ids are, and drawing
 * them character by character takes a fifth of what drawing from any regular expression does. `undefined` for others.
 */
export function repeatedOf({ source, flags }: RegExp, limits: Limits): ((random: Random) => string) | undefined {
  const [, list, sign, from, comma, to] = /^\^(\[(?!\^)[^\]\\[]+\])(?:([+*])|\{(\d+)(?:(,)(\d*))?\})\$$/.exec(source) ?? [];
  if (list === undefined || !/^[\x20-\x7e]+$/.test(list)) return undefined;
  const one = new RegExp(`^${list}$`, flags);
  const characters = Array.from({ length: 0x7f - 0x20 }, (_, index) => String.fromCharCode(0x20 + index)).filter((text) => one.test(text));
  const fewest = Math.max(limits.minLength, sign === '*' ? 0 : Number(from ?? 1));
  const most = Math.min(limits.maxLength, mostOf(from, comma, to));
  if (characters.length === 0 || fewest > most) return undefined;
  const longest = Math.min(most, Math.max(fewest, 24) + 40);
  const common = Math.min(longest, fewest + usual);
  return (random) => {
    const length = random.nextInt(fewest, random.nextInt(0, 9) === 0 ? longest : common);
    let text = '';
    for (let index = 0; index < length; index++) text += characters[random.nextInt(0, characters.length - 1)] ?? '';
    return text;
  };
}

/** The upper end of `+`, `*`, `{3}`, `{3,}` and `{3,9}`. */
function mostOf(from: string | undefined, comma: string | undefined, to: string | undefined): number {
  if (from === undefined) return Infinity;
  if (comma === undefined) return Number(from);
  return to === undefined || to === '' ? Infinity : Number(to);
}
