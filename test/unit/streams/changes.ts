import type { Json, JsonObject } from '../../../src/model/index.ts';
import { valueAt, withValueAt, withoutValueAt } from '../../../src/schema/pointer.ts';
import type { Sent } from '../../helpers/stream-tester/trace.ts';

/** A change of a whole stream. */
export type Change = (events: readonly Sent[]) => readonly Sent[];

/** The place of an event: its number, from the end where negative. */
type Place = number;

function at(events: readonly Sent[], place: Place): number {
  return place < 0 ? events.length + place : place;
}

export const drop =
  (place: Place, count = 1): Change =>
  (events) =>
    events.toSpliced(at(events, place), count);

export const repeat =
  (place: Place): Change =>
  (events) =>
    events.toSpliced(at(events, place), 0, events.at(place) as Sent);

export const swap =
  (place: Place): Change =>
  (events) =>
    events.toSpliced(at(events, place), 2, events.at(at(events, place) + 1) as Sent, events.at(place) as Sent);

export const insert =
  (place: Place, ...sent: readonly Sent[]): Change =>
  (events) =>
    events.toSpliced(at(events, place), 0, ...sent);

/** Takes an event away and puts it elsewhere. */
export const move =
  (from: Place, to: Place): Change =>
  (events) =>
    events.toSpliced(at(events, from), 1).toSpliced(to, 0, events.at(from) as Sent);

/** Sets members of an event's payload, by pointer; `undefined` takes them away. */
export const set =
  (place: Place, values: Readonly<Record<string, Json | undefined>>): Change =>
  (events) =>
    events.with(at(events, place), changed(events.at(place) as Sent, values));

/** Sets members of every event that has data of its own, or of those that `where` picks. */
export const setAll =
  (values: Readonly<Record<string, Json | undefined>>, where: (data: JsonObject, index: number) => boolean = () => true): Change =>
  (events) =>
    events.map((sent, index) => (typeof sent.data === 'object' && where(sent.data as JsonObject, index) ? changed(sent, values) : sent));

/** Sets the value at a pointer wherever an event has one there. */
export const setWhere =
  (pointer: string, from: Json, to: Json): Change =>
  (events) =>
    events.map((sent) => (typeof sent.data === 'object' && valueAt(sent.data, pointer) === from ? changed(sent, { [pointer]: to }) : sent));

export const line =
  (place: Place, event: string | undefined): Change =>
  (events) =>
    events.with(
      at(events, place),
      event === undefined ? { data: (events.at(place) as Sent).data } : { ...(events.at(place) as Sent), event },
    );

export const lines =
  (place: Place, ...before: readonly string[]): Change =>
  (events) =>
    events.with(at(events, place), { ...(events.at(place) as Sent), lines: before });

export const data =
  (place: Place, value: Json): Change =>
  (events) =>
    events.with(at(events, place), { ...(events.at(place) as Sent), data: value });

export const all =
  (...changes: readonly Change[]): Change =>
  (events) =>
    changes.reduce((result, change) => change(result), events);

function changed(sent: Sent, values: Readonly<Record<string, Json | undefined>>): Sent {
  const payload = Object.entries(values).reduce<Json>(
    (result, [pointer, value]) => (value === undefined ? withoutValueAt(result, pointer) : withValueAt(result, pointer, value)),
    sent.data,
  );
  return { ...sent, data: payload };
}
