import type { JsonObject, ReferenceEvent } from 'assay/pack';
import { numberOf, objectsOf, stringOf } from './json.ts';
import { pictureOf } from './response-later.ts';
import { groupsOf, tokensOf } from './tokens.ts';

/** What a stream of responses looks like in an edition of the API. */
export interface ResponseEdition {
  /** Events are numbered, and text events carry log probabilities. */
  readonly numbered: boolean;
}

type Event = JsonObject & { readonly type: string };

/** The events of a streamed response, behind the one that was seen last; written from the finished object, its twin by construction. */
export function* responseEvents(response: JsonObject, edition: ResponseEdition, after = -1): Iterable<ReferenceEvent> {
  let number = 0;
  for (const event of unnumbered(response, edition)) {
    if (number > after) yield { event: event.type, data: edition.numbered ? { ...event, sequence_number: number } : event, delayMs: 20 };
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
  for (const [index, item] of objectsOf(response['output']).entries()) yield* itemEvents(item, index, { edition, response });
  yield { type: `response.${stringOf(response['status']) ?? 'completed'}`, response };
}

/** What the body of an item may depend on besides the item. */
interface Around {
  readonly edition: ResponseEdition;
  readonly response: JsonObject;
}

function* itemEvents(item: JsonObject, output_index: number, around: Around): Iterable<Event> {
  yield { type: 'response.output_item.added', output_index, item: { ...item, ...openings[kindOf(item)]?.(item) } };
  const at = { item_id: item['id'] ?? '', output_index };
  for (const event of bodies[kindOf(item)]?.(item, around) ?? []) yield { ...event, ...at };
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
  code_interpreter_call: (item) => ({
    status: 'in_progress',
    code: '',
    outputs: null,
    ...(item['results'] !== undefined && { results: [] }),
  }),
  image_generation_call: () => ({ status: 'in_progress', result: null }),
  mcp_list_tools: () => ({ tools: [] }),
  mcp_call: () => ({ status: 'in_progress', arguments: '', output: null }),
  custom_tool_call: () => ({ status: 'in_progress', input: '' }),
};

const bodies: Readonly<Record<string, (item: JsonObject, around: Around) => Iterable<Event>>> = {
  message: function* message(item, { edition }) {
    for (const [content_index, part] of objectsOf(item['content']).entries()) {
      for (const event of partEvents(part, edition)) yield { ...event, content_index };
    }
  },
  function_call: function* functionCall(item, { edition }) {
    const name = edition.numbered ? { name: item['name'] ?? '' } : {};
    for (const event of field('response.function_call_arguments', 'arguments', item)) {
      yield event.type.endsWith('.done') ? { ...event, ...name } : event;
    }
  },
  file_search_call: () => progress('file_search_call', 'in_progress', 'searching', 'completed'),
  web_search_call: () => progress('web_search_call', 'in_progress', 'searching', 'completed'),
  mcp_list_tools: () => progress('mcp_list_tools', 'in_progress', 'completed'),
  mcp_call: function* mcpCall(item) {
    yield* progress('mcp_call', 'in_progress');
    yield* field('response.mcp_call_arguments', 'arguments', item);
    yield* progress('mcp_call', 'completed');
  },
  custom_tool_call: (item) => field('response.custom_tool_call_input', 'input', item),
  image_generation_call: function* imageGeneration(_item, { response }) {
    yield* progress('image_generation_call', 'in_progress', 'generating');
    const tool = objectsOf(response['tools']).find((one) => one['type'] === 'image_generation');
    for (let index = 0; index < (numberOf(tool?.['partial_images']) ?? 0); index += 1) {
      const partial_image_b64 = pictureOf(index);
      yield { type: 'response.image_generation_call.partial_image', partial_image_index: index, partial_image_b64 };
    }
    yield* progress('image_generation_call', 'completed');
  },
  code_interpreter_call: function* codeInterpreter(item, { edition, response }) {
    const step = (name: string, shown: JsonObject): Event => {
      // The first edition shows the whole call with each step.
      const whole = edition.numbered ? {} : { response_id: response['id'] ?? '', code_interpreter_call: shown };
      return { type: `response.code_interpreter_call.${name}`, ...whole };
    };
    const opening = { ...item, ...openings['code_interpreter_call']?.(item) };
    const running = { ...opening, code: item['code'] ?? '', status: 'interpreting' };
    yield step('in_progress', opening);
    const name = edition.numbered ? 'response.code_interpreter_call_code' : 'response.code_interpreter_call.code';
    const owner = edition.numbered ? {} : { response_id: response['id'] ?? '' };
    for (const event of field(name, 'code', item)) yield { ...event, ...owner };
    yield step('interpreting', running);
    yield step('completed', item);
  },
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

function progress(call: string, ...steps: readonly string[]): Event[] {
  return steps.map((step) => ({ type: `response.${call}.${step}` }));
}

/** The pieces of a text member of an item, then the whole of it. */
function* field(event: string, member: string, item: JsonObject): Iterable<Event> {
  const whole = stringOf(item[member]) ?? '';
  for (const delta of piecesOf(whole)) yield { type: `${event}.delta`, delta };
  yield { type: `${event}.done`, [member]: whole };
}

function piecesOf(text: string): string[] {
  return groupsOf(tokensOf(text)).map((group) => group.join(''));
}
