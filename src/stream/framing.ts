import type { Framing, JsonObject, StreamEvent } from '../model/index.ts';
import { isObject } from './compare.ts';
import { jsonOfEvent } from './event-json.ts';
import { isPayloadObject, readPath } from './tests.ts';

/** One event taken out of its frame. */
export type Framed =
  | { readonly what: 'nothing' }
  | { readonly what: 'sentinel' }
  /** What it held cannot be known. */
  | { readonly what: 'unreadable' }
  | { readonly what: 'payload'; readonly payload: JsonObject; readonly type: string | undefined; readonly typeMissing?: string };

export type Tell = (rule: string, expected?: string, actual?: unknown, at?: string) => void;

/** A payload that is longer is no sentinel that someone dressed up. */
const longestSentinel = 40;

/** Judges the lines of one event, and reads its payload and type. */
export function createFramer(framing: Framing): (event: StreamEvent, tell: Tell) => Framed {
  const readType = framing.type.from === 'payload' ? readPath(framing.type.path) : undefined;
  const { sentinel } = framing;
  const almost = sentinel && new RegExp(`^[\\s"'{\\[(]*${sentinel.data.replaceAll(/[^\w]/g, '')}[\\s"'}\\])]*(?::.*)?$`, 'i');

  return (event, tell) => {
    if (event.invalidUtf8 === true) tell('sse.utf8', 'UTF-8');
    const hasLines = framing.eventLine !== 'none';
    if (hasLines && event.fields.length > 1) judgeLines(event, tell);
    const { data } = event;
    if (data === undefined) {
      if (hasLines) judgeEmpty(event, tell);
      return { what: 'nothing' };
    }
    if (hasLines && event.end === 'end-of-body') tell('sse.blank-terminated', 'a blank line after the event', 'the end of the body');
    if (data === sentinel?.data) {
      judgeSentinelLine(framing, event, tell);
      return { what: 'sentinel' };
    }
    if (sentinel?.event !== undefined && event.event === sentinel.event && !data.includes('\n')) {
      tell('sse.done-missing', `data: ${sentinel.data}`, data.slice(0, 60));
      return { what: 'sentinel' };
    }
    const payload: unknown = jsonOfEvent(event);
    if (!isPayloadObject(payload) || data.length < longestSentinel) {
      if (sentinel !== undefined && almost?.test(data) === true) {
        tell('sse.done-missing', `data: ${sentinel.data}`, data.slice(0, 60));
        return { what: 'sentinel' };
      }
      if (!isPayloadObject(payload)) {
        tell('sse.json', 'one JSON object', data.slice(0, 120));
        return { what: 'unreadable' };
      }
    }
    return typed(framing, readType, event, payload, tell);
  };
}

function judgeEmpty(event: StreamEvent, tell: Tell): void {
  const names = event.fields.map(([name]) => name);
  if (names.some((name) => name !== '')) tell('sse.no-empty-event', 'a data line', names.join(', '));
  if (names.length === 1) judgeLines(event, tell);
}

function judgeLines(event: StreamEvent, tell: Tell): void {
  let dataLines = 0;
  for (const [name] of event.fields) {
    if (name === 'data') dataLines += 1;
    else if (name === 'id' || name === 'retry') tell('sse.no-id-retry', 'no such line', `${name}:`);
  }
  if (dataLines > 1) tell('sse.one-line', 'one data line', `${dataLines} data lines`);
}

function judgeSentinelLine(framing: Framing, event: StreamEvent, tell: Tell): void {
  if (framing.eventLine === 'equals-type') return;
  const wanted = framing.sentinel?.event;
  if (event.event === wanted) return;
  tell(
    'sse.event-line',
    wanted === undefined ? 'no event line' : `event: ${wanted}`,
    event.event === undefined ? 'no event line' : `event: ${event.event}`,
  );
}

function typed(
  framing: Framing,
  readType: ((value: unknown) => unknown) | undefined,
  event: StreamEvent,
  payload: JsonObject,
  tell: Tell,
): Framed {
  const line = event.event;
  // Clients of such streams look for one name, that of the error: it may stand above one.
  const namesError = line === 'error' && framing.error !== undefined && isObject(payload[framing.error.member]);
  if (framing.eventLine === 'forbid' && line !== undefined && !namesError) tell('sse.event-line', 'no event line', `event: ${line}`);
  if (framing.type.from === 'constant') return { what: 'payload', payload, type: framing.type.type };
  if (framing.type.from === 'event-line') {
    if (line === undefined || line === '') tell('sse.event-line', 'an event line that names the event', 'none');
    return { what: 'payload', payload, type: line };
  }
  const type = readType?.(payload);
  const said = typeof type === 'string' && type !== '' ? type : undefined;
  if (event.direction === 'out') return { what: 'payload', payload, type: `out:${said ?? ''}` };
  if (framing.eventLine === 'equals-type') {
    const isError = framing.error !== undefined && said === undefined && payload[framing.error.member] !== undefined;
    if (line === undefined && !isError) tell('sse.event-absent', 'an event line that equals the type', 'none');
    else if (line !== undefined && said !== undefined && line !== said) tell('sse.event-mismatch', `event: ${said}`, `event: ${line}`);
  }
  if (said === undefined) return { what: 'payload', payload, type: line, typeMissing: framing.type.rule };
  return { what: 'payload', payload, type: said };
}
