import { describe, expect, test } from 'vitest';
import type { ReferenceFile } from '../../../src/model/index.ts';
import { soundOf } from '../../../suites/openai/reference/inference/sound.ts';
import { type Asking, worldOf } from './ask.ts';
import { chats, laterRequests, responseRequests } from './requests.ts';

const wav: ReferenceFile = { filename: 'a.wav', contentType: 'audio/wav', bytes: soundOf('wav', 10) };
const file = new Map([['file', [wav]]]);
const image = 'data:image/png;base64,AAAA';

const others: readonly (readonly [operationId: string, asking: Asking])[] = [
  ['listModels', {}],
  ['retrieveModel', { path: { model: 'gpt-4o' } }],
  ['deleteModel', { path: { model: 'ft:gpt-4o-mini-2024-07-18:reference:amber' } }],
  ['createCompletion', { body: { model: 'gpt-3.5-turbo-instruct', prompt: ['Once', 'Twice'], n: 2, logprobs: 2, echo: true } }],
  ['createCompletion', { body: { model: 'gpt-3.5-turbo-instruct', prompt: [1, 2], max_tokens: 0 } }],
  ['createEmbedding', { body: { model: 'text-embedding-3-small', input: ['a', 'b'], dimensions: 4 } }],
  ['createModeration', { body: { input: ['peace', 'I will kill'] } }],
  [
    'createModeration',
    {
      body: {
        input: [
          { type: 'text', text: 'peace' },
          { type: 'image_url', image_url: { url: image } },
        ],
      },
    },
  ],
  ['createImage', { body: { prompt: 'A boat', n: 2 } }],
  ['createImage', { body: { prompt: 'A boat', model: 'dall-e-3', response_format: 'b64_json', size: '1792x1024' } }],
  ['createImageEdit', { body: { prompt: 'A boat' } }],
  ['createImageVariation', { body: {} }],
  ['createTranscription', { body: { model: 'whisper-1' }, files: file }],
  [
    'createTranscription',
    { body: { model: 'whisper-1', response_format: 'verbose_json', 'timestamp_granularities[]': ['word', 'segment'] }, files: file },
  ],
  ['createTranslation', { body: { model: 'whisper-1', response_format: 'verbose_json' }, files: file }],
  ['create-realtime-session', { body: { modalities: ['text'], turn_detection: { type: 'semantic_vad' } } }],
];

describe.each(['2025-01', '2025-03'])('replies of inference under openai@%s', async (version) => {
  const world = await worldOf(version);

  test.each(Object.entries(chats))('chat: %s', (_name, body) => {
    const reply = world.ask('createChatCompletion', { body });
    expect([reply.status, world.faults('createChatCompletion', reply)]).toEqual([200, []]);
  });

  test.each(Object.entries(chats))('chat stream: %s', (_name, body) => {
    const reply = world.ask('createChatCompletion', { body: { ...body, stream: true, stream_options: { include_usage: true } } });
    expect(world.faults('createChatCompletion', reply)).toEqual([]);
  });

  test.each([{}, { prompt: ['One', 'Two'], n: 2, logprobs: 2, echo: true }])('completion stream: %o', (more) => {
    const body = { model: 'gpt-3.5-turbo-instruct', prompt: 'Once', ...more, stream: true, stream_options: { include_usage: true } };
    expect(world.faults('createCompletion', world.ask('createCompletion', { body }))).toEqual([]);
  });

  test.each(others)('%s', (operationId, asking) => {
    const reply = world.ask(operationId, asking);
    expect([reply.status, world.faults(operationId, reply)]).toEqual([200, []]);
  });
});

describe('replies of the 2025-03 contract', async () => {
  const world = await worldOf('2025-03');
  const requests = Object.entries({ ...responseRequests, ...laterRequests });

  test.each(requests)('response: %s', (_name, body) => {
    const reply = world.ask('createResponse', { body });
    expect([reply.status, world.faults('createResponse', reply)]).toEqual([200, []]);
  });

  test.each(requests)('response stream: %s', (_name, body) => {
    expect(world.faults('createResponse', world.ask('createResponse', { body: { ...body, stream: true } }))).toEqual([]);
  });

  test('transcription stream', () => {
    const body = { model: 'gpt-4o-transcribe', stream: true, 'include[]': ['logprobs'] };
    expect(world.faults('createTranscription', world.ask('createTranscription', { body, files: file }))).toEqual([]);
  });

  test('transcription session', () => {
    const body = { input_audio_transcription: { model: 'whisper-1' } };
    const reply = world.ask('create-realtime-transcription-session', { body });
    expect(world.faults('create-realtime-transcription-session', reply)).toEqual([]);
  });
});
