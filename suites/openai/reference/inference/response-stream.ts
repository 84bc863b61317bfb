import type { JsonObject, ReferenceEvent } from 'assay/pack';
import { objectsOf, stringOf } from './json.ts';
import { groupsOf, tokensOf } from './tokens.ts';

/** What a stream of responses looks like in an edition of the API. */
export interface ResponseEdition {
  /** Events are numbered, and text events carry log probabilities. */
  readonly numbered: boolean;
}

type Event = JsonObject & { readonly type: string };

/** The events of a streamed response, written from the finished object: its twin by construction. */
export function* responseEvents(response: JsonObject, edition: ResponseEdition): Iterable<ReferenceEvent> {
  let number = 0;
  for (const event of unnumbered(response, edition)) {
    yield { event: event.type, data: edition.numbered ? { ...event, sequence_number: number } : event, delayMs: 20 };
    number += 1;
  }
}

function* unnumbered(response: JsonObject, edition: ResponseEdition): Iterable<Event> {
  const { usage: _usage, ...begun } = response;
  const started = { ...begun, status: 'in_progress', error: null, incomplete_details: null, output: [] };
  yield { type: 'response.created', response: started };
  yield { type: 'response.in_progress', response: started };
  if (response['status'] === 'failed') {
    const error = response['error'] as JsonObject;
    yield { type: 'error', code: error['code'] ?? null, message: error['message'] ?? '', param: null };
  }
  for (const [index, item] of objectsOf(response['output']).entries()) yield* itemEvents(item, index, edition);
  yield { type: `response.${stringOf(response['status']) ?? 'completed'}`, response };
}

function* itemEvents(item: JsonObject, output_index: number, edition: ResponseEdition): Iterable<Event> {
  yield { type: 'response.output_item.added', output_index, item: { ...item, ...openings[kindOf(item)]?.(item) } };
  const at = { item_id: item['id'] ?? '', output_index };
  for (const event of bodies[kindOf(item)]?.(item, edition) ?? []) yield { ...event, ...at };
  yield { type: 'response.output_item.done', output_index, item };
}

function kindOf(item: JsonObject): string {
  return stringOf(item['type']) ?? '';
}

/** What an item is when it opens: everything that the events bring is still empty. */
const openings: Readonly<Record<string, (item: JsonObject) => JsonObject>> = {
  message: () => ({ status: 'in_progress', content: [] }),
  function_call: () => ({ status: 'in_progress', arguments: '' }),
  file_search_call: () => ({ status: 'in_progress', queries: [], results: null }),
  web_search_call: () => ({ status: 'in_progress' }),
  computer_call: () => ({ status: 'in_progress' }),
  reasoning: () => ({ summary: [] }),
};

const bodies: Readonly<Record<string, (item: JsonObject, edition: ResponseEdition) => Iterable<Event>>> = {
  message: function* message(item, edition) {
    for (const [content_index, part] of objectsOf(item['content']).entries()) {
      for (const event of partEvents(part, edition)) yield { ...event, content_index };
    }
  },
  function_call: function* functionCall(item, edition) {
    const whole = stringOf(item['arguments']) ?? '';
    for (const delta of piecesOf(whole)) yield { type: 'response.function_call_arguments.delta', delta };
    const name = edition.numbered ? { name: item['name'] ?? '' } : {};
    yield { type: 'response.function_call_arguments.done', ...name, arguments: whole };
  },
  file_search_call: () => progress('file_search_call'),
  web_search_call: () => progress('web_search_call'),
  reasoning: function* reasoning(item) {
    for (const [summary_index, part] of objectsOf(item['summary']).entries()) {
      const text = stringOf(part['text']) ?? '';
      yield { type: 'response.reasoning_summary_part.added', summary_index, part: { ...part, text: '' } };
      for (const delta of piecesOf(text)) yield { type: 'response.reasoning_summary_text.delta', summary_index, delta };
      yield { type: 'response.reasoning_summary_text.done', summary_index, text };
      yield { type: 'response.reasoning_summary_part.done', summary_index, part };
    }
  },
};

function* partEvents(part: JsonObject, edition: ResponseEdition): Iterable<Event> {
  if (part['type'] === 'refusal') {
    const refusal = stringOf(part['refusal']) ?? '';
    yield { type: 'response.content_part.added', part: { ...part, refusal: '' } };
    for (const delta of piecesOf(refusal)) yield { type: 'response.refusal.delta', delta };
    yield { type: 'response.refusal.done', refusal };
  } else {
    const text = stringOf(part['text']) ?? '';
    const logprobs = edition.numbered ? { logprobs: [] } : {};
    yield { type: 'response.content_part.added', part: { ...part, text: '', annotations: [] } };
    for (const delta of piecesOf(text)) yield { type: 'response.output_text.delta', delta, ...logprobs };
    for (const [annotation_index, annotation] of objectsOf(part['annotations']).entries()) {
      yield { type: 'response.output_text.annotation.added', annotation_index, annotation };
    }
    yield { type: 'response.output_text.done', text, ...logprobs };
  }
  yield { type: 'response.content_part.done', part };
}

function progress(call: string): Event[] {
  return ['in_progress', 'searching', 'completed'].map((step) => ({ type: `response.${call}.${step}` }));
}

function piecesOf(text: string): string[] {
  return groupsOf(tokensOf(text)).map((group) => group.join(''));
}
