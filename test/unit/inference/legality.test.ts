import { describe, expect, test } from 'vitest';
import type { JsonObject, ReferenceReply, StreamViolation } from '../../../src/model/index.ts';
import { eventText } from '../../../src/reference/write-reply.ts';
import { contextOf, judgeStream } from '../../../src/stream/index.ts';
import { createSseDecoder } from '../../../src/wire/index.ts';
import { grammars } from '../../../suites/openai/grammars/index.ts';
import { soundOf } from '../../../suites/openai/reference/inference/sound.ts';
import { eventsOf, payloadsOf, worldOf } from './ask.ts';
import { chats, laterRequests, responseRequests } from './requests.ts';

const worlds = { '2025-03': await worldOf('2025-03'), '2026': await worldOf('2025-03', { numbered: true }) };
const wav = new Map([['file', [{ filename: 'a.wav', contentType: 'audio/wav', bytes: soundOf('wav', 10) }]]]);

const completions: Readonly<Record<string, JsonObject>> = {
  plain: {},
  'several prompts and choices': { prompt: ['One', 'Two'], n: 2, logprobs: 2 },
  'with the prompt': { echo: true, logprobs: 0 },
  'no token at all': { max_tokens: 0 },
  filtered: { prompt: '[filter] a river' },
  failing: { prompt: '[fail]' },
};
const transcriptions: Readonly<Record<string, JsonObject>> = { plain: {}, 'with log probabilities': { 'include[]': ['logprobs'] } };

const streams: readonly (readonly [operationId: string, bodies: Readonly<Record<string, JsonObject>>, common: JsonObject])[] = [
  ['createChatCompletion', chats, {}],
  ['createChatCompletion', chats, { stream_options: { include_usage: true } }],
  ['createChatCompletion', { failing: { messages: [{ role: 'user', content: '[fail]' }], model: 'gpt-4o' } }, {}],
  ['createCompletion', completions, { model: 'gpt-3.5-turbo-instruct', prompt: 'Once', stream_options: { include_usage: true } }],
  ['createCompletion', completions, { model: 'gpt-3.5-turbo-instruct', prompt: 'Once' }],
  ['createResponse', responseRequests, {}],
  ['createResponse', laterRequests, {}],
  ['createTranscription', transcriptions, { model: 'gpt-4o-transcribe' }],
  ['createSpeech', { plain: { input: 'The tide is high', stream_format: 'sse' } }, { model: 'gpt-4o-mini-tts' }],
  ['createImage', { plain: {}, 'with partial pictures': { partial_images: 2, size: '256x256' } }, { prompt: 'A boat' }],
  ['createImageEdit', { 'with partial pictures': { partial_images: 1, size: '256x256' } }, { prompt: 'A boat' }],
];
const rows = streams.flatMap(([operationId, bodies, common]) =>
  Object.entries(bodies).flatMap(([name, body]) => {
    const editions = operationId === 'createResponse' ? (['2025-03', '2026'] as const) : (['2025-03'] as const);
    return editions.map((edition) => [operationId, name, edition, { ...common, ...body, stream: true }] as const);
  }),
);

/** What the grammar of the operation finds in the stream as it would be on the wire. */
function violationsOf(operationId: string, body: JsonObject, reply: ReferenceReply): StreamViolation[] {
  const grammar = grammars.find((one) => one.operations.includes(operationId));
  if (!grammar) throw new Error(`No grammar judges ${operationId}.`);
  const judge = judgeStream(grammar, { request: contextOf(grammar, operationId, body) });
  const decoder = createSseDecoder();
  const text = eventsOf(reply)
    .map((event) => eventText(event, reply.lineEnd))
    .join('');
  const events = [...decoder.push(new TextEncoder().encode(text), 0), ...decoder.end()];
  return [...events.flatMap((event) => judge.push(event)), ...judge.end('closed')];
}

describe('a stream of the reference server is legal', () => {
  test.each(rows)('%s: %s, edition %s', (operationId, _name, edition, body) => {
    const reply = worlds[edition].ask(operationId, { body, files: wav });
    expect(violationsOf(operationId, body, reply)).toEqual([]);
  });
});

describe('tools that came later', () => {
  test.each(Object.entries(laterRequests))('bring an item each, streamed as it is kept: %s', (_name, body) => {
    const last = payloadsOf(worlds['2026'].ask('createResponse', { body: { ...body, stream: true } })).at(-1)?.['response'] as JsonObject;
    expect(worlds['2026'].ask('getResponse', { path: { response_id: String(last['id']) } }).json).toEqual(last);
    expect((last['output'] as JsonObject[])[0]?.['type']).toMatch(
      /^(code_interpreter_call|image_generation_call|mcp_list_tools|custom_tool_call|web_search_call)$/u,
    );
  });

  test('a later edition goes on behind an event that was seen', () => {
    const whole = payloadsOf(worlds['2026'].ask('createResponse', { body: { model: 'gpt-4o', input: 'Tides?', stream: true } }));
    const [first = {}] = whole;
    const path = { response_id: String((first['response'] as JsonObject)['id']) };
    const rest = worlds['2026'].ask('getResponse', { path, query: { stream: true, starting_after: 4 } });
    expect(payloadsOf(rest)).toEqual(whole.slice(5));
  });
});
