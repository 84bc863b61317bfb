import { describe, expect, test } from 'vitest';
import { createGenerator } from '../../../src/generators/index.ts';
import type { Json, JsonObject } from '../../../src/model/index.ts';
import { withValueAt } from '../../../src/schema/index.ts';
import { openai } from '../../../suites/openai/pack.ts';
import { type Asking, jsonOf, payloadsOf, worldOf } from './ask.ts';
import { foldChunks, withoutIds } from './fold.ts';

const world = await worldOf('2025-03');
const idOf = (operationId: string, asking: Asking): string => jsonOf<{ id: string }>(world.ask(operationId, asking)).id;
const upload = (filename: string): string => {
  const file = { filename, contentType: 'text/plain', bytes: new TextEncoder().encode('high at noon') };
  return idOf('createFile', { body: { purpose: 'assistants' }, files: new Map([['file', [file]]]) });
};
const response = jsonOf<{ id: string; output: { id: string }[] }>(
  world.ask('createResponse', { body: { model: 'gpt-4o', input: 'Hello' } }),
);

/** What the slots of the pack get here; a run finds them with the target. */
const slots: Readonly<Record<string, Json>> = {
  model: 'gpt-4o-mini',
  completion_model: 'gpt-3.5-turbo-instruct',
  'file.id': upload('a.txt'),
  'image_file.id': upload('a.png'),
  'vector_store.id': idOf('createVectorStore', { body: {} }),
  'response.id': response.id,
  'response_item.id': response.output[0]?.id ?? '',
};

/** Bodies of every valid case that the generators plan for an operation. */
function bodiesOf(operationId: string): JsonObject[] {
  const generator = createGenerator({ ...world, ...openai, seed: 1 });
  const operation = world.contract.operations.find(({ id }) => id === operationId);
  if (!operation) throw new Error(`No operation ${operationId}.`);
  const cases = [...generator.cases(operation, 'valid'), ...generator.cases(operation, 'coverage')];
  return cases.flatMap(({ mode, request, slots: wanted }) => {
    if (mode !== 'valid' || !request.body || !('json' in request.body)) return [];
    const body = wanted.reduce<Json>((filled, { at, from }) => {
      const place = at.replace(/^\/body\/json/u, '');
      return place === at ? filled : withValueAt(filled, place, slots[from] ?? null);
    }, request.body.json);
    return [body as JsonObject];
  });
}

describe.each([
  ['createChatCompletion', { stream_options: { include_usage: true } }],
  ['createCompletion', { stream_options: { include_usage: true } }],
  ['createResponse', {}],
])('every generated request of %s', (operationId, streaming) => {
  const bodies = bodiesOf(operationId);

  test('is answered as the contract says, streamed too, with the same answer', () => {
    expect(bodies.length).toBeGreaterThan(20);
    const wrong = bodies.flatMap((body): object[] => {
      const { stream: _stream, ...plainBody } = body;
      const plain = world.ask(operationId, { body: plainBody });
      const streamed = world.ask(operationId, { body: { ...plainBody, best_of: null, ...streaming, stream: true } });
      if (plain.status !== 200 || !streamed.events) return [{ body, refused: [plain.json, streamed.json] }];
      const events = payloadsOf(streamed);
      const again = { ...streamed, events: events.map((data) => ({ data })) };
      const faults = [...world.faults(operationId, plain), ...world.faults(operationId, again)];
      const same = JSON.stringify(textsOf(events)) === JSON.stringify(textsOf([plain.json as JsonObject]));
      return faults.length === 0 && same ? [] : [{ body, refused: [], faults, same }];
    });
    expect(wrong).toEqual([]);
  });
});

/** All that an answer says, ids apart: of chunks folded, of a finished response, or of a plain answer. */
function textsOf(payloads: readonly JsonObject[]): Json {
  const last = payloads.at(-1) ?? {};
  if (typeof last['type'] === 'string') return withoutIds((last['response'] as JsonObject)['output'] ?? null);
  if (last['output'] !== undefined) return withoutIds(last['output']);
  const folded = foldChunks(payloads);
  const choices = (folded['choices'] as JsonObject[]).toSorted((one, other) => Number(one['index']) - Number(other['index']));
  return choices.map((choice) => {
    const said = (choice['delta'] ?? choice['message'] ?? choice) as JsonObject;
    const calls = (said['tool_calls'] as { function: JsonObject }[] | undefined)?.map((call) => call.function['arguments'] ?? '');
    return [said['content'] ?? said['text'] ?? null, said['refusal'] ?? null, calls ?? null, choice['finish_reason'] ?? null];
  });
}
