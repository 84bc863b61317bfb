import type { Fault, FaultContext, Json, JsonObject, ReferenceEvent } from 'assay/pack';

type ReplyChange = NonNullable<Fault['reply']>;

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects of a list; none where it is no list. */
export function rowsOf(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? (value as readonly Json[]).filter(isObject) : [];
}

/** What the request asked for in its body. */
function askedIn({ seen }: FaultContext): JsonObject {
  return isObject(seen?.body) ? seen.body : {};
}

/** Changes the JSON object of every success. */
export function inAnswer(change: (answer: JsonObject, asked: JsonObject) => JsonObject): ReplyChange {
  return (reply, context) =>
    reply.status < 300 && isObject(reply.json) ? { ...reply, json: change(reply.json, askedIn(context)) } : reply;
}

/** Changes each row of one list of the answer. */
export function inRows(list: string, change: (row: JsonObject, asked: JsonObject) => JsonObject): ReplyChange {
  return inAnswer((answer, asked) => ({ ...answer, [list]: rowsOf(answer[list]).map((row) => change(row, asked)) }));
}

/** Changes the events of a stream as a whole. */
export function inStream(change: (events: readonly ReferenceEvent[]) => readonly ReferenceEvent[]): ReplyChange {
  return (reply) => (reply.events === undefined ? reply : { ...reply, events: change([...reply.events]) });
}

/** Changes the payload of each event that has one; `undefined` leaves the event out. Sentinels stay. */
export function inEvents(change: (payload: JsonObject, index: number) => JsonObject | undefined): ReplyChange {
  return inStream((events) =>
    events.flatMap((event, index) => {
      if (!isObject(event.data)) return [event];
      const data = change(event.data, index);
      return data === undefined ? [] : [{ ...event, data }];
    }),
  );
}

/** Changes each choice of each chunk. */
export function inChoices(change: (choice: JsonObject) => JsonObject): ReplyChange {
  return inEvents((chunk) => ({ ...chunk, choices: rowsOf(chunk['choices']).map(change) }));
}

/** Changes each fragment of a tool call in each chunk; `isFirst` where it opens the call. */
export function inToolCalls(change: (call: JsonObject, isFirst: boolean) => JsonObject): ReplyChange {
  return inChoices((choice) => {
    const delta = isObject(choice['delta']) ? choice['delta'] : {};
    if (!Array.isArray(delta['tool_calls'])) return choice;
    return {
      ...choice,
      delta: { ...delta, tool_calls: rowsOf(delta['tool_calls']).map((call) => change(call, call['id'] !== undefined)) },
    };
  });
}

/** The object without some of its members. */
export function without(object: JsonObject, ...names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}

/** The request as a server sees it that does not know some members of the body. */
export function deafTo(...names: readonly string[]): NonNullable<Fault['request']> {
  return (request) => (isObject(request.body) ? { ...request, body: without(request.body, ...names) } : request);
}
