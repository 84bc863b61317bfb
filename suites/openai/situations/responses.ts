import type { JsonObject, Situation } from 'assay/pack';

const weather: JsonObject = {
  type: 'function',
  name: 'weather',
  description: 'Looks up the weather.',
  parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'], additionalProperties: false },
  strict: true,
};
const question: JsonObject = { role: 'user', content: 'What is the weather in Oslo?' };

function response(name: string, body: JsonObject, more: Partial<Situation> = {}): Situation {
  return { name, operation: 'createResponse', body, ...more };
}

/** Forms of input and members that clients of the responses operation send. */
export const responseSituations: readonly Situation[] = [
  response('text', { input: 'Say hello.' }),
  response('one-message', { input: [question] }),
  response('several-messages', {
    input: [
      { role: 'developer', content: 'Be short.' },
      question,
      { role: 'assistant', content: 'Rain.' },
      { role: 'user', content: 'And tomorrow?' },
    ],
  }),
  response('typed-message', { input: [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Say hello.' }] }] }),
  // Clients leave out what the server gave the items: id and status.
  response('call-sent-back', {
    tools: [weather],
    input: [
      question,
      { type: 'function_call', call_id: 'call_assay0001', name: 'weather', arguments: '{"city":"Oslo"}' },
      { type: 'function_call_output', call_id: 'call_assay0001', output: '4 degrees and rain' },
    ],
  }),
  // A model that does not reason may say so.
  response('reasoning-sent-back', { input: [{ type: 'reasoning', id: 'rs_assay0001', summary: [] }, question] }, { level: 'SHOULD' }),
  response('echoed', {
    input: 'Say hello.',
    instructions: 'Be short.',
    temperature: 0.5,
    top_p: 0.5,
    metadata: { purpose: 'assay' },
    max_output_tokens: 64,
    truncation: 'disabled',
  }),
  response('no-tool', { input: 'What is the weather in Oslo?', tools: [weather], tool_choice: 'none' }),
  response('capped', {
    input: 'Tell a long story about a harbour, with many details of its boats, its people and its weather.',
    max_output_tokens: 16,
  }),
  response(
    'earlier-response',
    { input: 'And then?', previous_response_id: 'resp_0' },
    { slots: [{ at: '/body/json/previous_response_id', from: 'response.id' }] },
  ),
  response(
    'unknown-earlier-response',
    { input: 'And then?', previous_response_id: 'resp_ffffffffffffffffffffffffffffffff' },
    { breaks: { keyword: 'unknown-id', at: '/previous_response_id', what: 'continues a response that does not exist' } },
  ),
];
