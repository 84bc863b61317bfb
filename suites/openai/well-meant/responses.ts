import type { Json } from 'assay/pack';
import { distinctId, functionParameters, has, membersOf, makeDistinct, type Members, objectsIn } from './json.ts';

const answers: ReadonlyMap<string, string> = new Map([
  ['function_call_output', 'function_call'],
  ['computer_call_output', 'computer_call'],
]);

/** Makes a request to create a response one that holds together. */
export function repairResponse(body: Members): void {
  if (typeof body['max_output_tokens'] === 'number' && body['max_output_tokens'] < 16) body['max_output_tokens'] = 16;
  repairTools(body);
  if (Array.isArray(body['input'])) body['input'] = repairItems(objectsIn(body['input']), wantsJson(body));
  else if (wantsJson(body)) body['input'] = 'Answer in JSON.';
}

function wantsJson(body: Members): boolean {
  return membersOf(membersOf(body['text'])?.['format'])?.['type'] === 'json_object';
}

function repairTools(body: Members): void {
  const choice = membersOf(body['tool_choice']);
  if (body['tool_choice'] === 'required' && objectsIn(body['tools']).length === 0) body['tools'] = [functionTool()];
  if (choice) {
    const wanted = String(choice['type']).replace(/_preview.*$/, '');
    const tools = objectsIn(body['tools']);
    if (!tools.some((tool) => String(tool['type']).startsWith(wanted))) tools.push(toolOf(String(choice['type'])));
    body['tools'] = tools;
    const called = tools.filter((tool) => tool['type'] === 'function');
    const [first] = called;
    if (first && typeof choice['name'] === 'string' && !called.some((tool) => tool['name'] === choice['name']))
      first['name'] = choice['name'];
  }
  const tools = objectsIn(body['tools']);
  makeDistinct(tools);
  for (const tool of tools)
    if (Array.isArray(tool['vector_store_ids']) && tool['vector_store_ids'].length === 0) tool['vector_store_ids'] = ['vs_assaysample1'];
  if (tools.some((tool) => String(tool['type']).startsWith('computer_use'))) body['truncation'] = 'auto';
}

function functionTool(): Members {
  return { type: 'function', name: 'look_up', parameters: functionParameters, strict: true };
}

function toolOf(type: string): Members {
  if (type === 'file_search') return { type, vector_store_ids: ['vs_assaysample1'] };
  if (type.startsWith('web_search')) return { type };
  if (type.startsWith('computer_use')) return { type, display_width: 1024, display_height: 768, environment: 'browser' };
  return functionTool();
}

/** Every output answers a call that stands before it, and every call is answered. */
function repairItems(items: readonly Members[], json: boolean): Json {
  const repaired: Members[] = [];
  const waiting: Members[] = [];
  const known = new Set<string>();
  for (const item of items) {
    const { type } = item;
    repairContent(item);
    const answered = typeof type === 'string' ? answers.get(type) : undefined;
    if (answered !== undefined) {
      const at = waiting.findIndex((call) => call['type'] === answered);
      const [call] = at === -1 ? [callOf(answered, distinctId(item['call_id'], known))] : waiting.splice(at, 1);
      if (at === -1 && call) repaired.push(call);
      item['call_id'] = call?.['call_id'] ?? '';
    }
    if (type === 'function_call' || type === 'computer_call') {
      item['call_id'] = distinctId(item['call_id'], known);
      waiting.push(item);
    }
    repaired.push(item);
  }
  for (const call of waiting) repaired.push(outputOf(call));
  const spoken = repaired.some((item) => JSON.stringify(item['content'] ?? '').includes('JSON'));
  if (json && !spoken) repaired.push({ role: 'user', content: 'Answer in JSON.' });
  return repaired;
}

function callOf(type: string, id: string): Members {
  return type === 'function_call' ? functionCall(id) : computerCall(id);
}

/** An image or a file in a message says where it is. */
function repairContent(item: Members): void {
  for (const part of objectsIn(item['content'])) {
    if (part['type'] === 'input_image' && !has(part, 'file_id') && !has(part, 'image_url')) part['file_id'] = 'file-assaysample2';
    if (part['type'] !== 'input_file') continue;
    if (!has(part, 'file_id') && !has(part, 'file_data')) part['file_id'] = 'file-assaysample1';
    if (has(part, 'file_data')) part['filename'] ??= 'page.pdf';
  }
}

function functionCall(id: string): Members {
  return { type: 'function_call', call_id: id, name: 'look_up', arguments: '{"word":"assay"}' };
}

function computerCall(id: string): Members {
  return {
    type: 'computer_call',
    id: 'cu_assay0',
    call_id: id,
    action: { type: 'screenshot' },
    pending_safety_checks: [],
    status: 'completed',
  };
}

function outputOf(call: Members): Members {
  const id = call['call_id'] ?? '';
  if (call['type'] === 'function_call') return { type: 'function_call_output', call_id: id, output: 'done' };
  return { type: 'computer_call_output', call_id: id, output: { type: 'computer_screenshot', file_id: 'file-assaysample2' } };
}
