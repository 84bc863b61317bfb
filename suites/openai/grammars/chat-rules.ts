import { rulesOf } from 'assay/pack';

/** What the stream of POST /chat/completions owes its clients. */
export const chatRules = rulesOf(`
chat.nonempty | MUST | sdk | At least one chunk | Clients raise when the stream ends without one | data: [DONE]
chat.object | MUST | schema | object is chat.completion.chunk on every chunk | A client skips what says otherwise | data: {"object":"chat.completion"}
chat.id-const | MUST | prose | One id over the stream: "each chunk has the same ID" | An accumulator refuses the chunk whose id changed | data: {"id":"a"}\\ndata: {"id":"b"}
chat.created-const | MUST | prose | One created over the stream: "each chunk has the same timestamp" | The folded object has one creation time | data: {"created":1}\\ndata: {"created":2}
chat.model-const | SHOULD | observed | One model over the stream | Clients keep the last value | data: {"model":"a"}\\ndata: {"model":"b"}
chat.meta-const | SHOULD | observed | system_fingerprint and service_tier do not change | Clients keep the last value | data: {"service_tier":"default"}\\ndata: {"service_tier":"flex"}
chat.choices-present | MUST | schema | choices is an array in every chunk | Clients iterate over it unasked | data: {"id":"a","object":"chat.completion.chunk"}
chat.choice-shape | MUST | schema | An entry of choices has an integer index and an object delta | Clients read delta.content unasked | data: {"choices":[{"index":0,"message":{}}]}
chat.finish-absent-key | MUST | schema | finish_reason is there, null until the end | The schema requires the key | data: {"choices":[{"index":0,"delta":{}}]}
chat.choice-open-order | MUST | sdk | Choices appear first in the order 0, 1, 2 | A client assigns into a list and fails past its end | data: {"choices":[{"index":1,"delta":{"role":"assistant"}}]}
chat.n-count | MUST | prose | Exactly the indices 0 to n-1 | The request asked for n choices | n=2, and only data: {"choices":[{"index":0}]}
chat.choices-open-before-finish | MUST | sdk | Every choice has appeared before all known ones are finished | A client builds the result when all known choices are finished, and raises on the next chunk | choice 0 finishes, then choice 1 opens
chat.role-first | MUST | sdk | The first delta of a choice carries the role | Clients raise "missing role for choice 0" | data: {"choices":[{"index":0,"delta":{"content":"Hi"}}]}
chat.role-once | MUST | sdk | The role is never repeated | An accumulator concatenates: "assistantassistant" | data: {"delta":{"role":"assistant"}}, twice
chat.finish-missing | MUST | sdk | Exactly one finish_reason that is not null for each choice | Clients raise "missing finish_reason for choice 0" | data: [DONE] after the last piece
chat.finish-value | MUST | schema | finish_reason is one of stop, length, tool_calls, content_filter, function_call | Clients switch on it | "finish_reason":"eos"
chat.after-finish | MUST | sdk | Nothing more for a finished choice, no second finish | The client's done events have fired, or it raises | "finish_reason":"stop", then "delta":{"content":"!"}
chat.finish-empty-delta | SHOULD | observed | The finishing piece has an empty delta | Every recorded stream does so | {"delta":{"content":"!"},"finish_reason":"stop"}
chat.tool-index-order | MUST | sdk | Tool calls of a choice open with index 0, 1, 2 | Clients index a list by it | "tool_calls":[{"index":1,"id":"call_1"}]
chat.tool-open | MUST | sdk | The first delta of a tool call has id, type and function.name | Clients raise without them | "tool_calls":[{"index":0,"function":{"arguments":""}}]
chat.tool-identity-once | MUST | sdk | id and function.name of a tool call come once | Accumulators concatenate them | "tool_calls":[{"index":0,"id":"call_1"}], twice
chat.tool-interleave | SHOULD | sdk | All fragments of one tool call come before the next one opens | Clients fire "done" at a change of index, and parse half JSON | index 0, index 1, index 0
chat.tool-args-json | SHOULD | sdk | The joined arguments are JSON when the choice finishes with tool_calls | A strict tool makes the client raise | "arguments":"{\\"a\\":", then "finish_reason":"tool_calls"
chat.tool-finish-reason | SHOULD | prose | finish_reason is tool_calls after tool calls (stop where tool_choice named the function), and not without them | Agent loops go on only then | tool_calls, then "finish_reason":"stop"
chat.fc-open | MUST | sdk | The first delta of function_call has the name | Clients raise without it | "function_call":{"arguments":""}
chat.fc-name-once | MUST | sdk | The name of function_call comes once | An accumulator concatenates it | "function_call":{"name":"f"}, twice
chat.fc-tools-exclusive | SHOULD | prose | Not both function_call and tool_calls: one was replaced by the other | A finaliser returns one of them | "function_call":{}, then "tool_calls":[]
chat.refusal-content-exclusive | SHOULD | observed | Refusal text comes with content null | Clients show one of the two | "content":"Yes", then "refusal":"No"
chat.logprobs-concat | SHOULD | observed | With logprobs asked for, the bytes of all tokens of a choice are its text; else logprobs is null | Tools that align tokens with text lose their place | a delta "ab" with the token bytes of "a"
chat.usage-missing | MUST | prose | include_usage gives one usage chunk | Billing reads it | finish, then data: [DONE]
chat.usage-last | MUST | prose | The usage chunk is the last one before the sentinel | A usage of null in a later chunk overwrites it | data: {"choices":[],"usage":{}}, then another chunk
chat.usage-choices-empty | MUST | prose | choices of the usage chunk is [] | A client ignores the choices of a chunk that has usage | {"choices":[{"index":0}],"usage":{"total_tokens":1}}
chat.usage-once | MUST | prose | No running usage | A client adds the numbers up | usage on two chunks
chat.usage-null | SHOULD | prose | Other chunks carry usage null where include_usage was set | The description of stream_options says "will" | a chunk without usage, then the usage chunk
chat.usage-unrequested | MUST | prose | No usage without include_usage: "only present when you set" | Clients count twice | data: {"choices":[],"usage":{"total_tokens":1}}
chat.usage-sum | SHOULD | observed | total_tokens is prompt_tokens plus completion_tokens | Billing checks it | {"prompt_tokens":1,"completion_tokens":1,"total_tokens":3}
chat.empty-choices | SHOULD | prose | choices is [] on the usage chunk only | Clients read choices[0] unasked | data: {"choices":[],"usage":null}
chat.audio-id-once | MUST | sdk | audio.id and audio.expires_at come once | An accumulator concatenates ids | "audio":{"id":"a"}, twice
chat.obfuscation | MAY | prose | A chunk may carry obfuscation, which no comparison looks at | It hides the size of the text
`);
