import type { Json, JsonObject } from 'assay/pack';
import { Refusal } from '../state.ts';
import type { AnswerFormat, Choosing, OfferedFunction } from './chat-request.ts';
import { formatOf, textOfContent } from './chat-request.ts';
import { defined, isObject, listFrom, numberOf, objectOf, objectsOf, stringOf, stringsOf } from './json.ts';
import { messageTokens, situationOf, type Situation } from './text-model.ts';
import { countTokens } from './tokens.ts';

/** An item of a conversation, with its id. */
export type Item = JsonObject & { readonly id: string };

/** A tool that the service runs itself, or that came after functions: `web_search` of any date, `computer`, else its type. */
export type HostedTool = string;

/** A request for a response after reading. */
export interface ResponseRequest {
  readonly model: string;
  /** The items of this request, with ids. */
  readonly input: readonly Item[];
  readonly prompt: string;
  readonly history: readonly string[];
  readonly toolAnswers: readonly string[];
  readonly inputTokens: number;
  readonly situation: Situation;
  readonly most: number | undefined;
  readonly functions: readonly OfferedFunction[];
  readonly hosted: readonly { readonly kind: HostedTool; readonly tool: JsonObject }[];
  readonly choosing: Choosing | { readonly hosted: HostedTool };
  readonly parallel: boolean;
  readonly format: AnswerFormat;
  /** Absent where no reasoning was asked for and the model is none that reasons. */
  readonly effort: string | undefined;
  readonly summary: boolean;
  readonly include: readonly string[];
  readonly vectorStores: readonly {
    readonly ids: readonly string[];
    readonly most: number;
    readonly filters: Json | undefined;
    readonly ranking_options: Json | undefined;
  }[];
}

/** What a request is read against: the turns before it, stored items, and ids. */
export interface Surroundings {
  readonly id: (prefix: string) => string;
  /** Items of the earlier turns, oldest first. */
  readonly earlier: readonly JsonObject[];
  readonly storedItem: (id: string) => Item | undefined;
}

const idPrefixes: Readonly<Record<string, string>> = {
  message: 'msg_',
  function_call: 'fc_',
  function_call_output: 'fco_',
  computer_call: 'cu_',
  computer_call_output: 'cuo_',
  file_search_call: 'fs_',
  web_search_call: 'ws_',
  reasoning: 'rs_',
};

/** Reads a body that is valid under the contract; refuses references to what does not exist. */
export function readResponseRequest(body: JsonObject, around: Surroundings): ResponseRequest {
  const input = inputItems(body['input'], around);
  requireKnownCalls(input, around.earlier);
  const model = stringOf(body['model']) ?? '';
  const context = [...around.earlier, ...input];
  const users = context
    .filter((item) => item['type'] === 'message' && item['role'] === 'user')
    .map((item) => textOfContent(item['content']));
  const prompt = users.at(-1) ?? textOfContent(context.at(-1)?.['content']);
  const tools = objectsOf(body['tools']);
  const reasoning = objectOf(body['reasoning']);
  return {
    model,
    input,
    prompt,
    history: users.slice(0, -1),
    toolAnswers: toolAnswersOf(input),
    inputTokens:
      context.reduce((sum, item) => sum + tokensOfItem(item), 3) + countTokens(stringOf(body['instructions']) ?? '') + toolTokens(tools),
    situation: situationOf(prompt),
    most: numberOf(body['max_output_tokens']),
    functions: tools
      .filter((tool) => tool['type'] === 'function')
      .map((tool) => ({ name: stringOf(tool['name']) ?? '', parameters: tool['parameters'] })),
    hosted: tools.filter((tool) => tool['type'] !== 'function').map((tool) => ({ kind: hostedOf(tool['type']), tool })),
    choosing: choosingOf(body['tool_choice'], tools),
    parallel: body['parallel_tool_calls'] !== false,
    format: formatOf(objectOf(objectOf(body['text'])['format'])),
    effort: stringOf(reasoning['effort']) ?? (isObject(body['reasoning']) || /^o\d/u.test(model) ? 'medium' : undefined),
    summary: typeof reasoning['generate_summary'] === 'string' || typeof reasoning['summary'] === 'string',
    include: stringsOf(body['include']),
    vectorStores: tools
      .filter((tool) => tool['type'] === 'file_search')
      .map((tool) => ({
        ids: stringsOf(tool['vector_store_ids']),
        most: numberOf(tool['max_num_results']) ?? 20,
        filters: tool['filters'],
        ranking_options: tool['ranking_options'],
      })),
  };
}

function inputItems(input: Json | undefined, around: Surroundings): Item[] {
  if (typeof input === 'string') return [messageItem({ role: 'user', content: input }, around.id('msg_'))];
  const items: Item[] = [];
  for (const entry of listFrom(input).filter(isObject)) {
    const item = itemOf(entry, around);
    // A client may send an item twice; in one list an id stands for one item.
    items.push(items.some((other) => other.id === item.id) ? { ...item, id: around.id(prefixOf(item)) } : item);
  }
  return items;
}

function itemOf(entry: JsonObject, around: Surroundings): Item {
  if (entry['type'] === 'item_reference') {
    const id = stringOf(entry['id']) ?? '';
    const stored = around.storedItem(id);
    if (stored) return stored;
    throw new Refusal(400, `Item with id '${id}' not found.`, { param: 'input', code: 'not_found' });
  }
  const id = stringOf(entry['id']) ?? around.id(prefixOf(entry));
  if (entry['type'] === undefined || entry['type'] === 'message') return messageItem(entry, id);
  return entry['type'] === 'reasoning' ? { ...entry, id } : { status: 'completed', ...entry, id };
}

function messageItem(message: JsonObject, id: string): Item {
  const content = message['content'];
  const kind = message['role'] === 'assistant' ? 'output_text' : 'input_text';
  const parts = typeof content === 'string' ? [{ type: kind, text: content }] : objectsOf(content);
  // An assistant's turn given back as plain input is an earlier output: its parts are those of one.
  const fitting = message['role'] === 'assistant' ? parts.map(outputPart) : parts;
  return { type: 'message', role: message['role'] ?? 'user', status: message['status'] ?? 'completed', content: fitting, id };
}

function outputPart(part: JsonObject): JsonObject {
  if (part['type'] === 'refusal' || Array.isArray(part['annotations'])) return part;
  return { type: 'output_text', text: stringOf(part['text']) ?? '', annotations: [] };
}

function prefixOf(item: JsonObject): string {
  return idPrefixes[stringOf(item['type']) ?? 'message'] ?? 'item_';
}

// An output names the call that it answers, made earlier in this input or in the turns before it.
function requireKnownCalls(input: readonly Item[], earlier: readonly JsonObject[]): void {
  const calls = new Set(earlier.map((item) => item['call_id']).filter((id) => id !== undefined));
  for (const item of input) {
    if (!isOutput(item)) {
      if (item['call_id'] !== undefined) calls.add(item['call_id']);
      continue;
    }
    if (calls.has(item['call_id'] ?? '')) continue;
    const what = String(item['type']).replace('_output', '').replaceAll('_', ' ');
    throw new Refusal(400, `No tool call found for ${what} output with call_id ${stringOf(item['call_id']) ?? ''}.`, { param: 'input' });
  }
}

function isOutput(item: JsonObject): boolean {
  return typeof item['type'] === 'string' && item['type'].endsWith('_call_output');
}

function toolAnswersOf(input: readonly Item[]): string[] {
  const lastOther = input.findLastIndex((item) => !isOutput(item));
  return input.slice(lastOther + 1).map((item) => stringOf(item['output']) ?? 'a screenshot');
}

function tokensOfItem(item: JsonObject): number {
  if (item['type'] === 'message') {
    const images = objectsOf(item['content']).filter((part) => part['type'] === 'input_image').length;
    return messageTokens(textOfContent(item['content'])) + images * 85;
  }
  return 3 + countTokens(`${stringOf(item['name']) ?? ''}${stringOf(item['arguments']) ?? ''}${stringOf(item['output']) ?? ''}`);
}

function toolTokens(tools: readonly JsonObject[]): number {
  return tools.reduce((sum, tool) => sum + countTokens(JSON.stringify(tool)), 0);
}

function hostedOf(type: Json | undefined): HostedTool {
  if (type === 'computer_use_preview') return 'computer';
  return typeof type === 'string' && type.startsWith('web_search') ? 'web_search' : String(type);
}

function choosingOf(choice: Json | undefined, tools: readonly JsonObject[]): ResponseRequest['choosing'] {
  if (isObject(choice)) {
    if (choice['type'] === 'function') return { name: stringOf(choice['name']) ?? '' };
    // "allowed_tools" narrows the tools and says in its mode how to choose among them.
    return choice['type'] === 'allowed_tools' ? choosingOf(choice['mode'], tools) : { hosted: hostedOf(choice['type']) };
  }
  if (choice === 'none' || choice === 'required' || choice === 'auto') return choice;
  return tools.length > 0 ? 'auto' : 'none';
}

/** The settings that a response repeats, with what was left out filled in. */
export function echoOf(body: JsonObject): JsonObject {
  const reasoning = isObject(body['reasoning']) ? body['reasoning'] : {};
  return defined({
    instructions: body['instructions'] ?? null,
    max_output_tokens: body['max_output_tokens'] ?? null,
    metadata: body['metadata'] ?? {},
    model: body['model'],
    parallel_tool_calls: body['parallel_tool_calls'] ?? true,
    previous_response_id: body['previous_response_id'] ?? null,
    reasoning: { effort: reasoning['effort'] ?? null, generate_summary: reasoning['generate_summary'] ?? null },
    store: body['store'] ?? true,
    temperature: body['temperature'] ?? 1,
    text: { ...objectOf(body['text']), format: objectOf(body['text'])['format'] ?? { type: 'text' } },
    tool_choice: body['tool_choice'] ?? 'auto',
    tools: objectsOf(body['tools']).map((tool) => (tool['type'] === 'function' ? { strict: true, ...tool } : tool)),
    top_p: body['top_p'] ?? 1,
    truncation: body['truncation'] ?? 'disabled',
    user: stringOf(body['user']),
  });
}
