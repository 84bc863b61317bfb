import { rulesOf } from 'assay/pack';

/** What the stream of POST /responses owes its clients. */
export const responsesRules = rulesOf(`
resp.type | MUST | schema | Every payload has its type | Clients dispatch by it | data: {"delta":"Hi"}
resp.field-required | MUST | schema | The members that the schema of the event requires | Typed clients read them unasked | data: {"type":"response.output_text.delta","output_index":0}
resp.unknown-event | SHOULD | schema | Only events that the document lists | A client raises "Unhandled response stream event" | data: {"type":"response.thinking"}
resp.created-first | MUST | sdk | The first event is response.created | Clients raise when the snapshot is not set | data: {"type":"response.in_progress"}
resp.created-once | MUST | sdk | response.created comes once, and not in a resumed stream | The snapshot starts anew | data: {"type":"response.created"}, twice
resp.in-progress | SHOULD | observed | response.in_progress comes before the first item | Every recorded stream has it | response.created, then response.output_item.added
resp.lifecycle-order | MUST | sdk | created, queued, in_progress, items, end: each at most once | A client replaces its snapshot by the one of any life-cycle event | response.output_item.added, then response.in_progress
resp.lifecycle-snapshot | MUST | sdk | response.output of a life-cycle event holds the items so far | A client raises "Duplicate response output index" | data: {"type":"response.created","response":{"output":[{}]}}
resp.response-const | MUST | sdk | id and created_at of the response do not change | Clients raise, or keep the wrong one | response.completed with another response.id
resp.status-match | MUST | schema | response.status is what the event says | Clients trust the status of the final object | data: {"type":"response.completed","response":{"status":"in_progress"}}
resp.error-detail | MUST | prose | failed has an error, incomplete has a reason, completed has neither | Clients show them | data: {"type":"response.failed","response":{"error":null}}
resp.terminal-missing | MUST | sdk | One of completed, incomplete and failed ends the stream, also after an error event | Clients raise "Didn't receive a response.completed event" | the stream ends after response.output_item.done
resp.after-terminal | MUST | sdk | No event of an item or of the life cycle after the end | It is lost in all clients | response.completed, then response.output_item.done
resp.trailing | SHOULD | sdk | No rate limits and no keepalive after the end | A client raises at events it cannot place | response.completed, then response.rate_limits.updated
resp.error-then-failed | SHOULD | observed | Nothing between the error event and response.failed | Every recorded stream does so | error, then response.output_text.delta
resp.usage | SHOULD | observed | usage on the last event only, and set when completed | Billing reads it there | data: {"type":"response.completed","response":{"usage":null}}
resp.seq-missing | MUST | schema | An integer sequence_number on every event (2026) | Clients resume by it | data: {"type":"response.output_text.delta"}
resp.seq | MUST | sdk | sequence_number rises strictly | Clients filter resumed streams by it | "sequence_number":4, twice
resp.seq-step | SHOULD | observed | sequence_number starts at 0 and steps by 1 | A gap looks like a lost event | "sequence_number":4, then 6
resp.item-open-order | MUST | sdk | A new output_index is the number of items so far | Clients push to a list, and raise at another index | the first output_item.added with "output_index":1
resp.item-id | MUST | sdk | An item has an id that is not empty (function and custom calls may have none) | Deltas name the item by it | "item":{"id":"","type":"message"}
resp.item-id-unique | MUST | sdk | No two items have one id | Deltas name the item by it | two items "id":"msg_1"
resp.call-id | MUST | sdk | A call has a call_id and a name that are not empty | The output of the call is sent back with it | "item":{"type":"function_call","call_id":""}
resp.item-ref | MUST | sdk | Events of an item name an index that was opened, and the id of the item there | Clients raise "missing output at index 0" | a delta without output_item.added before it
resp.item-kind | MUST | sdk | Events of a body come only for items of their type | Clients raise "expected output item type" | function_call_arguments.delta for a message
resp.item-serial | SHOULD | observed | An item opens after the one before is done | Every recorded stream does so | output_item.added, twice, before any done
resp.item-after-done | MUST | sdk | One done for each item, and nothing for it afterwards | Accumulators append to the finished item | output_item.done, then output_text.delta
resp.item-unclosed | MUST | prose | All items are done before response.completed | Clients wait for the item | output_item.added, then response.completed
resp.item-done-identity | MUST | sdk | The same id, type and call_id when added and when done | A client raises | "id":"fc_1" added, "id":"fc_2" done
resp.item-status | SHOULD | observed | An item is added in_progress, and done completed, incomplete or failed | Clients show a spinner for ever | output_item.done with "status":"in_progress"
resp.open-empty | MUST | sdk | An item or part is empty when it opens | Accumulators append the deltas to it: the text comes twice | "item":{"type":"function_call","arguments":"{}"} added, then deltas
resp.part-open-order | MUST | sdk | A new content_index or summary_index is the number of parts so far | Clients raise past the end of their list | the first content_part.added with "content_index":1
resp.part-ref | MUST | sdk | A delta names a part that was added | Clients raise "missing content at index 0" | output_text.delta without content_part.added
resp.part-kind | MUST | sdk | A delta fits the type of its part | A client raises, or appends to the wrong member | refusal.delta for an output_text part
resp.part-serial | SHOULD | observed | One open part for each item | Every recorded stream does so | content_part.added, twice
resp.text-done | MUST | prose | Every text is closed by its done event | Clients show the text as final then | content_part.done without output_text.done
resp.field-done-missing | MUST | prose | Every field of an item is closed by its done event | Clients run the tool then | output_item.done without function_call_arguments.done
resp.part-unclosed | MUST | prose | Every part is closed by its done event | Clients wait for it | output_item.done without content_part.done
resp.part-after-done | MUST | sdk | Nothing for a text or part after its done event | Accumulators append to the finished text | output_text.done, then output_text.delta
resp.text-equals | MUST | sdk | The deltas are the text of the done event | Different clients read different ones | deltas "a", "b", done "ac"
resp.part-equals | MUST | sdk | The deltas are the part of content_part.done | Different clients read different ones | deltas "a", "b", part "ac"
resp.item-equals | MUST | sdk | The parts are the item of output_item.done | Different clients read different ones | a part "ab", done item with content []
resp.output-equals | MUST | sdk | The items are the output of the final response | Different clients read different ones | an item, then response.completed with output []
resp.annotation-index | MUST | sdk | annotation_index is the number of annotations so far | A client raises past the end of its list | the first annotation with "annotation_index":1
resp.annotation-equals | MUST | sdk | The done part lists the annotations that were added | Different clients read different ones | an annotation, then a part with annotations []
resp.progress-order | SHOULD | observed | Progress events come in order, each once | Clients show the state they were told last | searching, then in_progress
resp.logprobs | SHOULD | observed | The bytes of logprobs are those of the delta when they were asked for | Tools that align tokens with text lose their place | "delta":"ab","logprobs":[{"bytes":[97]}]
resp.error-fields | MUST | schema | An error event has code, message and param, flat or in error | Clients raise with its message | data: {"type":"error"}
resp.keepalive | MAY | sdk | keepalive may come anywhere, and takes a number | Clients know it
resp.resume | MUST | prose | starting_after=k gives exactly the events with a number above k | Clients would fold an event twice | starting_after=4, first number 3
`);
