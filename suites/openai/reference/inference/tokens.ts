/** A token: a piece of text that is a whole number of characters, so that its bytes are valid UTF-8. */
export type Token = string;

// A word with the blank before it, up to three digits, up to four signs, or white space; long words in pieces of eight letters.
const pieces = / ?[\p{L}\p{M}]{1,8}| ?\p{N}{1,3}| ?[^\s\p{L}\p{M}\p{N}]{1,4}|\s{1,8}/gu;

/** Cuts a text into tokens that join to the same text. */
export function tokensOf(text: string): Token[] {
  // Lone surrogates have no UTF-8: they would not come back from the wire.
  return text.toWellFormed().match(pieces) ?? [];
}

export function countTokens(text: string): number {
  return tokensOf(text).length;
}

/** The UTF-8 octets of a token. */
function bytesOfToken(token: Token): number[] {
  return [...new TextEncoder().encode(token)];
}

/** A stable number of 32 bits for a text (FNV-1a). */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    hash ^= text.charCodeAt(at);
    hash = Math.imul(hash, 0x01000193);
  }
  return hash >>> 0;
}

/** Numbers in [0, 1) that are the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** One of the choices, by a random number. */
export function pick<Choice>(random: () => number, choices: readonly Choice[]): Choice {
  const choice = choices[Math.floor(random() * choices.length)];
  if (choice === undefined) throw new Error('There is nothing to pick from.');
  return choice;
}

const lexicon = 'amber anchor basin birch cedar cinder coast delta ember field fjord glade harbor inlet juniper lantern'.split(' ');

/** A text for a tokenised prompt: each id stands for one word, always the same. */
export function textOfIds(ids: readonly number[]): string {
  return ids.map((id, place) => `${place === 0 ? '' : ' '}${lexicon[Math.abs(Math.trunc(id)) % lexicon.length] ?? ''}`).join('');
}

/** A token id for a token, as `tokens` of a transcription segment lists them. */
export function idOfToken(token: Token): number {
  return hashOf(token) % 50_000;
}

/** What a log probability entry says of a token. */
export interface TokenLogprob {
  readonly token: Token;
  readonly logprob: number;
  readonly bytes: number[];
}

/** How sure the model was of a token: the same for the same token, never above 0. */
export function logprobOf(token: Token): TokenLogprob {
  return { token, logprob: -((hashOf(token) % 900) + 1) / 1000, bytes: bytesOfToken(token) };
}

/** The likeliest tokens at a place, the one that was taken first, each with its log probability. */
export function likeliest(token: Token, count: number): TokenLogprob[] {
  const taken = logprobOf(token);
  const others = Array.from({ length: Math.max(0, count) }, (_, place) => {
    const other = ` ${lexicon[(hashOf(token) + place) % lexicon.length] ?? ''}${place >= lexicon.length ? place : ''}`;
    return { token: other, logprob: taken.logprob - 1 - place, bytes: bytesOfToken(other) };
  });
  return [taken, ...others.filter((other) => other.token !== token)].slice(0, count);
}

/** Tokens in the groups in which a stream sends them: one to three tokens each, by the text. */
export function groupsOf(tokens: readonly Token[]): Token[][] {
  const random = randomFrom(hashOf(tokens.join('')));
  const groups: Token[][] = [];
  for (let at = 0; at < tokens.length;) {
    const size = 1 + Math.floor(random() * 3);
    groups.push(tokens.slice(at, at + size));
    at += size;
  }
  return groups;
}
