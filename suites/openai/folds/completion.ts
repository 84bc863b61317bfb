import type { Json, JsonObject, StreamEvent } from 'assay/pack';
import { joined, objectAt, objectsAt, own, payloadsOf, textAt } from './payloads.ts';

interface Choice {
  readonly index: Json;
  text: string | undefined;
  finish: Json;
  readonly logprobs: Map<string, Json[]>;
}

/** Puts the pieces of a legacy completion together: texts and token lists append by choice. */
export function foldCompletion(events: readonly StreamEvent[]): Json | undefined {
  const pieces = payloadsOf(events).filter((piece) => own(piece, 'object') === 'text_completion');
  const [first] = pieces;
  if (!first) return undefined;
  const choices = new Map<Json, Choice>();
  let usage: Json = null;
  for (const piece of pieces) {
    usage = own(piece, 'usage') ?? usage;
    for (const part of objectsAt(piece, 'choices')) addPart(choices, part);
  }
  return {
    id: own(first, 'id') ?? null,
    object: 'text_completion',
    created: own(first, 'created') ?? null,
    model: own(first, 'model') ?? null,
    choices: [...choices.values()].map(({ index, text, finish, logprobs }) => ({
      index,
      text: text ?? null,
      finish_reason: finish,
      logprobs: logprobs.size === 0 ? null : Object.fromEntries(logprobs),
    })),
    usage,
  };
}

function addPart(choices: Map<Json, Choice>, part: JsonObject): void {
  const index = own(part, 'index') ?? 0;
  const choice: Choice = choices.get(index) ?? { index, text: undefined, finish: null, logprobs: new Map() };
  choices.set(index, choice);
  choice.text = joined(choice.text, textAt(part, 'text'));
  choice.finish = own(part, 'finish_reason') ?? choice.finish;
  for (const [name, tokens] of Object.entries(objectAt(part, 'logprobs'))) {
    if (Array.isArray(tokens)) choice.logprobs.set(name, [...(choice.logprobs.get(name) ?? []), ...(tokens as Json[])]);
  }
}
