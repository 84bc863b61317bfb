import type { JsonObject, StreamSwitch, StreamVariant } from 'assay/pack';
import { foldChat } from './folds/chat.ts';
import { foldCompletion } from './folds/completion.ts';
import { foldResponse } from './folds/response.ts';
import { foldTranscription } from './folds/transcription.ts';

/** How requests ask for a stream: one member, the same for every operation that streams. */
export const streamSwitches: readonly StreamSwitch[] = [
  {
    operations: [
      'createChatCompletion',
      'createCompletion',
      'createResponse',
      'createRun',
      'createThreadAndRun',
      'submitToolOuputsToRun',
      'createTranscription',
    ],
    member: 'stream',
    value: true,
    // That model never streams; the member is then ignored, says the parameter's text.
    unless: { member: 'model', values: ['whisper-1'] },
  },
];

const weather: JsonObject = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'], additionalProperties: false };
const clock: JsonObject = { type: 'object', properties: { zone: { type: 'string' } }, required: ['zone'], additionalProperties: false };
const greeting: JsonObject = {
  type: 'object',
  properties: { greeting: { type: 'string' }, loud: { type: 'boolean' } },
  required: ['greeting', 'loud'],
  additionalProperties: false,
};
const tooHot = { keyword: 'maximum', at: '/temperature', what: 'sends 5, above the maximum 2' };
const question: JsonObject = { messages: [{ role: 'user', content: 'Say hello to the harbour in one short sentence.' }], temperature: 0 };

const withoutStream = ['stream', 'stream_options'];
/** Made anew for every answer. */
const chatFresh = [
  '/id',
  '/created',
  '/system_fingerprint',
  '/service_tier',
  '/choices/*/message/tool_calls/*/id',
  '/choices/*/message/annotations',
];
/** A stream tells its usage only when it is asked to. */
const unique = ['/id'];
const chatTwin = { without: withoutStream, fold: foldChat, ignore: [...chatFresh, '/usage'], unique };
const chatUsageTwin = { without: withoutStream, fold: foldChat, ignore: chatFresh, unique };
const completionTwin = {
  unique,
  without: withoutStream,
  fold: foldCompletion,
  ignore: ['/id', '/created', '/system_fingerprint', '/usage'],
};
const responseTwin = {
  without: ['stream'],
  fold: foldResponse,
  unique,
  ignore: ['/id', '/created_at', '/completed_at', '/output/*/id', '/output/*/call_id', '/service_tier', '/store', '/background'],
};
const transcriptionTwin = {
  without: ['stream'],
  fold: foldTranscription,
  ignore: ['/logprobs', '/usage', '/language', '/duration', '/segments', '/words', '/task'],
};

function functionTool(name: string, parameters: JsonObject): JsonObject {
  return { type: 'function', function: { name, description: `Looks up the ${name}.`, parameters, strict: true } };
}

function chat(name: string, body: JsonObject, more: Partial<StreamVariant> = {}): StreamVariant {
  return { name, operation: 'createChatCompletion', body: { ...question, stream: true, ...body }, twin: chatTwin, ...more };
}

function completion(name: string, body: JsonObject, more: Partial<StreamVariant> = {}): StreamVariant {
  const prompt: JsonObject = { prompt: 'The harbour is', temperature: 0, max_tokens: 16 };
  return { name, operation: 'createCompletion', body: { ...prompt, stream: true, ...body }, twin: completionTwin, ...more };
}

function response(name: string, body: JsonObject, more: Partial<StreamVariant> = {}): StreamVariant {
  const input: JsonObject = { input: 'Say hello to the harbour in one short sentence.', temperature: 0 };
  return { name, operation: 'createResponse', body: { ...input, stream: true, ...body }, twin: responseTwin, ...more };
}

/** Requests without a twin: what is broken or broken off is not compared. */
function refused(make: typeof chat): StreamVariant {
  const { twin: _, ...variant } = make('error-before-first-byte', { temperature: 5 }, { kind: 'refused', breaks: tooHot });
  return variant;
}
function aborted(make: typeof chat): StreamVariant {
  const { twin: _, ...variant } = make('abort', {}, { kind: 'aborted' });
  return variant;
}

const runs = ['createRun', 'createThreadAndRun'] as const;
const runTools: JsonObject = { tools: [functionTool('weather', weather)], tool_choice: 'required' };

/** Requests that change a stream in one way each. */
export const streamVariants: readonly StreamVariant[] = [
  chat('plain', {}),
  chat('several-choices', { n: 2 }),
  chat('tool', { tools: [functionTool('weather', weather)], tool_choice: 'required' }),
  chat('named-tool', { tools: [functionTool('weather', weather)], tool_choice: { type: 'function', function: { name: 'weather' } } }),
  chat('several-tools', {
    messages: [{ role: 'user', content: 'What are the weather and the time in Oslo? Ask for both at once.' }],
    tools: [functionTool('weather', weather), functionTool('clock', clock)],
    tool_choice: 'required',
    parallel_tool_calls: true,
  }),
  chat('stop', { stop: ['.'] }),
  chat('length', { max_completion_tokens: 3 }),
  chat('logprobs', { logprobs: true, top_logprobs: 2 }),
  chat('usage', { stream_options: { include_usage: true } }, { twin: chatUsageTwin }),
  chat('json-schema', { response_format: { type: 'json_schema', json_schema: { name: 'greeting', schema: greeting, strict: true } } }),
  refused(chat),
  aborted(chat),
  completion('plain', {}),
  completion('several-choices', { n: 2 }),
  completion('several-prompts', { prompt: ['The harbour is', 'The boat is'] }),
  completion('stop', { stop: ['.'] }),
  completion('length', { max_tokens: 2 }),
  completion('logprobs', { logprobs: 2 }),
  completion('usage', { stream_options: { include_usage: true } }),
  refused(completion),
  aborted(completion),
  response('plain', {}),
  response('tool', {
    tools: [{ type: 'function', name: 'weather', description: 'Looks up the weather.', parameters: weather, strict: true }],
    tool_choice: 'required',
  }),
  response('several-tools', {
    input: 'What are the weather and the time in Oslo? Ask for both at once.',
    tools: [
      { type: 'function', name: 'weather', description: 'Looks up the weather.', parameters: weather, strict: true },
      { type: 'function', name: 'clock', description: 'Looks up the clock.', parameters: clock, strict: true },
    ],
    tool_choice: 'required',
    parallel_tool_calls: true,
  }),
  response('length', {
    max_output_tokens: 16,
    input: 'Tell a long story about a harbour, with many details of its boats, its people and its weather.',
  }),
  response('json-schema', { text: { format: { type: 'json_schema', name: 'greeting', schema: greeting, strict: true } } }),
  refused(response),
  aborted(response),
  ...runs.flatMap((operation): StreamVariant[] => [
    { name: 'plain', operation, body: { stream: true } },
    { name: 'tool', operation, body: { stream: true, ...runTools } },
    { name: 'abort', operation, body: { stream: true }, kind: 'aborted' },
  ]),
  { name: 'plain', operation: 'submitToolOuputsToRun', body: { stream: true } },
  {
    name: 'plain',
    operation: 'createTranscription',
    body: { stream: 'true', response_format: 'json' },
    rebind: { transcription_model: 'streaming_transcription_model' },
    twin: transcriptionTwin,
  },
];
