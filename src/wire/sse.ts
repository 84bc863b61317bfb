import { isAscii, isUtf8 } from 'node:buffer';
import type { EventEnd, NameValue, StreamEvent } from '../model/index.ts';
import type { LimitName } from './limits.ts';
import { defaultLimits } from './limits.ts';

/** Bytes of an event stream to events, as they come. */
export interface SseDecoder {
  /** The events that these bytes complete; `at` is their arrival time in ms since the request was sent. */
  push(bytes: Uint8Array, at: number): StreamEvent[];
  /** The event that the end of the body cuts off, if there is one. */
  end(at?: number): StreamEvent[];
  /** Comment lines so far; those of a block of comments only are put before the fields of the next event. */
  readonly comments: number;
  /** Comments that no event has followed yet. */
  readonly pending: readonly NameValue[];
  /** Bytes so far. */
  readonly bytes: number;
  /** Set once an event or line was longer than the limit; whatever follows is ignored. */
  readonly exceeded: LimitName | undefined;
}

const lf = 0x0a;
const cr = 0x0d;
const bom = [0xef, 0xbb, 0xbf];
/** Comments kept before an event: a target that sends nothing but comments must not fill the memory. */
const keptComments = 100;

/**
 * Decodes text/event-stream incrementally: LF, CR and CRLF, a byte order mark, comments, several data lines, and
 * characters and line ends that are split over chunks. Any split into chunks gives the same events. A block that no
 * blank line ended is returned by `end`, although the HTML specification drops it.
 */
export function createSseDecoder(options: { readonly eventBytes?: number } = {}): SseDecoder {
  const eventBytes = options.eventBytes ?? defaultLimits.eventBytes;
  /** Bytes of a line whose end has not come. */
  let rest: Uint8Array[] = [];
  let restSize = 0;
  /** Offset of the first byte of `rest`, or of the next chunk where there is no rest. */
  let offset = 0;
  let bytesSeen = 0;
  let firstLine = true;
  let skipLineFeed = false;
  let exceeded: LimitName | undefined;

  let events: StreamEvent[] = [];
  let index = 0;
  let comments = 0;
  let fields: NameValue[] = [];
  let blockStart = 0;
  let blockSize = 0;
  let ownFields = 0;
  let data: string | undefined;
  let event: string | undefined;
  let invalidUtf8 = false;

  function dispatch(at: number, end: EventEnd): void {
    if (ownFields > 0) {
      // Member by member: spreading the optional ones made decoding half as fast.
      const found: { -readonly [Name in keyof StreamEvent]: StreamEvent[Name] } = {
        index,
        direction: 'in',
        at,
        fields,
        end,
        offset: blockStart,
      };
      if (event !== undefined) found.event = event;
      if (data !== undefined) found.data = data;
      if (invalidUtf8) found.invalidUtf8 = true;
      events.push(found);
      index += 1;
      fields = [];
      // Bad bytes of comments are told with the event that carries the comments.
      invalidUtf8 = false;
    }
    ownFields = 0;
    blockSize = 0;
    data = undefined;
    event = undefined;
  }

  function line(text: string, start: number, at: number): void {
    if (text === '') {
      dispatch(at, 'blank-line');
      return;
    }
    if (blockSize === 0) blockStart = start;
    blockSize += text.length;
    if (blockSize > eventBytes) exceeded = 'eventBytes';
    const isData = text.startsWith('data:');
    const colon = isData ? 4 : text.indexOf(':');
    const name = isData ? 'data' : colon < 0 ? text : text.slice(0, colon);
    const value = colon < 0 ? '' : text.slice(text.charCodeAt(colon + 1) === 0x20 ? colon + 2 : colon + 1);
    if (colon === 0) {
      comments += 1;
      if (ownFields > 0 || fields.length < keptComments) fields.push([name, value]);
      return;
    }
    ownFields += 1;
    fields.push([name, value]);
    if (name === 'data') data = data === undefined ? value : `${data}\n${value}`;
    else if (name === 'event') event = value;
  }

  /** Bytes of one line without its end. */
  function byteLine(bytes: Buffer, start: number, at: number): void {
    let from = 0;
    if (firstLine && bom.every((byte, index) => bytes[index] === byte)) from = 3;
    firstLine = false;
    const text = bytes.subarray(from);
    line(text.toString('utf8'), start + from, at);
    // After `line`: the first bad line of a block must not be forgotten when its block begins.
    if (text.length > 0 && !isUtf8(text)) invalidUtf8 = true;
  }

  /** Whole lines in valid UTF-8, all ended by a line feed: one string, sliced. `bytes` is given where a character may be several. */
  function textLines(text: string, start: number, at: number, bytes?: Buffer): void {
    firstLine = false;
    let from = 0;
    let fromByte = 0;
    for (;;) {
      const end = text.indexOf('\n', from);
      if (end < 0 || exceeded !== undefined) return;
      line(end === from ? '' : text.slice(from, end), start + fromByte, at);
      from = end + 1;
      fromByte = bytes === undefined ? from : bytes.indexOf(lf, fromByte) + 1;
    }
  }

  /** Takes the whole lines of the chunk; returns how many bytes they and their ends were. */
  function wholeLines(chunk: Buffer, at: number): number {
    const lastLf = chunk.lastIndexOf(lf);
    if (chunk.indexOf(cr) < 0) {
      if (lastLf < 0) return 0;
      const whole = chunk.subarray(0, lastLf + 1);
      if (isAscii(whole)) {
        textLines(whole.toString('latin1'), offset, at);
        return whole.length;
      }
      if (!firstLine && isUtf8(whole)) {
        textLines(whole.toString('utf8'), offset, at, whole);
        return whole.length;
      }
    }
    let from = 0;
    for (;;) {
      const end = lineEnd(chunk, from);
      if (end < 0 || exceeded !== undefined) return from;
      byteLine(chunk.subarray(from, end), offset + from, at);
      from = end + 1;
      if (chunk[end] !== cr) continue;
      if (from === chunk.length) skipLineFeed = true;
      else if (chunk[from] === lf) from += 1;
    }
  }

  return {
    push(bytes, at) {
      if (bytes.length === 0 || exceeded !== undefined) return [];
      bytesSeen += bytes.length;
      let chunk = asBuffer(bytes);
      if (skipLineFeed) {
        skipLineFeed = false;
        if (chunk[0] === lf) {
          chunk = chunk.subarray(1);
          offset += 1;
        }
      }
      if (restSize > 0) {
        // Copying the rest for every small chunk would be quadratic: the pieces are joined when the line's end is there.
        if (lineEnd(chunk, 0) < 0) {
          keep(chunk);
          return [];
        }
        chunk = Buffer.concat([...rest, chunk]);
        rest = [];
        restSize = 0;
      }
      const taken = wholeLines(chunk, at);
      offset += taken;
      if (taken < chunk.length) keep(chunk.subarray(taken));
      return flush();
    },
    end(at = 0) {
      if (exceeded !== undefined) return [];
      if (restSize > 0) byteLine(Buffer.concat(rest), offset, at);
      rest = [];
      restSize = 0;
      dispatch(at, 'end-of-body');
      return flush();
    },
    get comments() {
      return comments;
    },
    get pending() {
      return ownFields > 0 ? [] : fields;
    },
    get bytes() {
      return bytesSeen;
    },
    get exceeded() {
      return exceeded;
    },
  };

  function keep(piece: Uint8Array): void {
    // A copy: the transport may use its buffer again, and a view would hold the whole chunk.
    rest.push(Buffer.from(piece));
    restSize += piece.length;
    if (restSize + blockSize > eventBytes) exceeded = 'eventBytes';
  }

  function flush(): StreamEvent[] {
    const done = events;
    events = [];
    return done;
  }
}

function lineEnd(chunk: Buffer, from: number): number {
  const nextLf = chunk.indexOf(lf, from);
  const nextCr = nextLf < 0 ? chunk.indexOf(cr, from) : chunk.subarray(from, nextLf).indexOf(cr);
  if (nextCr < 0) return nextLf;
  return nextLf < 0 ? nextCr : from + nextCr;
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The events of a whole body, for recordings and tests. */
export function decodeEvents(bytes: Uint8Array, at = 0): StreamEvent[] {
  const decoder = createSseDecoder();
  return [...decoder.push(bytes, at), ...decoder.end(at)];
}
