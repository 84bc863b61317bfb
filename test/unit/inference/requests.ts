import type { Json, JsonObject } from '../../../src/model/index.ts';

const messages = [{ role: 'user', content: 'Tell me about the tide tables of Norway' }];
const parameters = {
  type: 'object',
  properties: { place: { type: 'string' }, depth: { type: 'integer', minimum: 3 } },
  required: ['place'],
  additionalProperties: false,
};
export const twoTools = [
  { type: 'function', function: { name: 'get_tide', parameters, strict: true } },
  { type: 'function', function: { name: 'list_ports' } },
];

/** Chat requests that differ in what they make of the answer. */
export const chats: Readonly<Record<string, JsonObject>> = Object.fromEntries(
  Object.entries({
    plain: {},
    'three choices with log probabilities': { n: 3, logprobs: true, top_logprobs: 2 },
    'cut off': { max_completion_tokens: 5 },
    'stopped by a sequence': { stop: ['tide'] },
    'two tool calls': { tools: twoTools },
    'two tool calls in each of two choices': { tools: twoTools, n: 2, logprobs: true },
    'one tool call': { tools: twoTools, tool_choice: 'required', parallel_tool_calls: false },
    'a named tool': { tools: twoTools, tool_choice: { type: 'function', function: { name: 'list_ports' } } },
    'a tool call cut off': { tools: twoTools, max_tokens: 3 },
    'no tool': { tools: twoTools, tool_choice: 'none' },
    'a function of the old form': { functions: [{ name: 'get_tide', parameters }] },
    'a named function of the old form': { functions: [{ name: 'get_tide', parameters }], function_call: { name: 'get_tide' } },
    'a JSON object': { response_format: { type: 'json_object' } },
    'a JSON schema': { response_format: { type: 'json_schema', json_schema: { name: 'tide', schema: parameters, strict: true } } },
    audio: { modalities: ['text', 'audio'], audio: { voice: 'ash', format: 'wav' }, n: 2 },
    refusal: { messages: [{ role: 'user', content: '[refuse] this' }], logprobs: true },
    filtered: { messages: [{ role: 'user', content: '[filter] a long story about a river' }] },
    reasoning: { model: 'o3-mini', reasoning_effort: 'low' },
    'after a tool': {
      tools: twoTools,
      messages: [
        ...messages,
        { role: 'assistant', tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'get_tide', arguments: '{}' } }] },
        { role: 'tool', tool_call_id: 'call_1', content: 'high at noon' },
      ],
    },
    'no token at all': { max_completion_tokens: 0, logprobs: true },
  }).map(([name, more]) => [name, { model: 'gpt-4o-mini', messages, ...(more as JsonObject) }]),
);

const functions: Json = [
  { type: 'function', name: 'get_tide', parameters, strict: true },
  { type: 'function', name: 'list_ports', parameters: { type: 'object' }, strict: false },
];
const fileSearch = { type: 'file_search', vector_store_ids: [] };

/** Requests for a response, one for each kind of item and of ending. */
export const responseRequests: Readonly<Record<string, JsonObject>> = Object.fromEntries(
  Object.entries({
    plain: {},
    'two function calls': { tools: functions },
    'one function call': { tools: functions, tool_choice: 'required', parallel_tool_calls: false },
    'a named function': { tools: functions, tool_choice: { type: 'function', name: 'list_ports' } },
    'web search': { tools: [{ type: 'web_search_preview' }] },
    'file and web search': { tools: [fileSearch, { type: 'web_search_preview' }], include: ['file_search_call.results'] },
    'a screen': { tools: [{ type: 'computer_use_preview', display_width: 800, display_height: 600, environment: 'mac' }] },
    reasoning: { model: 'o3-mini', reasoning: { effort: 'low', generate_summary: 'concise' } },
    incomplete: { max_output_tokens: 4 },
    refusal: { input: '[refuse] this' },
    failure: { input: '[fail] now' },
    filtered: { input: '[filter] a long story about a river' },
    'a JSON schema': { text: { format: { type: 'json_schema', name: 'tide', schema: parameters } } },
    'a list of items': {
      input: [
        { role: 'assistant', content: 'hello' },
        { role: 'user', content: [{ type: 'input_text', text: 'My word is heron.' }] },
      ],
    },
  }).map(([name, more]) => [name, { model: 'gpt-4o-mini', input: 'Tell me about tides', ...(more as JsonObject) }]),
);

/** Requests with tools that came after the 2025-03 document. */
export const laterRequests: Readonly<Record<string, JsonObject>> = Object.fromEntries(
  Object.entries({
    'code interpreter': [{ type: 'code_interpreter', container: { type: 'auto' } }],
    'a picture with partial ones': [{ type: 'image_generation', partial_images: 2 }],
    'a server that is asked': [{ type: 'mcp', server_label: 'dice', server_url: 'https://dice.example', require_approval: 'never' }],
    'a server that needs approval': [{ type: 'mcp', server_label: 'dice', server_url: 'https://dice.example' }],
    'a custom tool': [{ type: 'custom', name: 'weave' }],
    'a newer web search': [{ type: 'web_search' }],
  }).map(([name, tools]) => [name, { model: 'gpt-4o-mini', input: 'Tell me about tides', tools }]),
);
