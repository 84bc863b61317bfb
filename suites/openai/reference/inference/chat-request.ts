import type { Json, JsonObject } from 'assay/pack';
import { Refusal } from '../state.ts';
import { isObject, listFrom, numberOf, objectOf, objectsOf, stringOf, stringsOf } from './json.ts';
import { messageTokens, situationOf, type Situation } from './text-model.ts';
import { countTokens } from './tokens.ts';

/** A function that the client offers. */
export interface OfferedFunction {
  readonly name: string;
  readonly parameters: Json | undefined;
}

/** How the model is to choose among the offered functions. */
export type Choosing = 'none' | 'auto' | 'required' | { readonly name: string };

/** How the answer is to be written. */
export interface AnswerFormat {
  readonly type: 'text' | 'json_object' | 'json_schema';
  readonly schema?: Json | undefined;
}

/** A chat request after reading: everything the answer depends on. */
export interface ChatRequest {
  readonly model: string;
  /** Text of the last user message. */
  readonly prompt: string;
  /** Texts of the user messages before it. */
  readonly history: readonly string[];
  /** What the tools answered, where the conversation ends with it. */
  readonly toolAnswers: readonly string[];
  readonly promptTokens: number;
  readonly promptAudioTokens: number;
  readonly situation: Situation;
  readonly n: number;
  readonly most: number | undefined;
  readonly stops: readonly string[];
  readonly tools: readonly OfferedFunction[];
  readonly choosing: Choosing;
  readonly parallel: boolean;
  /** The deprecated form: `functions` without `tools`. */
  readonly legacy: boolean;
  readonly format: AnswerFormat;
  readonly topLogprobs: number | undefined;
  readonly audio: { readonly format: string } | undefined;
  readonly effort: string | undefined;
  readonly prediction: string | undefined;
  readonly webSearch: boolean;
  /** Ids of uploaded files that messages show. */
  readonly files: readonly string[];
  readonly stream: boolean;
  readonly includeUsage: boolean;
}

/** Reads a body that is valid under the contract; refuses a tool message that answers no call. */
export function readChatRequest(body: JsonObject): ChatRequest {
  const messages = objectsOf(body['messages']);
  requireAnsweredCalls(messages);
  const model = stringOf(body['model']) ?? '';
  const users = messages.filter((message) => message['role'] === 'user').map((message) => textOfContent(message['content']));
  const prompt = users.at(-1) ?? textOfContent(messages.at(-1)?.['content']);
  const tools = objectsOf(body['tools']).map((tool) => offered(objectOf(tool['function'])));
  const functions = objectsOf(body['functions']).map(offered);
  const legacy = tools.length === 0 && body['tool_choice'] === undefined && functions.length > 0;
  const audio = stringsOf(body['modalities']).includes('audio')
    ? { format: stringOf(objectOf(body['audio'])['format']) ?? 'wav' }
    : undefined;
  return {
    model,
    prompt,
    history: users.slice(0, -1),
    toolAnswers: toolAnswersOf(messages),
    promptTokens: 3 + messages.reduce((sum, message) => sum + tokensOfMessage(message), 0) + tokensOfTools(body),
    promptAudioTokens: messages.reduce((sum, message) => sum + audioTokens(message['content']), 0),
    situation: situationOf(prompt),
    n: numberOf(body['n']) ?? 1,
    most: numberOf(body['max_completion_tokens']) ?? numberOf(body['max_tokens']),
    stops: stringsOf(body['stop']),
    tools: legacy ? functions : tools,
    choosing: legacy ? choosingOf(body['function_call'], functions) : choosingOf(body['tool_choice'], tools),
    parallel: body['parallel_tool_calls'] !== false && !legacy,
    legacy,
    format: formatOf(objectOf(body['response_format'])),
    topLogprobs: body['logprobs'] === true ? (numberOf(body['top_logprobs']) ?? 0) : undefined,
    audio,
    effort: stringOf(body['reasoning_effort']) ?? (/^o\d/u.test(model) ? 'medium' : undefined),
    prediction: isObject(body['prediction']) ? textOfContent(body['prediction']['content']) : undefined,
    webSearch: isObject(body['web_search_options']),
    files: messages.flatMap((message) => filesOf(message['content'])),
    stream: body['stream'] === true,
    includeUsage: body['stream'] === true && objectOf(body['stream_options'])['include_usage'] === true,
  };
}

/** The text of a message's content: a string, or its text parts. */
export function textOfContent(content: Json | undefined): string {
  if (typeof content === 'string') return content;
  return objectsOf(content)
    .map((part) => stringOf(part['text']) ?? stringOf(part['refusal']) ?? '')
    .filter((text) => text !== '')
    .join('\n');
}

// "Each tool message answers a call of an assistant message before it": the one rule of a conversation that no schema says.
function requireAnsweredCalls(messages: readonly JsonObject[]): void {
  const calls = new Set<string>();
  for (const [index, message] of messages.entries()) {
    for (const call of objectsOf(message['tool_calls'])) calls.add(stringOf(call['id']) ?? '');
    if (message['role'] !== 'tool') continue;
    const id = stringOf(message['tool_call_id']) ?? '';
    if (calls.has(id)) continue;
    throw new Refusal(
      400,
      `Invalid parameter: message with role 'tool' has a 'tool_call_id' ('${id}') that no earlier 'tool_calls' holds.`,
      {
        param: `messages.[${index}].tool_call_id`,
      },
    );
  }
}

function toolAnswersOf(messages: readonly JsonObject[]): string[] {
  const lastOther = messages.findLastIndex((message) => message['role'] !== 'tool' && message['role'] !== 'function');
  return messages.slice(lastOther + 1).map((message) => textOfContent(message['content']));
}

function tokensOfMessage(message: JsonObject): number {
  const calls = [...objectsOf(message['tool_calls']).map((call) => objectOf(call['function'])), objectOf(message['function_call'])];
  const callTokens = calls.reduce(
    (sum, call) => sum + countTokens(`${stringOf(call['name']) ?? ''}${stringOf(call['arguments']) ?? ''}`),
    0,
  );
  const images = listFrom(message['content']).filter((part) => isObject(part) && part['type'] === 'image_url').length;
  return messageTokens(textOfContent(message['content'])) + callTokens + images * 85 + audioTokens(message['content']);
}

function filesOf(content: Json | undefined): string[] {
  return objectsOf(content)
    .map((part) => stringOf(objectOf(part['file'])['file_id']))
    .filter((id) => id !== undefined);
}

function audioTokens(content: Json | undefined): number {
  return objectsOf(content).filter((part) => part['type'] === 'input_audio').length * 10;
}

function tokensOfTools(body: JsonObject): number {
  const offers = [...listFrom(body['tools']), ...listFrom(body['functions'])];
  return offers.reduce<number>((sum, offer) => sum + countTokens(JSON.stringify(offer)), 0);
}

function offered(definition: JsonObject): OfferedFunction {
  return { name: stringOf(definition['name']) ?? '', parameters: definition['parameters'] };
}

function choosingOf(choice: Json | undefined, tools: readonly OfferedFunction[]): Choosing {
  if (isObject(choice)) return { name: stringOf(objectOf(choice['function'])['name']) ?? stringOf(choice['name']) ?? '' };
  if (choice === 'none' || choice === 'required' || choice === 'auto') return choice;
  return tools.length > 0 ? 'auto' : 'none';
}

/** Reads `response_format` of a chat, and `text.format` of a response, which is the same without the inner object. */
export function formatOf(format: JsonObject): AnswerFormat {
  if (format['type'] === 'json_object') return { type: 'json_object' };
  if (format['type'] === 'json_schema')
    return { type: 'json_schema', schema: format['schema'] ?? objectOf(format['json_schema'])['schema'] };
  return { type: 'text' };
}
