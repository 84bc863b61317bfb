import { gunzipSync, gzipSync } from 'node:zlib';
import type { Body, Exchange, ExchangeEvent, NameValue, RunEvent, StreamEvent } from '../model/index.ts';
import { bytesOf } from './body.ts';
import { credentialHeaders } from './curl.ts';
import { defaultLimits } from './limits.ts';
import { maskWithin, redactFragments } from './redact-stream.ts';
import type { Secret } from './secret.ts';
import { createSecret, escaped, maskCharacters, maskOf, shortestSecret } from './secret.ts';
import { decodeEvents } from './sse.ts';

/** Replaces secrets in whatever is about to be written down. */
export interface Redactor {
  text(text: string): string;
  /** Any JSON value; header pairs that carry credentials lose them whether or not they are known. */
  value<Value>(value: Value): Value;
  exchange(exchange: Exchange): Exchange;
  event(event: RunEvent): RunEvent;
  /** The event without secrets, and as the line that a journal holds of it. */
  line(event: RunEvent): { readonly event: RunEvent; readonly line: string };
  /** Replaces a credential that was met on the way in all that follows, with or without the name of its scheme. */
  learn(credential: string): void;
}

export interface RedactorOptions {
  /** Values that must not be written anywhere: keys, tokens, passwords. */
  readonly secrets: readonly string[];
  /** Names of members of responses whose values the API mints as secrets. */
  readonly secretMembers: readonly string[];
}

/** Minted secrets remembered at most: a target that mints one in every answer must not slow the run down. */
const learnedAtMost = 500;
/** A key of 160 characters, percent-encoded twice, is no longer than this. */
const longestForm = 1000;
const secretHeaders = new Set([...credentialHeaders, 'cookie', 'set-cookie']);
/** A pair that {@link Redactor.value} masks by its name, in JSON. */
const credentialPair = new RegExp(String.raw`\["(?:${[...secretHeaders].join('|')})","`, 'iy');
/** Bodies that must be unpacked or are cut in the middle, events that may split a secret, texts that were cut. */
const needsWalk = ['base64":"', 'truncated":true', 'kept":[', '…'];
const maskedHeadersAtMost = 100;
/** One pattern of more than so many texts is slower than a search for each. */
const mintedInPattern = 8;
const anything = /^/;
const harmlessHeaders = /^(accept|content|user-agent|origin|referer|range|if-|prefer|cache-control|traceparent)|(version|beta|agent)$/i;

/** Whether a header that the user gave may carry a credential: every name but those that never do. */
export function mayCarrySecret(name: string): boolean {
  return secretHeaders.has(name.toLowerCase()) || !harmlessHeaders.test(name);
}

/**
 * A redactor: equal length, prefix and character class, the same for the same secret, so that what was written can be
 * judged again. Secrets that an answer mints are remembered and replaced in all that follows.
 */
export function createRedactor(options: RedactorOptions): Redactor {
  const secrets: Secret[] = [];
  const known = new Set<string>();
  const members = memberPattern(options.secretMembers);
  const mintedInLine = memberInLinePattern(options.secretMembers);
  const maskedHeaders = new Map<string, NameValue>();
  let marked: { readonly of: number; readonly pattern: RegExp } | undefined;
  const credentials = options.secrets.map(withoutScheme);
  // Longest first: one secret may begin with another.
  for (const text of credentials.toSorted((a, b) => b.length - a.length)) learn(text);
  const given = secrets.length;

  function learn(text: string): void {
    if (text.length < shortestSecret || known.has(text)) return;
    known.add(text);
    secrets.push(createSecret(text));
  }

  function text(original: string): string {
    let result = original;
    for (const [index, secret] of secrets.entries()) {
      // Minted secrets are plain characters: unlike given ones they have no other form worth searching every text for.
      result = index < given ? secret.replaceIn(result) : result.replaceAll(secret.text, secret.mask);
    }
    return result.includes('…') ? atCuts(result) : result;
  }

  /** Messages quote answers and cut what is long, perhaps in the middle of a secret. */
  function atCuts(original: string): string {
    const pieces = original.split('…');
    const last = pieces.pop() ?? '';
    const safe = pieces.map((piece) => {
      const end = piece.slice(-longestForm);
      return piece.slice(0, piece.length - end.length) + secrets.reduce((sum, secret) => secret.replaceAtEnd(sum), end);
    });
    return [...safe, last].join('…');
  }

  function value<Value>(original: Value): Value {
    if (typeof original === 'string') return text(original) as Value;
    if (Array.isArray(original)) return (isPair(original) ? pair(original) : original.map((entry: unknown) => value(entry))) as Value;
    if (typeof original !== 'object' || original === null) return original;
    if (isBody(original)) return body(original, false) as Value;
    const entries = Object.entries(original).map(([name, inner]): [string, unknown] => [text(name), value(inner)]);
    return Object.fromEntries(entries) as Value;
  }

  /**
   * Nearly no event holds a secret but in the headers of its request: these are masked, and one search of the line that
   * the event makes tells whether it must be walked string by string, which costs ten times as much.
   */
  function line(event: RunEvent): { readonly event: RunEvent; readonly line: string } {
    const quick = event.type === 'exchange' ? withoutCredentials(event) : { event, masked: 0 };
    const written = JSON.stringify(quick.event);
    if (!(event.type === 'exchange' && isStreamed(event.exchange)) && isClean(written, quick.masked))
      return { event: quick.event, line: written };
    const safe = wholeEvent(event);
    return { event: safe, line: JSON.stringify(safe) };
  }

  /** One search for whatever asks for a closer look: nearly no line holds any of it. */
  function anyMark(): RegExp {
    if (marked?.of === secrets.length) return marked.pattern;
    const own = secrets.slice(0, given).map(({ marks }) => marks);
    const minted = secrets.slice(given).map(({ inJson }) => inJson);
    const isKnown = minted.length <= mintedInPattern && !own.includes(undefined);
    const texts = [...needsWalk, '%', String.raw`\u`, ...own.flatMap((marks) => marks ?? []), ...minted];
    marked = { of: secrets.length, pattern: isKnown ? new RegExp(texts.map(escaped).join('|')) : anything };
    return marked.pattern;
  }

  function withoutCredentials(event: ExchangeEvent): { readonly event: ExchangeEvent; readonly masked: number } {
    const { exchange: sent } = event;
    const { request, response } = sent;
    const ofRequest = request.headers.filter(isCredential).length;
    const ofResponse = response?.headers.filter(isCredential).length ?? 0;
    if (ofRequest + ofResponse === 0) return { event, masked: 0 };
    const safe: Exchange = {
      ...sent,
      request: { ...request, headers: request.headers.map(credential) },
      ...(response && { response: { ...response, headers: response.headers.map(credential) } }),
    };
    return { event: { ...event, exchange: safe }, masked: ofRequest + ofResponse };
  }

  /** A run sends few credentials, each with every request. */
  function credential(header: NameValue): NameValue {
    if (!isCredential(header)) return header;
    const key = `${secrets.length} ${header[0]} ${header[1]}`;
    const safe = maskedHeaders.get(key) ?? pair(header);
    if (maskedHeaders.size < maskedHeadersAtMost) maskedHeaders.set(key, safe);
    return safe;
  }

  /** Whether nothing in a line can be replaced but the credentials that were masked: in doubt, no. */
  function isClean(written: string, masked: number): boolean {
    if (mintedInLine?.test(written) === true || credentialPairsIn(written) !== masked) return false;
    if (!anyMark().test(written)) return true;
    if (needsWalk.some((mark) => written.includes(mark))) return false;
    return secrets.every((secret, index) => (index < given ? !secret.mayStandIn(written) : !written.includes(secret.inJson)));
  }

  function wholeEvent(event: RunEvent): RunEvent {
    if (event.type !== 'exchange') return value(event);
    return inOrder(event, { exchange: exchange(event.exchange) }) as RunEvent;
  }

  function pair([name, content]: NameValue): NameValue {
    if (!secretHeaders.has(name.toLowerCase())) return [text(name), text(content)];
    return [name, maskHeader(name.toLowerCase(), text(content))];
  }

  function body(original: Body, isStream: boolean): Body {
    if (original.text !== undefined) {
      const split = isStream ? redactStreamText(original.text) : original.text;
      const cut = original.truncated === true ? maskWithin(split, secrets) : split;
      return { ...original, text: maskMembers(text(cut)) };
    }
    if (original.base64 === undefined) return original;
    const bytes = Buffer.from(bytesOf(original));
    const binary = redactBytes(bytes);
    return binary === bytes ? original : { ...original, base64: binary.toString('base64') };
  }

  function redactBytes(bytes: Buffer): Buffer {
    if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
      const unpacked = unpackedOf(bytes);
      const safe = unpacked === undefined ? undefined : redactBytes(unpacked);
      if (safe !== undefined && safe !== unpacked) return gzipSync(safe);
    }
    const latin = bytes.toString('latin1');
    const safe = maskMembers(text(latin));
    return safe === latin ? bytes : Buffer.from(safe, 'latin1');
  }

  function redactStreamText(original: string): string {
    const payloads = decodeEvents(Buffer.from(original, 'utf8')).map((event) => event.data ?? '');
    const safe = redactFragments(payloads, secrets);
    let result = '';
    let from = 0;
    for (const [index, payload] of payloads.entries()) {
      const to = safe[index];
      const lines = payload.split('\n');
      const safeLines = to === undefined || to === payload ? lines : to.split('\n');
      if (safeLines === lines || safeLines.length !== lines.length) continue;
      for (const [at, line] of lines.entries()) {
        const found = original.indexOf(line, from);
        if (found < 0) continue;
        result += original.slice(from, found) + (safeLines[at] ?? '');
        from = found + line.length;
      }
    }
    return result + original.slice(from);
  }

  function events(original: readonly StreamEvent[]): StreamEvent[] {
    const safe = redactFragments(
      original.map((event) => event.data ?? ''),
      secrets,
    );
    return original.map((event, index) => {
      const data = safe[index];
      if (event.data === undefined || data === undefined || data === event.data) return maskEvent(value(event));
      const lines = data.split('\n');
      let line = 0;
      const fields = event.fields.map(([name, content]): NameValue =>
        name === 'data' ? [name, lines[line++] ?? content] : [name, content],
      );
      return maskEvent(value({ ...event, data, fields }));
    });
  }

  function maskEvent(event: StreamEvent): StreamEvent {
    if (members === undefined || event.data === undefined) return event;
    const fields = event.fields.map(([name, content]): NameValue => [name, name === 'data' ? maskMembers(content) : content]);
    return { ...event, data: maskMembers(event.data), fields };
  }

  function maskMembers(original: string): string {
    if (members === undefined) return original;
    return original.replace(members, (found: string, before: string, minted: string) => {
      if (!isToken(minted)) return found;
      if (secrets.length - given < learnedAtMost) learn(minted);
      return `${before}${maskOf(minted)}`;
    });
  }

  function exchange(original: Exchange): Exchange {
    const { response, stream } = original;
    // The answer first: what it mints may stand in the request of the same exchange, too.
    const safeResponse = response && { ...value({ ...response, body: undefined }), body: body(response.body, isStreamed(original)) };
    const safeStream = stream && { ...value({ ...stream, kept: [] }), kept: events(stream.kept) };
    return inOrder(original, { response: safeResponse, stream: safeStream }) as Exchange;
  }

  /** A copy with these members replaced and all others searched; the order of the members stays. */
  function inOrder(original: object, done: Readonly<Record<string, unknown>>): object {
    const entries = Object.entries(original).map(([name, inner]): [string, unknown] => [name, done[name] ?? value(inner)]);
    return Object.fromEntries(entries);
  }

  return {
    text,
    value,
    exchange,
    learn: (credential) => {
      if (secrets.length - given < learnedAtMost) learn(withoutScheme(credential));
    },
    event: wholeEvent,
    line,
  };
}

function withoutScheme(credential: string): string {
  return credential.replace(/^(?:bearer|basic|token)\s+/i, '');
}

/** Members of a JSON text, also of one that is a string inside another. */
function memberPattern(names: readonly string[]): RegExp | undefined {
  if (names.length === 0) return undefined;
  return new RegExp(String.raw`("(?:${anyOf(names)})\\*"\s*:\s*\\*")([^"\\\s]+)`, 'g');
}

function anyOf(names: readonly string[]): string {
  return names.map((name) => name.replaceAll(/[^\w]/g, String.raw`\$&`)).join('|');
}

/** Whatever {@link memberPattern} finds in a text, and more, in the JSON of that text. */
function memberInLinePattern(names: readonly string[]): RegExp | undefined {
  if (names.length === 0) return undefined;
  return new RegExp(String.raw`"(?:${anyOf(names)})\\*"[^":]*:[^":]*"[\w.+/=~-]{16}`);
}

/** What an API mints is long and has no spaces; a text of a message is none. */
function isToken(text: string): boolean {
  return text.length >= 16 && /^[\w.+/=~-]+$/.test(text) && /\d/.test(text) && /[A-Za-z]/.test(text);
}

function maskHeader(name: string, content: string): string {
  if (name === 'cookie' || name === 'set-cookie') {
    return content.replaceAll(/(^|;\s*)([^=;]+)=([^;]*)/g, (found, before: string, key: string, inner: string) =>
      /^(expires|path|domain|max-age|samesite)$/i.test(key) ? found : `${before}${key}=${maskCharacters(inner)}`,
    );
  }
  const scheme = /^[A-Za-z]+\s+/.exec(content)?.[0] ?? '';
  return scheme + maskOf(content.slice(scheme.length));
}

function unpackedOf(bytes: Buffer): Buffer | undefined {
  try {
    return gunzipSync(bytes, { maxOutputLength: defaultLimits.unpackedBytes, finishFlush: 2 });
  } catch {
    return undefined;
  }
}

function isStreamed({ response, stream }: Exchange): boolean {
  if (stream !== undefined) return true;
  return response?.headers.some(([name, content]) => /^content-type$/i.test(name) && /event-stream/i.test(content)) === true;
}

/** Few characters of a line begin an array of texts: looking at these alone is faster than looking for all names everywhere. */
function credentialPairsIn(line: string): number {
  let count = 0;
  for (let at = line.indexOf('["'); at >= 0; at = line.indexOf('["', at + 2)) {
    credentialPair.lastIndex = at;
    if (credentialPair.test(line)) count += 1;
  }
  return count;
}

function isCredential([name]: NameValue): boolean {
  return secretHeaders.has(name.toLowerCase());
}

function isPair(entries: readonly unknown[]): entries is NameValue {
  return entries.length === 2 && typeof entries[0] === 'string' && typeof entries[1] === 'string';
}

function isBody(value: object): value is Body {
  return 'size' in value && typeof value.size === 'number' && ('text' in value || 'base64' in value);
}
