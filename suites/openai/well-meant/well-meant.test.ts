import type { Json, Operation, PlannedRequest } from 'assay/pack';
import { describe, expect, test } from 'vitest';
import { wellMeant } from './index.ts';

function meant(operation: string, json: Json): Json | undefined {
  const request: PlannedRequest = {
    method: 'POST',
    path: '/',
    pathParameters: {},
    query: [],
    headers: [],
    body: { mediaType: 'application/json', json },
  };
  const once = wellMeant({ id: operation } as Operation, request);
  expect(wellMeant({ id: operation } as Operation, once), 'is the same when done again').toEqual(once);
  return once.body && 'json' in once.body ? once.body.json : undefined;
}

const call = (id: string): Json => ({ id, type: 'function', function: { name: 'look_up', arguments: '{"word":"assay"}' } });
const tool = { type: 'function', function: { name: 'look_up' } };
const offered = {
  type: 'function',
  function: {
    name: 'look_up',
    description: 'Looks a word up',
    parameters: { type: 'object', properties: { word: { type: 'string' } }, required: ['word'], additionalProperties: false },
  },
};

describe('a chat that is meant well', () => {
  const cases: readonly (readonly [string, Json, Json])[] = [
    ['leaves a plain one alone', { messages: [{ role: 'user', content: 'a' }] }, { messages: [{ role: 'user', content: 'a' }] }],
    [
      'puts a call before an answer that has none',
      { messages: [{ role: 'tool', tool_call_id: 'x', content: 'b' }] },
      {
        messages: [
          { role: 'assistant', tool_calls: [call('x')] },
          { role: 'tool', tool_call_id: 'x', content: 'b' },
        ],
      },
    ],
    [
      'answers every call, and tells calls apart',
      { messages: [{ role: 'assistant', tool_calls: [call('x'), call('x')] }] },
      {
        messages: [
          { role: 'assistant', tool_calls: [call('x'), call('call_assay2')] },
          { role: 'tool', tool_call_id: 'x', content: 'done' },
          { role: 'tool', tool_call_id: 'call_assay2', content: 'done' },
        ],
      },
    ],
    ['lets an assistant say something', { messages: [{ role: 'assistant' }] }, { messages: [{ role: 'assistant', content: 'Hello' }] }],
    ['asks for log probabilities where it asks for the top ones', { top_logprobs: 2 }, { top_logprobs: 2, logprobs: true }],
    ['leaves stream options to streams', { stream_options: { include_usage: true } }, {}],
    ['lets stream options be null', { stream_options: null }, { stream_options: null }],
    ['keeps the newer of two caps', { max_tokens: 1, max_completion_tokens: 2 }, { max_completion_tokens: 2 }],
    ['offers the tool that it demands', { tool_choice: tool }, { tool_choice: tool, tools: [offered] }],
    ['tells tools apart by name', { tools: [tool, tool] }, { tools: [tool, { type: 'function', function: { name: 'look_up_2' } }] }],
    ['asks for audio in a voice', { modalities: ['audio'] }, { modalities: ['audio', 'text'], audio: { voice: 'alloy', format: 'wav' } }],
    ['stores what has metadata', { metadata: { a: '1' } }, { metadata: { a: '1' }, store: true }],
    [
      'speaks of JSON where it wants JSON',
      { response_format: { type: 'json_object' }, messages: [] },
      { response_format: { type: 'json_object' }, messages: [{ role: 'user', content: 'Answer in JSON.' }] },
    ],
  ];
  test.each(cases)('%s', (_title, given, expected) => {
    expect(meant('createChatCompletion', given)).toEqual(expected);
  });
});

describe('other requests that are meant well', () => {
  const cases: readonly (readonly [string, string, Json, Json])[] = [
    [
      'answer every call of a response',
      'createResponse',
      { input: [{ type: 'function_call', call_id: 'x', name: 'a', arguments: '{}' }] },
      {
        input: [
          { type: 'function_call', call_id: 'x', name: 'a', arguments: '{}' },
          { type: 'function_call_output', call_id: 'x', output: 'done' },
        ],
      },
    ],
    ['take at least sixteen tokens', 'createResponse', { max_output_tokens: 1 }, { max_output_tokens: 16 }],
    [
      'overlap chunks by at most half of them',
      'createVectorStoreFile',
      { chunking_strategy: { static: { max_chunk_size_tokens: 100, chunk_overlap_tokens: 200 } } },
      { chunking_strategy: { static: { max_chunk_size_tokens: 400, chunk_overlap_tokens: 200 } } },
    ],
    [
      'name stores or make them',
      'createThread',
      { tool_resources: { file_search: { vector_store_ids: ['a'], vector_stores: [] } } },
      { tool_resources: { file_search: { vector_store_ids: ['a'] } } },
    ],
    [
      'answer one tool call once',
      'submitToolOuputsToRun',
      { tool_outputs: [{ output: 'a' }, { output: 'b' }] },
      { tool_outputs: [{ output: 'a', tool_call_id: 'call_assaysample1' }] },
    ],
    [
      'draw wide images with the model that can',
      'createImage',
      { prompt: 'a', size: '1792x1024', n: 3 },
      { prompt: 'a', size: '1792x1024', n: 1, model: 'dall-e-3' },
    ],
    [
      'give a method the settings of its type',
      'createFineTuningJob',
      { hyperparameters: {}, method: { type: 'dpo', dpo: {}, supervised: {} } },
      { method: { type: 'dpo', dpo: {} } },
    ],
    ['leave what they do not know alone', 'createThing', { a: 1 }, { a: 1 }],
  ];
  test.each(cases)('%s', (_title, operation, given, expected) => {
    expect(meant(operation, given)).toEqual(expected);
  });

  test('have no longer page of usage than the width of its buckets allows', () => {
    const request: PlannedRequest = {
      method: 'GET',
      path: '/',
      pathParameters: {},
      headers: [],
      query: [
        ['limit', '1440'],
        ['bucket_width', '1h'],
      ],
    };
    expect(wellMeant({ id: 'usage-images' } as Operation, request).query).toEqual([
      ['limit', '168'],
      ['bucket_width', '1h'],
    ]);
  });
});
