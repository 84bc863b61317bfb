import type { Exchange, Json, Operation, Pack, StreamEvent, StreamGrammar, StreamViolation } from '../model/index.ts';
import { pointerOf } from '../schema/pointer.ts';
import { jsonOfEvent } from '../stream/index.ts';
import { responseView } from '../wire/index.ts';
import { type StreamJudging, grammarFor } from './streams.ts';

/** A target must not fill the memory with findings. */
const violationsAtMost = 200;

/**
 * What the reading `letter` says of a stream beside its grammar: each event against the schema that the document declares for
 * the body, whatever edition the stream is of. One place is told once.
 */
export function violationsOfLetter(exchange: Exchange, operation: Operation, judging: StreamJudging): StreamViolation[] {
  const schema = responseView(exchange, operation)?.declaredMedia?.schema;
  if (schema === undefined) return [];
  const grammar = grammarFor(judging.pack, operation);
  const told = new Set((exchange.stream?.violations ?? []).map(({ eventIndex, at }) => `${eventIndex} ${at ?? ''}`));
  const places = new Set<string>();
  const found: StreamViolation[] = [];
  for (const event of exchange.stream?.kept ?? []) {
    const value = valueOfEvent(event, grammar);
    if (value === undefined || judging.judge.accepts(schema, value)) continue;
    for (const { instancePath, schemaPath, member, expected, actual } of judging.judge.explain(schema, value)) {
      const at = instancePath + (member === undefined ? '' : pointerOf(member));
      const place = `${schemaPath} ${at.replaceAll(/\/\d+(?=\/|$)/g, '/*')} ${actual}`;
      if (places.has(place) || told.has(`${event.index} ${at}`) || found.length >= violationsAtMost) continue;
      places.add(place);
      const message = `${at === '' ? '' : `${at}: `}expected ${expected}, came ${actual}`;
      found.push({ rule: 'stream-event-valid', level: 'MUST', eventIndex: event.index, message, expected, actual, at });
    }
  }
  return found;
}

/** An event of an operation's stream as the document describes it; `undefined` where it is no JSON, or the sentinel. */
export function eventValue(pack: Pack | undefined, operation: Operation, event: StreamEvent): Json | undefined {
  return valueOfEvent(event, grammarFor(pack, operation));
}

/** The event as the document describes it: its payload, or name and payload together. */
export function valueOfEvent(event: StreamEvent, grammar: StreamGrammar | undefined): Json | undefined {
  if (event.data === undefined || event.data === grammar?.framing.sentinel?.data) return undefined;
  const payload = jsonOfEvent(event);
  if (payload === undefined) return undefined;
  const union = grammar?.union;
  return union?.payload === undefined ? payload : { [union.tag]: event.event ?? '', [union.payload]: payload };
}
