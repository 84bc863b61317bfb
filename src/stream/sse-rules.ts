import type { StreamRule } from '../model/index.ts';
import { rulesOf } from './rules.ts';

/** The rules of every event stream, whatever it carries. */
export const sseRules = rulesOf(`
sse.content-type | MUST | prose | A 200 with Content-Type text/event-stream; parameters are allowed | Clients pick their decoder by this header; the check stream-as-asked tells it | content-type: application/json\\n\\ndata: {"id":"a"}
sse.status | MUST | prose | An error known before the first byte is a JSON error body with 4xx or 5xx, not a stream | Clients read a stream only after a 2xx; the check status-declared tells it | HTTP/1.1 200 OK\\n\\ndata: {"error":{"message":"No such model."}}
sse.utf8 | MUST | sdk | The body is UTF-8 | Clients decode each line as UTF-8 and raise | data: {"text":"\\xff"}
sse.json | MUST | sdk | Every payload except the sentinel is one JSON object | Every client stops on a payload that does not parse | data: {"id":"a",
sse.blank-terminated | MUST | sdk | Each event, the last too, ends in a blank line | An event that no blank line ends is dropped | data: [DONE]<end of body>
sse.no-empty-event | MUST | sdk | No block of lines without a data line | Clients dispatch it and stop on the empty payload | event: ping\\n\\n
sse.no-id-retry | SHOULD | sdk | No id and no retry lines | After an id line a client dispatches an empty event at the next spare blank line | id: 7\\ndata: {"id":"a"}\\n\\n
sse.comment | MAY | prose | Comment lines may stand anywhere | All decoders skip them
sse.one-line | SHOULD | observed | One data line for one event | Several are joined with a line feed, which no recorded stream uses | data: {"id":\\ndata: "a"}\\n\\n
sse.event-line | MUST | sdk | Event lines as the stream has them: none, or one that names the event | A client sends named events down another path | event: message\\ndata: {"id":"a"}\\n\\n
sse.event-mismatch | MUST | sdk | The event line equals the type in the payload | A client dispatches by the line | event: message\\ndata: {"type":"a.created"}\\n\\n
sse.event-absent | SHOULD | observed | There is an event line | The real service sends one | data: {"type":"a.created"}\\n\\n
sse.done-missing | MUST | prose | The stream ends with its sentinel, exactly as written, once | Clients wait for it | data: {"id":"a"}\\n\\n<end of body>
sse.after-done | MUST | sdk | Nothing after the sentinel | Clients stop reading: what follows is lost | data: [DONE]\\n\\ndata: {"id":"a"}\\n\\n
sse.error-shape | MUST | sdk | An error in the middle of a stream is an object with an error that has a message | Clients raise on it, and show its message | data: {"error":"boom"}\\n\\n
sse.error-last | MUST | sdk | After an error only the sentinel may follow | Every client throws at the error | data: {"error":{"message":"Lost."}}\\n\\ndata: {"id":"a"}\\n\\n
stream-event-valid | MUST | schema | Each event is valid against the schema of its type | Typed clients read the members that the schema promises | {"object":"a.chunk"} where the schema requires more members
`);

/** The framing rule of that id. */
export function sseRule(id: string): StreamRule | undefined {
  return sseRules.find((rule) => rule.id === id);
}
