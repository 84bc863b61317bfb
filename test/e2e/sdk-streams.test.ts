import { type OpenAI, toFile } from 'openai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReferenceServer } from '../../src/reference/index.ts';
import { soundOf } from '../../suites/openai/reference/inference/sound.ts';
import { clientOf, packContract, startReference } from '../helpers/reference.ts';

// The official client is the judge: it reads our streams to their end and what it puts together is what a plain read gives.
let server: ReferenceServer & { readonly complaints: readonly string[] };
let client: OpenAI;

beforeAll(async () => {
  server = await startReference(await packContract('2025-03'), { chunking: 'odd' });
  client = clientOf(server);
});

afterAll(async () => {
  await server.close();
  expect(server.complaints).toEqual([]);
});

const model = 'gpt-4o-mini';
const messages = [{ role: 'user' as const, content: 'Tell me about tides' }];
const place = { type: 'object', properties: { place: { type: 'string' } }, required: ['place'], additionalProperties: false };
const tools = ['get_tide', 'list_ports'].map((name) => ({
  type: 'function' as const,
  function: { name, parameters: place, strict: true },
}));

const added = new Set(['parsed', 'parsed_arguments', 'output_text', 'output_parsed']);

/** The object without what the client's helper adds of its own. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (name, member: unknown) => (added.has(name) ? undefined : member)));
}

describe('the chat stream helper', () => {
  test.each([
    ['text', {}],
    ['three choices with log probabilities', { n: 3, logprobs: true, top_logprobs: 2 }],
    ['two tool calls', { tools }],
    ['a forced tool', { tools, tool_choice: { type: 'function' as const, function: { name: 'list_ports' } } }],
    ['a function of the old form', { functions: [{ name: 'get_tide', parameters: place }] }],
    ['a JSON schema', { response_format: { type: 'json_schema' as const, json_schema: { name: 'tide', schema: place, strict: true } } }],
    ['a refusal', { messages: [{ role: 'user' as const, content: '[refuse] it' }], logprobs: true }],
  ])('puts together what is stored: %s', async (_name, more) => {
    const stream = client.chat.completions.stream({ model, messages, store: true, stream_options: { include_usage: true }, ...more });
    const whole = await stream.finalChatCompletion();
    const { metadata: _metadata, ...stored } = plain(await client.chat.completions.retrieve(whole.id)) as Record<string, unknown>;
    expect(plain(whole)).toEqual(stored);
  });

  test('parses what a schema promised and what a strict tool is called with', async () => {
    const format = { type: 'json_schema' as const, json_schema: { name: 'tide', schema: place, strict: true } };
    const answered = await client.chat.completions.stream({ model, messages, response_format: format }).finalContent();
    const called = await client.chat.completions.stream({ model, messages, tools }).finalFunctionToolCall();
    expect(JSON.parse(answered ?? '')).toEqual({ place: 'tides place' });
    expect(JSON.parse(called?.arguments ?? '')).toEqual({ place: 'tides place' });
  });

  test('tells of a failure in the middle', async () => {
    const failing = client.chat.completions.stream({ model, messages: [{ role: 'user', content: '[fail]' }] });
    await expect(failing.finalChatCompletion()).rejects.toThrow('The server had an error');
  });
});

describe('the responses stream helper', () => {
  test.each([
    ['text', {}],
    ['function calls', { tools: [{ type: 'function' as const, name: 'get_tide', parameters: place, strict: true }] }],
    ['web search', { tools: [{ type: 'web_search_preview' as const }] }],
    ['reasoning', { model: 'o3-mini', reasoning: { effort: 'low' as const } }],
    ['a refusal', { input: '[refuse] it' }],
    ['an end by its limit', { max_output_tokens: 16 }],
  ])('puts together what is kept: %s', async (_name, more) => {
    const stream = client.responses.stream({ model, input: 'Tell me about tides', ...more });
    const types: string[] = [];
    for await (const event of stream) types.push(event.type);
    const whole = await stream.finalResponse();
    expect(plain(whole)).toEqual(plain(await client.responses.retrieve(whole.id)));
    expect(types.slice(0, 2)).toEqual(['response.created', 'response.in_progress']);
    expect(types.at(-1)).toBe(`response.${whole.status}`);
  });
});

test('a streamed response cites the file that a search found', async () => {
  const file = await client.files.create({ file: await toFile(Buffer.from('High at noon.'), 'tides.txt'), purpose: 'assistants' });
  const store = await client.vectorStores.create({ file_ids: [file.id] });
  const search = { type: 'file_search' as const, vector_store_ids: [store.id] };
  const include = ['file_search_call.results' as const];
  const whole = await client.responses.stream({ model, input: 'Tell me about tides', tools: [search], include }).finalResponse();
  expect(plain(whole)).toEqual(plain(await client.responses.retrieve(whole.id, { include })));
  expect(whole.output).toMatchObject([
    { type: 'file_search_call', results: [{ file_id: file.id, filename: 'tides.txt' }] },
    { type: 'message', content: [{ annotations: [{ type: 'file_citation', file_id: file.id }] }] },
  ]);
});

describe('the assistants stream helper', () => {
  const assistantWith = (functions: readonly string[]): Promise<{ id: string }> =>
    client.beta.assistants.create({ model, tools: functions.map((name) => ({ type: 'function', function: { name, parameters: place } })) });

  test('puts the message and the run together', async () => {
    const assistant = await assistantWith([]);
    const stream = client.beta.threads.createAndRunStream({ assistant_id: assistant.id, thread: { messages } });
    const run = await stream.finalRun();
    const [message] = await stream.finalMessages();
    expect(run).toEqual(await client.beta.threads.runs.retrieve(run.id, { thread_id: run.thread_id }));
    expect(run.status).toBe('completed');
    expect(message).toEqual(await client.beta.threads.messages.retrieve(message?.id ?? '', { thread_id: run.thread_id }));
  });

  test('goes on after the outputs of tools', async () => {
    const assistant = await assistantWith(['get_tide', 'list_ports']);
    const thread = await client.beta.threads.create({ messages });
    const waiting = await client.beta.threads.runs.stream(thread.id, { assistant_id: assistant.id }).finalRun();
    const calls = waiting.required_action?.submit_tool_outputs.tool_calls ?? [];
    expect([waiting.status, calls.map((call) => call.function.name)]).toEqual(['requires_action', ['get_tide', 'list_ports']]);
    const outputs = calls.map((call) => ({ tool_call_id: call.id, output: 'high at noon' }));
    const resumed = client.beta.threads.runs.submitToolOutputsStream(waiting.id, { thread_id: thread.id, tool_outputs: outputs });
    const run = await resumed.finalRun();
    expect(run).toEqual(await client.beta.threads.runs.retrieve(run.id, { thread_id: thread.id }));
    expect([run.id, run.status]).toEqual([waiting.id, 'completed']);
  });
});

describe('streams without a helper', () => {
  test('of a completion join to its text', async () => {
    const asked = { model: 'gpt-3.5-turbo-instruct', prompt: 'Once upon a time', n: 2 };
    const whole = await client.completions.create(asked);
    const texts = ['', ''];
    for await (const chunk of await client.completions.create({ ...asked, stream: true })) {
      for (const choice of chunk.choices) texts[choice.index] += choice.text;
    }
    expect(texts).toEqual(whole.choices.map((choice) => choice.text));
  });

  test('of a transcription join to its text', async () => {
    const file = await toFile(soundOf('wav', 20), 'tone.wav');
    const whole = await client.audio.transcriptions.create({ file, model: 'gpt-4o-transcribe' });
    const deltas: string[] = [];
    const done: string[] = [];
    for await (const event of await client.audio.transcriptions.create({ file, model: 'gpt-4o-transcribe', stream: true })) {
      if (event.type === 'transcript.text.delta') deltas.push(event.delta);
      if (event.type === 'transcript.text.done') done.push(event.text);
    }
    expect([deltas.join(''), done]).toEqual([whole.text, [whole.text]]);
  });
});
