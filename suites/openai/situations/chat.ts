import type { JsonObject, Situation } from 'assay/pack';

const user: JsonObject = { role: 'user', content: 'What is the weather in Oslo?' };
const weather: JsonObject = {
  name: 'weather',
  description: 'Looks up the weather.',
  parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'], additionalProperties: false },
};
const tools: JsonObject = { tools: [{ type: 'function', function: weather }] };
const call: JsonObject = { id: 'call_assay0001', type: 'function', function: { name: 'weather', arguments: '{"city":"Oslo"}' } };
const answer: JsonObject = { role: 'tool', tool_call_id: 'call_assay0001', content: '4 degrees and rain' };

function chat(name: string, body: JsonObject, more: Partial<Situation> = {}): Situation {
  return { name, operation: 'createChatCompletion', body, ...more };
}

/** Turns of a conversation, members and forms that clients of the chat operation send. */
export const chatSituations: readonly Situation[] = [
  chat('call-sent-back', { ...tools, messages: [user, { role: 'assistant', content: null, tool_calls: [call] }, answer] }),
  chat('call-sent-back-without-content', { ...tools, messages: [user, { role: 'assistant', tool_calls: [call] }, answer] }),
  chat('function-call-sent-back', {
    functions: [weather],
    messages: [
      user,
      { role: 'assistant', content: null, function_call: { name: 'weather', arguments: '{"city":"Oslo"}' } },
      { role: 'function', name: 'weather', content: '4 degrees and rain' },
    ],
  }),
  chat('answer-sent-back', {
    messages: [user, { role: 'assistant', content: 'In which country?' }, { role: 'user', content: 'In Norway.' }],
  }),
  chat('content-in-parts', {
    messages: [
      { role: 'system', content: [{ type: 'text', text: 'Be short.' }] },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Say' },
          { type: 'text', text: ' hello.' },
        ],
      },
    ],
  }),
  chat('developer-message', { messages: [{ role: 'developer', content: 'Be short.' }, user] }, { level: 'SHOULD' }),
  chat('named-user', { messages: [{ ...user, name: 'ada' }], user: 'user-1234' }),
  chat('functions', { messages: [user], functions: [weather], function_call: 'auto' }),
  chat('named-function', { messages: [user], functions: [weather], function_call: { name: 'weather' } }),
  chat('no-tool', { messages: [user], ...tools, tool_choice: 'none' }),
  chat('free-tool', { messages: [user], ...tools, tool_choice: 'auto', parallel_tool_calls: false }),
  chat('capped', { messages: [{ role: 'user', content: 'Tell a long story about a harbour and its boats.' }], max_tokens: 3 }),
  chat('stop-text', { messages: [{ role: 'user', content: 'Count from one to five in words.' }], stop: ' ' }),
  chat('json-object', {
    messages: [{ role: 'user', content: 'Answer with a JSON object with the member greeting.' }],
    response_format: { type: 'json_object' },
  }),
  chat('text-format', { response_format: { type: 'text' } }),
  chat('sampling', { temperature: 0, top_p: 1, presence_penalty: 0, frequency_penalty: 0, seed: 7, logit_bias: {} }),
  chat('nulls', {
    temperature: null,
    top_p: null,
    n: null,
    stop: null,
    presence_penalty: null,
    frequency_penalty: null,
    logit_bias: null,
    logprobs: null,
    seed: null,
    stream: null,
  }),
  // Models that reason refuse it, as the real service itself does.
  chat('null-limit', { max_tokens: null }, { level: 'SHOULD' }),
  // A member of models that search; others may say so.
  chat('web-search', { web_search_options: {} }, { level: 'SHOULD' }),
];
