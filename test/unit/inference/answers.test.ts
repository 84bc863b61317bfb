import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/model/index.ts';
import { countTokens, tokensOf } from '../../../suites/openai/reference/inference/tokens.ts';
import { instanceOf } from '../../../suites/openai/reference/inference/instances.ts';
import { pngOf } from '../../../suites/openai/reference/inference/png.ts';
import { soundOf } from '../../../suites/openai/reference/inference/sound.ts';
import { jsonOf, worldOf } from './ask.ts';
import { chats, twoTools } from './requests.ts';

interface Completion {
  id: string;
  choices: {
    index: number;
    finish_reason: string;
    message: { content: string | null; refusal: string | null; tool_calls?: { function: { name: string; arguments: string } }[] };
    logprobs: { content: { token: string; bytes: number[]; top_logprobs: unknown[] }[] } | null;
  }[];
  usage: { prompt_tokens: number; completion_tokens: number; total_tokens: number };
}

const world = await worldOf('2025-03');
const completionOf = (more: JsonObject): Completion => jsonOf(world.ask('createChatCompletion', { body: { ...chats['plain'], ...more } }));
const statusOf = (operationId: string, body: JsonObject): number => world.ask(operationId, { body }).status;

describe('tokens', () => {
  test.each(['', 'a', '  two  blanks ', 'naïve 日本語 🙂🙃 1234567', 'x'.repeat(50), '\n\n{"a": [1, 2]}'])(
    'join to the text %j',
    (text) => {
      expect(tokensOf(text).join('')).toBe(text);
    },
  );
});

describe('a chat', () => {
  test('says the same twice and other things in other choices', () => {
    const [first, second] = completionOf({ n: 2 }).choices;
    expect(completionOf({}).choices[0]?.message).toEqual(first?.message);
    expect(second?.message.content).not.toBe(first?.message.content);
  });

  test.each([1, 4, 9])('ends for length at %i tokens, which usage counts', (most) => {
    const { choices, usage } = completionOf({ max_tokens: most, n: 2 });
    expect(choices.map((choice) => [choice.finish_reason, countTokens(choice.message.content ?? '')])).toEqual([
      ['length', most],
      ['length', most],
    ]);
    expect(usage.completion_tokens).toBe(2 * most);
    expect(usage.total_tokens).toBe(usage.prompt_tokens + 2 * most);
  });

  test('leaves a stop sequence and all behind it out', () => {
    const whole = completionOf({}).choices[0]?.message.content ?? '';
    const stopped = completionOf({ stop: ['Norway.'] }).choices[0];
    expect([stopped?.finish_reason, stopped?.message.content]).toEqual(['stop', whole.slice(0, whole.indexOf('Norway.'))]);
  });

  test('spells its text with the bytes of the log probabilities', () => {
    const [choice] = completionOf({ logprobs: true, top_logprobs: 3, messages: [{ role: 'user', content: 'Say "naïve 🙂"' }] }).choices;
    const entries = choice?.logprobs?.content ?? [];
    expect(new TextDecoder().decode(Uint8Array.from(entries.flatMap((entry) => entry.bytes)))).toBe('naïve 🙂');
    expect(entries.map((entry) => entry.top_logprobs.length)).toEqual(entries.map(() => 3));
  });

  test.each([
    ['auto', ['get_tide', 'list_ports'], 'tool_calls'],
    ['required', ['get_tide', 'list_ports'], 'tool_calls'],
    ['none', [], 'stop'],
    [{ type: 'function', function: { name: 'list_ports' } }, ['list_ports'], 'stop'],
  ] as const)('with tool_choice %o calls %o', (tool_choice, names, finish) => {
    const [choice] = completionOf({ tools: twoTools, tool_choice }).choices;
    expect(choice?.message.tool_calls?.map((call) => call.function.name) ?? []).toEqual(names);
    expect(choice?.finish_reason).toBe(finish);
  });

  test('refuses when the prompt says so', () => {
    const [choice] = completionOf({ messages: [{ role: 'user', content: '[refuse] it' }] }).choices;
    expect([choice?.message.content, choice?.message.refusal === null]).toEqual([null, false]);
  });

  test.each([
    ['an unknown model', { model: 'no-such-model' }, 404],
    ['a tool message that answers no call', { messages: [{ role: 'tool', tool_call_id: 'call_x', content: '1' }] }, 400],
    ['a prompt that makes the model fail', { messages: [{ role: 'user', content: '[fail]' }] }, 500],
  ])('is refused for %s', (_what, more, status) => {
    expect(() => statusOf('createChatCompletion', { ...chats['plain'], ...more })).not.toThrow();
    expect(statusOf('createChatCompletion', { ...chats['plain'], ...more })).toBe(status);
  });
});

describe('a stored chat', () => {
  test('is listed, changed and gone after its delete; one not stored was never there', () => {
    const { id } = completionOf({ store: true, metadata: { topic: 'tides' } });
    const other = completionOf({}).id;
    const path = { completion_id: id };
    expect(
      jsonOf<{ data: { id: string }[] }>(world.ask('listChatCompletions', { query: { metadata: { 'metadata[topic]': 'tides' } } })).data,
    ).toMatchObject([{ id }]);
    expect(world.ask('listChatCompletions', { query: { metadata: { 'metadata[topic]': 'storms' } } }).json).toMatchObject({ data: [] });
    world.ask('updateChatCompletion', { path, body: { metadata: { topic: 'ports' } } });
    expect(world.ask('getChatCompletion', { path }).json).toMatchObject({ id, metadata: { topic: 'ports' } });
    expect(world.faults('getChatCompletionMessages', world.ask('getChatCompletionMessages', { path }))).toEqual([]);
    expect(world.faults('deleteChatCompletion', world.ask('deleteChatCompletion', { path }))).toEqual([]);
    expect(world.ask('getChatCompletion', { path }).status).toBe(404);
    expect(world.ask('getChatCompletion', { path: { completion_id: other } }).status).toBe(404);
  });
});

describe('a response', () => {
  const textOf = (body: JsonObject): { id: string; text: string | undefined } => {
    const made = jsonOf<{ id: string; output: { content?: { text: string }[] }[] }>(
      world.ask('createResponse', { body: { model: 'gpt-4o', ...body } }),
    );
    return { id: made.id, text: made.output.at(-1)?.content?.[0]?.text };
  };

  test('goes on from the one before it', () => {
    const { id } = textOf({ input: 'My word is heron.' });
    expect(textOf({ input: 'What is my word?', previous_response_id: id }).text).toBe('Your word is heron.');
    expect(textOf({ input: 'What is my word?' }).text).toBe('You have not told me your word.');
  });

  test('is not kept where store is false, and is gone after its delete', () => {
    const { id: dropped } = textOf({ input: 'a', store: false });
    const { id } = textOf({ input: 'a' });
    expect(world.ask('getResponse', { path: { response_id: dropped } }).status).toBe(404);
    expect(world.ask('deleteResponse', { path: { response_id: id } }).status).toBe(200);
    expect(world.ask('getResponse', { path: { response_id: id } }).status).toBe(404);
  });

  test('lists the items that it was given', () => {
    const { id } = textOf({
      input: [
        { role: 'user', content: 'one' },
        { role: 'assistant', content: 'two' },
        { role: 'user', content: 'three' },
      ],
    });
    const reply = world.ask('listInputItems', { path: { response_id: id }, query: { limit: 2 } });
    expect(world.faults('listInputItems', reply)).toEqual([]);
    expect(reply.json).toMatchObject({ data: [{ role: 'user' }, { role: 'assistant' }], has_more: true });
  });

  test.each([
    ['an unknown model', { model: 'no-such-model', input: 'a' }],
    ['an unknown response before it', { input: 'a', previous_response_id: 'resp_none' }],
    ['an output that answers no call', { input: [{ type: 'function_call_output', call_id: 'call_x', output: '1' }] }],
    ['an unknown item', { input: [{ type: 'item_reference', id: 'msg_none' }] }],
    ['more input than fits', { input: 'word '.repeat(130_000) }],
  ])('is refused with 400 for %s', (_what, body) => {
    expect(statusOf('createResponse', { model: 'gpt-4o', ...body })).toBe(400);
  });
});

test('an embedding is the same vector in both encodings', () => {
  const vectorOf = (encoding_format: string): unknown => {
    const body = { model: 'text-embedding-3-small', input: 'tide', encoding_format };
    return jsonOf<{ data: { embedding: unknown }[] }>(world.ask('createEmbedding', { body })).data[0]?.embedding;
  };
  const bytes = Buffer.from(String(vectorOf('base64')), 'base64');
  const decoded = Array.from({ length: bytes.length / 4 }, (_, at) => bytes.readFloatLE(at * 4));
  expect((vectorOf('float') as number[]).map(Math.fround)).toEqual(decoded);
});

describe('an instance of a schema', () => {
  test.each([
    [{ type: 'object', properties: { a: { type: 'string', minLength: 3, maxLength: 5 } }, required: ['a'] }, { a: 'tide ' }],
    [{ type: 'integer', minimum: 10, multipleOf: 4 }, 12],
    [{ type: 'number', exclusiveMaximum: 0 }, -0.5],
    [{ enum: ['x', 'y'] }, 'x'],
    [{ anyOf: [{ type: 'null' }, { $ref: '#/$defs/n' }], $defs: { n: { const: 7 } } }, 7],
    [{ type: 'array', items: { type: 'integer' }, minItems: 3, uniqueItems: true }, [1, 2, 3]],
    [{ allOf: [{ properties: { a: { type: 'boolean' } } }, { required: ['a'] }] }, { a: true }],
  ])('is valid: %o', (schema, value) => {
    expect(instanceOf(schema as JsonObject, 'tide')).toEqual(value);
  });

  test('obeys a pattern', () => {
    expect(instanceOf({ type: 'string', pattern: '^[a-c]{4}-[0-9]{2}$' }, 'tide')).toMatch(/^[a-c]{4}-[0-9]{2}$/u);
  });

  test('is not asked for too much', () => {
    expect(instanceOf({ type: 'string', minLength: 1e9 }, 'tide')).toEqual({});
    expect(instanceOf({ type: 'string', pattern: '^(a+)+$', minLength: 5000 }, 'tide')).toBeDefined();
  });

  test('ends for a schema that refers to itself, and takes a broken one', () => {
    expect(instanceOf({ properties: { next: { $ref: '#' } } }, 'tide')).toBeTypeOf('object');
    expect(instanceOf({ type: 'nonsense' }, 'tide')).toEqual({});
  });
});

describe('bytes', () => {
  test.each([
    ['wav', 'RIFF'],
    ['flac', 'fLaC'],
    ['opus', 'OggS'],
  ])('of %s start as the format does', (format, magic) => {
    expect(Buffer.from(soundOf(format, 3)).toString('latin1', 0, 4)).toBe(magic);
  });

  test('of a PNG say its size', () => {
    const png = Buffer.from(pngOf(256, 512, 1));
    expect([png.toString('latin1', 1, 4), png.readUInt32BE(16), png.readUInt32BE(20), png.length < 500]).toEqual(['PNG', 256, 512, true]);
  });
});
