/** One secret and how to find it in whatever form it was written. */
export interface Secret {
  readonly text: string;
  readonly mask: string;
  /** The text within a JSON string. */
  readonly inJson: string;
  /** Whether a JSON text may hold the secret in a form that is found in one of its strings; false only where none does. */
  mayStandIn(json: string): boolean;
  /** A JSON text that holds none of these, and no escape, holds the secret in no form; `undefined` where that cannot be said. */
  readonly marks: readonly string[] | undefined;
  /** The text with every occurrence replaced: as it is, percent-encoded, JSON-escaped, base64 at any alignment. */
  replaceIn(text: string): string;
  /** The text with the beginning of the secret replaced, in any of these forms, where the text was cut in the middle of it. */
  replaceAtEnd(text: string): string;
}

/** Shorter ones would be found everywhere and are no secrets. */
export const shortestSecret = 6;
const shortestForBase64 = 8;
/** The beginning of a secret counts from this length on. */
const shortestBeginning = 6;
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/**
 * A value of equal length, prefix (`sk-`) and character class: what is judged by length, pattern or type is judged the same.
 */
export function maskOf(text: string): string {
  const prefix = /^[A-Za-z]{1,8}[-_](?:[a-z]{1,8}[-_])?/.exec(text)?.[0] ?? '';
  const kept = text.length - prefix.length >= 8 ? prefix.length : 0;
  return text.slice(0, kept) + maskCharacters(text.slice(kept));
}

/** Letters become `x` and `X`, digits `0`; punctuation stays. */
export function maskCharacters(text: string): string {
  return text.replaceAll(/[\p{L}\p{N}\u0080-\uffff]/gu, (character) => {
    const one = /\p{Lu}/u.test(character) ? 'X' : /\p{N}/u.test(character) ? '0' : 'x';
    return one.repeat(character.length);
  });
}

/** Prepares a secret for searching. */
export function createSecret(text: string): Secret {
  const mask = maskOf(text);
  const written = new RegExp(Array.from(text, formsOf).join(''), 'g');
  // Characters that nobody escapes unless all are: a text without an escape can hold it as it is alone.
  const isPlain = /^[\w.~-]+$/.test(text);
  const packed = text.length < shortestForBase64 ? [] : [0, 1, 2].map((shift) => base64Form(text, mask, shift));
  // What JSON escapes otherwise than by backslashes before it is not searched for in JSON.
  const isSafeInJson = !/[\p{Cc}\p{Cs}]/u.test(text);
  const isEscaped = (original: string): boolean => !isPlain || original.includes('%') || original.includes(String.raw`\u`);
  let beginnings: readonly RegExp[] | undefined;
  return {
    text,
    mask,
    inJson: JSON.stringify(text).slice(1, -1),
    marks: isPlain && isSafeInJson ? [text, ...packed.map((form) => form.core)] : undefined,
    mayStandIn(json) {
      if (!isSafeInJson) return true;
      // The pattern takes any number of backslashes: those that JSON adds, too.
      if (isEscaped(json) ? json.search(written) >= 0 : json.includes(text)) return true;
      return packed.some((form) => json.includes(form.core));
    },
    replaceIn(original) {
      // Searching for plain text is many times faster than any pattern, and nearly every text holds no secret.
      let result = original;
      if (isEscaped(original)) result = result.replace(written, (found) => maskForms(found, text, mask));
      else if (result.includes(text)) result = result.replaceAll(text, mask);
      for (const form of packed) if (result.includes(form.core)) result = result.replace(form.pattern, form.replace);
      return result;
    },
    replaceAtEnd(original) {
      beginnings ??= [beginning(Array.from(text, formsOf)), ...packed.map((form) => beginning(form.characters))];
      const [asWritten, ...inBase64] = beginnings;
      const plain = asWritten === undefined ? original : original.replace(asWritten, (found) => maskForms(found, text, mask));
      return inBase64.reduce(
        (result, pattern, at) => result.replace(pattern, (found) => packed[at]?.mask.slice(0, found.length) ?? ''),
        plain,
      );
    },
  };
}

/** One character raw, percent-encoded (also twice), as a JSON escape, or escaped by a backslash. */
function formsOf(character: string): string {
  const bytes = Array.from(Buffer.from(character, 'utf8'), (byte) => `%(?:25)*${anyCase(hex(byte, 2))}`).join('');
  const units = Array.from({ length: character.length }, (_, at) => String.raw`\\+u` + anyCase(hex(character.charCodeAt(at), 4))).join('');
  const slashed = /["\\/]/.test(character) ? [String.raw`\\+` + escaped(character)] : [];
  const plus = character === ' ' ? [String.raw`\+`] : [];
  return `(?:${[...slashed, escaped(character), bytes, units, ...plus].join('|')})`;
}

/** Finds the first of these characters, as many as there are, at the end of a text that may cut an escape in two. */
function beginning(characters: readonly string[]): RegExp {
  const more = characters.slice(shortestBeginning).reduceRight((inner, character) => `(?:${character}${inner})?`, '');
  const halfEscape = String.raw`(?=(?:%[\da-fA-F]?|\\+(?:u[\da-fA-F]{0,3})?)?$)`;
  return new RegExp(`${characters.slice(0, shortestBeginning).join('')}${more}${halfEscape}`);
}

/** Masks what was found in the form in which each character was written. */
function maskForms(found: string, text: string, mask: string): string {
  const tokens = found.match(/(?:%(?:25)*[89a-f][0-9a-f])+|%(?:25)*[0-7][0-9a-f]|\\+u[0-9a-f]{4}|\\+["\\/]|[^]/giu) ?? [];
  if (tokens.length > text.length || mask.length !== text.length) return maskCharacters(found);
  return tokens
    .map((token, at) => {
      const wanted = mask[at] ?? 'x';
      if (wanted === text[at]) return token;
      if (token.length === 1) return wanted;
      if (token.startsWith('%')) return `${token.slice(0, -2)}${hex(wanted.charCodeAt(0), 2)}`;
      return /u[0-9a-f]{4}$/i.test(token) ? `${token.slice(0, -4)}${hex(wanted.charCodeAt(0), 4)}` : token;
    })
    .join('');
}

interface Base64Form {
  /** A part of it that is written the same in base64url. */
  readonly core: string;
  readonly pattern: RegExp;
  /** Patterns of its characters, and what is written for them. */
  readonly characters: readonly string[];
  readonly mask: string;
  readonly replace: (found: string, before: string, after: string) => string;
}

/** The characters of base64 that the secret alone decides when it begins `shift` bytes into a group of three. */
function base64Form(text: string, mask: string, shift: number): Base64Form {
  const plain = shiftedBase64(text, shift);
  const masked = shiftedBase64(mask, shift);
  const first = Math.ceil((shift * 8) / 6);
  const bits = (shift + Buffer.byteLength(text)) * 8;
  const end = Math.floor(bits / 6);
  const inner = masked.slice(first, end);
  const core = plain
    .slice(first, end)
    .split(/[+/]/)
    .reduce((longest, piece) => (piece.length > longest.length ? piece : longest), '');
  const characters = Array.from(plain.slice(first, end), (one) => (one === '+' ? '[-+]' : one === '/' ? '[/_]' : one));
  const one = '([A-Za-z0-9+/_-]?)';
  return {
    core,
    pattern: new RegExp(`${one}${characters.join('')}${one}`, 'g'),
    characters,
    mask: inner,
    // The characters at either end share bits with the neighbours, which stay.
    replace: (_found, before, after) => {
      const left = shift === 0 ? before : mixed(before, masked[first - 1], shift === 1 ? 0x0f : 0x03);
      const right = bits % 6 === 0 ? after : mixed(after, masked[end], bits % 6 === 2 ? 0x30 : 0x3c);
      return `${left}${inner}${right}`;
    },
  };
}

function shiftedBase64(text: string, shift: number): string {
  return Buffer.concat([Buffer.alloc(shift), Buffer.from(text, 'utf8')]).toString('base64');
}

/** The character with the bits of `from` where `bits` has ones. */
function mixed(character: string, from: string | undefined, bits: number): string {
  const own = alphabet.indexOf(character.replace('-', '+').replace('_', '/'));
  const other = from === undefined ? -1 : alphabet.indexOf(from);
  if (character === '' || own < 0 || other < 0) return character;
  return alphabet[(own & ~bits) | (other & bits)] ?? character;
}

/** The text as a pattern that finds it. */
export function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
}

function anyCase(digits: string): string {
  return digits.replaceAll(/[A-F]/g, (digit) => `[${digit}${digit.toLowerCase()}]`);
}

function hex(value: number, width: number): string {
  return value.toString(16).toUpperCase().padStart(width, '0');
}
