/** 4 MB of UTF-16; what an entity says beyond that is kept as a length and a running hash. */
const keptUnits = 2 * 1024 * 1024;
/** Short pieces are joined into flat strings of this size: a rope of a million small pieces takes ten times its text. */
const chunkUnits = 8192;

/** A text that grows piece by piece, in bounded memory. */
export class Text {
  length = 0;
  settled = false;
  #chunks: string[] = [];
  #tail = '';
  #hash: number | undefined;

  append(piece: string): void {
    this.length += piece.length;
    if (this.#hash !== undefined) {
      this.#hash = hashOf(piece, this.#hash);
      return;
    }
    this.#tail += piece;
    if (this.#tail.length < chunkUnits) return;
    this.#tail.charCodeAt(0);
    this.#chunks.push(this.#tail);
    this.#tail = '';
    if (this.length <= keptUnits) return;
    this.#hash = this.#chunks.reduce((hash, chunk) => hashOf(chunk, hash), seed);
    this.#chunks = [];
  }

  equals(other: string): boolean {
    if (other.length !== this.length) return false;
    return this.#hash === undefined ? this.toString() === other : hashOf(other, seed) === this.#hash;
  }

  /** The text, or `undefined` where it was too long to keep. */
  whole(): string | undefined {
    return this.#hash === undefined ? this.toString() : undefined;
  }

  toString(): string {
    if (this.#hash !== undefined) return `(${this.length} characters)`;
    return this.#chunks.length === 0 ? this.#tail : this.#chunks.join('') + this.#tail;
  }
}

const seed = 5381;

/** A hash of 53 bits over UTF-16 units that does not see how the text was cut. */
function hashOf(piece: string, start: number): number {
  let hash = start;
  for (let index = 0; index < piece.length; index += 1) hash = (hash * 31 + piece.charCodeAt(index)) % 281_474_976_710_597;
  return hash;
}

const encoder = new TextEncoder();
/** A side that runs further ahead than this is not compared. */
const maximumLag = 1024 * 1024;

/** Whether two byte streams, fed in any order, are the same; keeps only what one side is ahead. */
export class ByteMatcher {
  #pending: Uint8Array[] = [];
  #lag = 0;
  #ahead: 'text' | 'tokens' = 'text';
  #differs = false;
  #unknown = false;

  push(side: 'text' | 'tokens', bytes: Uint8Array): void {
    if (this.#differs || this.#unknown || bytes.length === 0) return;
    if (this.#lag === 0 || this.#ahead === side) {
      this.#ahead = side;
      this.#pending.push(bytes);
      this.#lag += bytes.length;
      if (this.#lag > maximumLag) this.#unknown = true;
      return;
    }
    let rest = bytes;
    while (rest.length > 0 && this.#pending.length > 0) {
      const head = this.#pending[0] as Uint8Array;
      const size = Math.min(head.length, rest.length);
      for (let index = 0; index < size; index += 1) if (head[index] !== rest[index]) this.#differs = true;
      this.#lag -= size;
      rest = rest.subarray(size);
      if (size === head.length) this.#pending.shift();
      else this.#pending[0] = head.subarray(size);
    }
    if (rest.length > 0) this.push(side, rest);
  }

  text(piece: string): void {
    if (piece !== '') this.push('text', encoder.encode(piece));
  }

  /** The `bytes` of token entries; an entry that has none makes the comparison impossible. */
  tokens(entries: readonly unknown[]): void {
    for (const entry of entries) {
      const bytes = typeof entry === 'object' && entry !== null ? (entry as { readonly bytes?: unknown }).bytes : undefined;
      if (Array.isArray(bytes)) this.push('tokens', Uint8Array.from(bytes as number[]));
      else this.#unknown = true;
    }
  }

  get agrees(): boolean {
    return this.#unknown || (!this.#differs && this.#lag === 0);
  }
}
