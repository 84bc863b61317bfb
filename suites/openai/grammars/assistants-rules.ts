import { rulesOf } from 'assay/pack';

/** What the streams of assistant runs owe their clients. */
export const assistantsRules = rulesOf(`
asst.event-object | MUST | schema | data.object fits the name of the event | Clients cast by the event name | event: thread.run.created\\ndata: {"object":"thread"}
asst.event-status | MUST | prose | data.status is what the event says | Clients keep it as the final status | event: thread.run.completed\\ndata: {"status":"in_progress"}
asst.unknown-event | SHOULD | prose | Only the events that the document lists | Clients skip others | event: thread.run.thinking
asst.thread-created | MUST | prose | thread.created comes first, once, and only where the request makes a thread | "Emit whenever a new object is created" | event: thread.run.created, first on POST /threads/runs
asst.run-created | MUST | prose | thread.run.created comes once, before other events of run, steps and messages; not in a submit stream | "Emit whenever a new object is created" | event: thread.run.queued, first
asst.one-run | MUST | sdk | One run id over the stream | Clients keep the wrong final run | thread.run.completed with another id
asst.ids | MUST | schema | run_id, thread_id and created_at agree | Clients fetch by them | a step with another run_id
asst.run-transition | MUST | prose | The run moves as its life cycle says | Clients show the status | thread.run.in_progress, then thread.run.queued
asst.run-in-progress | SHOULD | observed | The run is in progress before its first step | Every recorded stream does so | thread.run.queued, then thread.run.step.created
asst.terminal-missing | MUST | sdk | One of requires_action, completed, incomplete, failed, cancelled and expired ends the stream | Clients raise "Final run has not been received" | event: done, after a step
asst.after-terminal | MUST | prose | Only done follows: "terminating when the Run enters a terminal state" | Clients have stopped | thread.run.completed, then thread.message.delta
asst.step-open | MUST | sdk | A step is created before its other events | Clients raise | event: thread.run.step.in_progress, first of its step
asst.step-created-once | MUST | sdk | A step is created once | The snapshot starts anew | thread.run.step.created, twice
asst.step-delta-open | MUST | sdk | A delta comes for a step that was created | Clients raise "no active run step" | event: thread.run.step.delta, first of its step
asst.step-serial | MUST | sdk | One open step at a time | Clients keep one current step | thread.run.step.created, twice, with two ids
asst.step-in-progress | SHOULD | observed | thread.run.step.in_progress comes between created and the end | Every recorded stream has it | thread.run.step.created, then thread.run.step.completed
asst.step-after-terminal | MUST | sdk | Nothing for a step that ended | Clients raise, or append to the finished step | thread.run.step.completed, then thread.run.step.delta
asst.step-unclosed | SHOULD | observed | Every step ends before the run does, except at requires_action | Clients wait for it | thread.run.step.created, then thread.run.completed
asst.step-delta-index | MUST | schema | Entries of a step delta have an index; a new one is the number of entries so far | Clients merge by it | "tool_calls":[{"index":1}], first
asst.step-delta-identity | MUST | sdk | The id and function.name of a call come once, and a delta has no id of its own | Clients concatenate them | "tool_calls":[{"index":0,"id":"call_1"}], twice
asst.step-equals | MUST | sdk | step_details of the ended step are the folded deltas | Different clients read different ones | input "6", "*7", completed "6*8"
asst.msg-open | MUST | sdk | A message is created before its other events | Clients raise "no existing snapshot" | event: thread.message.delta, first of its message
asst.msg-after-terminal | MUST | sdk | Nothing for a message that ended | Clients append to the finished message | thread.message.completed, then thread.message.delta
asst.msg-single | MUST | sdk | One open message at a time, and no id twice | Clients keep one current message | thread.message.created, twice
asst.msg-in-progress | MUST | prose | thread.message.in_progress comes after created | The document lists it | thread.message.created, then thread.message.delta
asst.msg-step-link | MUST | prose | A message is the one its open step names, and ends before the step does | Clients link them | a message whose id no open step names
asst.msg-created-empty | SHOULD | sdk | A message is created with no content | Accumulators append to it | thread.message.created with content
asst.msg-delta-index | MUST | sdk | Entries of a message delta have an index; a new one is the number of entries so far | A client raises "list index out of range" | "content":[{"index":1}], first
asst.msg-type-const | MUST | sdk | The type of a content part does not change | Clients append to the wrong member | "type":"text", then "type":"image_file"
asst.msg-equals | MUST | sdk | The content of the ended message is the folded deltas | Different clients read different ones | deltas "a", "b", completed "ac"
asst.msg-unclosed | MUST | prose | No message is open when the run ends: "finally a thread.message.completed" | Clients wait for it | thread.message.delta, then thread.run.completed
asst.requires-action | MUST | schema | required_action lists the streamed calls at requires_action, and is null elsewhere | Clients run the calls from either | arguments "{}" streamed, "{1}" listed
asst.usage-early | MUST | prose | usage of a run or step is null before its end | Billing reads it | thread.run.in_progress with usage
asst.usage-final | SHOULD | prose | usage of a completed run is set | Billing reads it | thread.run.completed with usage null
asst.error | SHOULD | sdk | An error event holds an object in error | A client raises only then | event: error\\ndata: {"message":"Lost."}
`);
