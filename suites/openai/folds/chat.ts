import type { Json, JsonObject, StreamEvent } from 'assay/pack';
import { joined, objectAt, objectsAt, own, payloadsOf, textAt } from './payloads.ts';

interface Call {
  readonly opening: JsonObject;
  name: string | undefined;
  args: string | undefined;
}

interface Choice {
  readonly index: Json;
  role: string | undefined;
  content: string | undefined;
  refusal: string | undefined;
  finish: Json;
  readonly calls: Map<Json | undefined, Call>;
  readonly logprobs: Map<string, Json[]>;
}

/** Puts the chunks of a chat together as the official clients do: strings append, calls by index, the last finish and usage stand. */
export function foldChat(events: readonly StreamEvent[]): Json | undefined {
  const chunks = payloadsOf(events).filter((chunk) => own(chunk, 'object') === 'chat.completion.chunk');
  const [first] = chunks;
  if (!first) return undefined;
  const choices = new Map<Json | undefined, Choice>();
  let usage: Json = null;
  for (const chunk of chunks) {
    usage = own(chunk, 'usage') ?? usage;
    for (const piece of objectsAt(chunk, 'choices')) addPiece(choices, piece);
  }
  return {
    id: own(first, 'id') ?? null,
    object: 'chat.completion',
    created: own(first, 'created') ?? null,
    model: own(first, 'model') ?? null,
    choices: [...choices.values()].map(choiceOf),
    usage,
  };
}

function addPiece(choices: Map<Json | undefined, Choice>, piece: JsonObject): void {
  const index = own(piece, 'index') ?? 0;
  const choice: Choice = choices.get(index) ?? {
    index,
    role: undefined,
    content: undefined,
    refusal: undefined,
    finish: null,
    calls: new Map(),
    logprobs: new Map(),
  };
  choices.set(index, choice);
  const delta = objectAt(piece, 'delta');
  choice.role = joined(choice.role, textAt(delta, 'role'));
  choice.content = joined(choice.content, textAt(delta, 'content'));
  choice.refusal = joined(choice.refusal, textAt(delta, 'refusal'));
  choice.finish = own(piece, 'finish_reason') ?? choice.finish;
  for (const call of objectsAt(delta, 'tool_calls')) addCall(choice, call);
  for (const [name, tokens] of Object.entries(objectAt(piece, 'logprobs'))) {
    if (Array.isArray(tokens)) choice.logprobs.set(name, [...(choice.logprobs.get(name) ?? []), ...(tokens as Json[])]);
  }
}

function addCall(choice: Choice, call: JsonObject): void {
  const known = choice.calls.get(own(call, 'index')) ?? { opening: call, name: undefined, args: undefined };
  choice.calls.set(own(call, 'index'), known);
  const made = objectAt(call, 'function');
  known.name = joined(known.name, textAt(made, 'name'));
  known.args = joined(known.args, textAt(made, 'arguments'));
}

function choiceOf(choice: Choice): JsonObject {
  const calls = [...choice.calls.values()].map(({ opening, name, args }) => ({
    id: own(opening, 'id') ?? null,
    type: own(opening, 'type') ?? null,
    function: { name: name ?? null, arguments: args ?? '' },
  }));
  // A turn that only calls tools has no text: clients read an empty text and none alike.
  const content = calls.length > 0 && choice.content === '' ? null : (choice.content ?? null);
  return {
    index: choice.index,
    message: {
      role: choice.role ?? null,
      content,
      refusal: choice.refusal === '' ? null : (choice.refusal ?? null),
      ...(calls.length > 0 && { tool_calls: calls }),
    },
    finish_reason: choice.finish,
    logprobs: choice.logprobs.size === 0 ? null : Object.fromEntries(choice.logprobs),
  };
}
