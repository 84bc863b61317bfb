import { BadRequestError, NotFoundError, type OpenAI, PermissionDeniedError, toFile } from 'openai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReferenceServer } from '../../src/reference/index.ts';
import { pngOf } from '../../suites/openai/reference/inference/png.ts';
import { soundOf } from '../../suites/openai/reference/inference/sound.ts';
import { pngBase64 } from '../../suites/openai/assets.ts';
import { clientOf, packContract, rowsOf, startReference } from '../helpers/reference.ts';

describe('the official client asks the models of the reference server', () => {
  let server: ReferenceServer & { readonly complaints: readonly string[] };
  let client: OpenAI;

  beforeAll(async () => {
    server = await startReference(await packContract('2025-03'));
    client = clientOf(server);
  });
  afterAll(async () => {
    await server.close();
    expect(server.complaints).toEqual([]);
  });

  test('embeddings arrive as numbers, which the client decodes from Base64 by itself', async () => {
    const asked = { model: 'text-embedding-3-small', input: ['high tide', 'low tide', 'a bicycle'], dimensions: 64 };
    const decoded = await client.embeddings.create(asked);
    const plain = await client.embeddings.create({ ...asked, encoding_format: 'float' });
    expect(decoded.data.map((row) => row.embedding)).toEqual(plain.data.map((row) => row.embedding.map(Math.fround)));
    const [high, low, bicycle] = plain.data.map((row) => row.embedding);
    const product = (one: number[] = [], other: number[] = []): number => one.reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0);
    expect(product(high, low)).toBeGreaterThan(product(high, bicycle));
    expect(product(high, high)).toBeCloseTo(1, 5);
  });

  test.each(['mp3', 'opus', 'aac', 'flac', 'wav', 'pcm'] as const)('speech comes as %s, longer for more text', async (response_format) => {
    const speak = async (input: string): Promise<{ type: string | null; bytes: number }> => {
      const answer = await client.audio.speech.create({ model: 'tts-1', voice: 'alloy', input, response_format });
      return { type: answer.headers.get('content-type'), bytes: (await answer.arrayBuffer()).byteLength };
    };
    const [short, long] = await Promise.all([speak('Hi.'), speak('High tide is at noon today.')]);
    expect(short.type).toMatch(/^audio\//u);
    expect(long.bytes).toBeGreaterThan(short.bytes);
  });

  test('a transcription says the same in every format', async () => {
    const file = (): ReturnType<typeof toFile> => toFile(soundOf('wav', 100), 'tone.wav');
    const { text } = await client.audio.transcriptions.create({ file: await file(), model: 'whisper-1' });
    const whole = await client.audio.transcriptions.create({
      file: await file(),
      model: 'whisper-1',
      response_format: 'verbose_json',
      timestamp_granularities: ['word', 'segment'],
    });
    const srt = await client.audio.transcriptions.create({ file: await file(), model: 'whisper-1', response_format: 'srt' });
    const vtt = await client.audio.transcriptions.create({ file: await file(), model: 'whisper-1', response_format: 'vtt' });
    expect([whole.text, whole.duration, whole.segments?.map((segment) => segment.text).join('')]).toEqual([text, 5, text]);
    expect(whole.words?.map((word) => word.word)).toEqual(text.match(/[\p{L}\p{N}]+/gu));
    expect(whole.segments?.at(-1)?.end).toBe(5);
    expect(srt.startsWith('1\n00:00:00,000 --> 00:00:0')).toBe(true);
    expect(vtt.startsWith('WEBVTT\n\n00:00:00.000 --> 00:00:0')).toBe(true);
    const translated = await client.audio.translations.create({ file: await file(), model: 'whisper-1', response_format: 'verbose_json' });
    expect(translated).toMatchObject({ task: 'translate', language: 'english' });
  });

  test('pictures come as addresses or as bytes of the asked size', async () => {
    const addresses = await client.images.generate({ prompt: 'A boat', n: 2, model: 'dall-e-2' });
    expect(addresses.data?.map((picture) => [picture.url?.startsWith('https://'), picture.b64_json])).toEqual([
      [true, undefined],
      [true, undefined],
    ]);
    const image = await toFile(Buffer.from(pngBase64, 'base64'), 'square.png', { type: 'image/png' });
    const edited = await client.images.edit({ image, prompt: 'A boat', size: '512x512', response_format: 'b64_json' });
    const png = Buffer.from(edited.data?.[0]?.b64_json ?? '', 'base64');
    expect([png.toString('latin1', 1, 4), png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual(['PNG', 512, 512]);
  });

  test('a picture that cannot be edited is refused', async () => {
    const wide = await toFile(pngOf(64, 32, 1), 'wide.png', { type: 'image/png' });
    const opaque = await toFile(pngOf(64, 64, 1), 'opaque.png', { type: 'image/png' });
    await expect(client.images.createVariation({ image: wide })).rejects.toThrow(BadRequestError);
    await expect(client.images.edit({ image: opaque, prompt: 'A boat' })).rejects.toThrow('transparent');
  });

  test('moderation flags what a category says', async () => {
    const { results } = await client.moderations.create({ input: ['a quiet day', 'I will kill it'] });
    expect(results.map((result) => [result.flagged, result.categories.violence])).toEqual([
      [false, false],
      [true, true],
    ]);
  });

  test('models are listed, shown, and deleted where they are fine-tuned', async () => {
    const models = await rowsOf(await client.models.list());
    expect(await client.models.retrieve('gpt-4o')).toEqual(models.find((row) => row.id === 'gpt-4o'));
    const tuned = models.find((row) => row.id.startsWith('ft:'))?.id ?? '';
    expect(await client.models.delete(tuned)).toEqual({ id: tuned, object: 'model', deleted: true });
    await expect(client.models.retrieve(tuned)).rejects.toThrow(NotFoundError);
    await expect(client.models.delete('gpt-4o')).rejects.toThrow(PermissionDeniedError);
  });

  test('stored chats are walked, changed and deleted', async () => {
    const ask = (content: string): Promise<{ id: string }> =>
      client.chat.completions.create({ model: 'gpt-4o', messages: [{ role: 'user', content }], store: true, metadata: { topic: 'walk' } });
    const ids = [await ask('one'), await ask('two'), await ask('three')].map(({ id }) => id);
    const listed = await rowsOf(await client.chat.completions.list({ limit: 1, metadata: { topic: 'walk' } }));
    expect(listed.map(({ id }) => id)).toEqual(ids);
    const messages = await rowsOf(await client.chat.completions.messages.list(ids[0] ?? ''));
    expect(messages.map(({ role, content }) => [role as string, content])).toEqual([['user', 'one']]);
    await client.chat.completions.delete(ids[0] ?? '');
    await expect(client.chat.completions.retrieve(ids[0] ?? '')).rejects.toThrow(NotFoundError);
  });

  test('a response takes its own output back and goes on after a call', async () => {
    const tools = [{ type: 'function' as const, name: 'get_tide', parameters: { type: 'object', properties: {} }, strict: false }];
    const called = await client.responses.create({ model: 'gpt-4o', input: 'When is high tide?', tools });
    const [call] = called.output;
    if (call?.type !== 'function_call') throw new Error('The model made no call.');
    const output = { type: 'function_call_output' as const, call_id: call.call_id, output: 'at noon' };
    const answered = await client.responses.create({ model: 'gpt-4o', input: [output], tools, previous_response_id: called.id });
    expect(answered.output_text).toBe('The tool says: at noon');
    const { call_id, name } = call;
    const given = { type: 'function_call' as const, call_id, name, arguments: call.arguments };
    const again = await client.responses.create({ model: 'gpt-4o', input: [given, output], tools });
    expect(again.output_text).toBe('The tool says: at noon');
    const items = await rowsOf(await client.responses.inputItems.list(again.id));
    expect(items.map(({ type }) => type)).toEqual(['function_call', 'function_call_output']);
  });
});
