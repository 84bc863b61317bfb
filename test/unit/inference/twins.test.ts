import { describe, expect, test } from 'vitest';
import type { Json, JsonObject, ReferenceReply } from '../../../src/model/index.ts';
import { eventsOf, payloadsOf, worldOf } from './ask.ts';
import { foldChunks, withoutIds } from './fold.ts';
import { chats, responseRequests } from './requests.ts';

const world = await worldOf('2025-03');
const streamed = (operationId: string, body: JsonObject): ReferenceReply => world.ask(operationId, { body: { ...body, stream: true } });

/** A folded chat as the object that a plain request gets. */
function asCompletion(chunks: readonly JsonObject[]): Json {
  const folded = foldChunks(chunks);
  const choices = (folded['choices'] as JsonObject[]).map(({ delta, index, logprobs, finish_reason }) => {
    const { tool_calls, ...message } = delta as JsonObject;
    const calls = (tool_calls as JsonObject[] | undefined)?.map(({ index: _index, ...call }) => call);
    return { index, message: { content: null, refusal: null, ...message, ...(calls && { tool_calls: calls }) }, logprobs, finish_reason };
  });
  return withoutIds({ ...folded, object: 'chat.completion', choices } as JsonObject);
}

describe('a streamed chat', () => {
  test.each(Object.entries(chats))('folds to the plain answer: %s', (_name, body) => {
    const plain = world.ask('createChatCompletion', { body }).json as JsonObject;
    const chunks = payloadsOf(streamed('createChatCompletion', { ...body, stream_options: { include_usage: true } }));
    expect(asCompletion(chunks)).toEqual(withoutIds(plain));
  });

  test('opens every choice before it goes on with one, and ends with usage and the sentinel', () => {
    const reply = streamed('createChatCompletion', {
      ...chats['three choices with log probabilities'],
      stream_options: { include_usage: true },
    });
    const events = eventsOf(reply);
    const chunks = events
      .slice(0, -1)
      .map((event) => event.data as unknown as { choices: { index: number; delta: JsonObject }[]; usage: unknown });
    expect(chunks.slice(0, 3).map(({ choices }) => choices.map(({ index, delta }) => [index, delta['role']]))).toEqual([
      [[0, 'assistant']],
      [[1, 'assistant']],
      [[2, 'assistant']],
    ]);
    expect(chunks.findIndex(({ usage }) => usage !== null)).toBe(chunks.length - 1);
    expect(chunks.at(-1)?.choices).toEqual([]);
    expect(events.at(-1)).toEqual({ data: '[DONE]' });
  });

  test('carries no usage where none was asked for', () => {
    expect(payloadsOf(streamed('createChatCompletion', chats['plain'] ?? {})).filter((chunk) => 'usage' in chunk)).toEqual([]);
  });

  test('breaks off with an error object when the model fails', () => {
    const events = eventsOf(streamed('createChatCompletion', { ...chats['plain'], messages: [{ role: 'user', content: '[fail]' }] }));
    expect(events.at(-1)?.data).toMatchObject({ error: { type: 'server_error' } });
    expect(events.length).toBe(3);
  });
});

describe('a streamed completion', () => {
  test.each([
    {},
    { prompt: ['One', 'Two'], n: 2, logprobs: 3, echo: true },
    { max_tokens: 0, logprobs: 0 },
    { stop: ['is'] },
    { prompt: '[filter] a river' },
  ])('folds to the plain answer: %o', (more) => {
    const body = { model: 'gpt-3.5-turbo-instruct', prompt: 'Once upon a time', ...more };
    const plain = world.ask('createCompletion', { body }).json as JsonObject;
    const chunks = payloadsOf(streamed('createCompletion', { ...body, stream_options: { include_usage: true } }));
    const folded = foldChunks(chunks);
    const choices = (folded['choices'] as JsonObject[]).toSorted((one, other) => Number(one['index']) - Number(other['index']));
    expect(withoutIds({ ...folded, choices })).toEqual(withoutIds(plain));
  });
});

describe('a streamed response', () => {
  test.each(Object.entries(responseRequests))('ends with the plain answer: %s', (_name, body) => {
    const plain = world.ask('createResponse', { body }).json as JsonObject;
    const last = payloadsOf(streamed('createResponse', body)).at(-1) as JsonObject;
    expect(last['type']).toBe(`response.${String(plain['status'])}`);
    expect(withoutIds(last['response'] as JsonObject)).toEqual(withoutIds(plain));
  });

  test('is what a later read gives', () => {
    const last = payloadsOf(streamed('createResponse', { model: 'gpt-4o', input: 'Tides?' })).at(-1)?.['response'] as JsonObject;
    expect(world.ask('getResponse', { path: { response_id: String(last['id']) } }).json).toEqual(last);
  });

  test('names every event by its type and opens an item before its parts', () => {
    const events = eventsOf(streamed('createResponse', responseRequests['web search'] ?? {}));
    expect(events.filter((event) => event.event !== (event.data as JsonObject)['type'])).toEqual([]);
    const deltas = (name: string | undefined): boolean => name?.endsWith('.delta') === true;
    expect([...new Set(events.map((event) => event.event).filter((name) => !deltas(name)))]).toEqual([
      'response.created',
      'response.in_progress',
      'response.output_item.added',
      'response.web_search_call.in_progress',
      'response.web_search_call.searching',
      'response.web_search_call.completed',
      'response.output_item.done',
      'response.content_part.added',
      'response.output_text.annotation.added',
      'response.output_text.done',
      'response.content_part.done',
      'response.completed',
    ]);
  });
});

test('a streamed transcription joins to the plain text', () => {
  const body = { model: 'gpt-4o-transcribe', 'include[]': ['logprobs'] };
  const plain = world.ask('createTranscription', { body }).json as JsonObject;
  const reply = streamed('createTranscription', body);
  const payloads = payloadsOf(reply);
  const { type, ...done } = payloads.at(-1) as JsonObject;
  expect([type, reply.lineEnd, done]).toEqual(['transcript.text.done', '\r\n', plain]);
  expect(
    payloads
      .slice(0, -1)
      .map((event) => event['delta'])
      .join(''),
  ).toBe(plain['text']);
  expect(payloads.slice(0, -1).flatMap((event) => event['logprobs'] as Json[])).toEqual(plain['logprobs']);
});
