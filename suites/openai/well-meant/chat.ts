import type { Json } from 'assay/pack';
import { distinctId, functionParameters, has, membersOf, makeDistinct, type Members, objectsIn } from './json.ts';

/** Makes a chat request one that holds together: calls are answered, options come with what they need. */
export function repairChat(body: Members): void {
  repairOptions(body);
  repairTools(body);
  repairFunctions(body);
  if (Array.isArray(body['messages'])) body['messages'] = repairMessages(objectsIn(body['messages']), wantsJson(body));
}

function repairOptions(body: Members): void {
  if (has(body, 'top_logprobs')) body['logprobs'] = true;
  if (body['stream'] !== true && body['stream_options'] !== null) delete body['stream_options'];
  if (has(body, 'max_completion_tokens')) delete body['max_tokens'];
  if (Object.keys(membersOf(body['metadata']) ?? {}).length > 0) body['store'] = true;
  const { modalities } = body;
  if (Array.isArray(modalities) && modalities.includes('audio')) {
    body['modalities'] = modalities.includes('text') ? modalities : [...modalities, 'text'];
    if (!has(body, 'audio')) body['audio'] = { voice: 'alloy', format: 'wav' };
  } else if (has(body, 'audio')) {
    body['modalities'] = ['text', 'audio'];
  }
  // What a prediction can be combined with is little: it goes where anything else of this list was asked for.
  const excluded = ['logprobs', 'max_completion_tokens', 'tools', 'audio'].some((name) => has(body, name));
  if (has(body, 'prediction') && (excluded || (typeof body['n'] === 'number' && body['n'] > 1))) delete body['prediction'];
}

function repairTools(body: Members): void {
  if (!has(body, 'tools') && (has(body, 'tool_choice') || has(body, 'parallel_tool_calls'))) body['tools'] = [functionTool('look_up')];
  const functions = objectsIn(body['tools'])
    .map((tool) => membersOf(tool['function']))
    .filter((one) => one !== undefined);
  makeDistinct(functions);
  const chosen = membersOf(membersOf(body['tool_choice'])?.['function']);
  const [first] = functions;
  if (first && typeof chosen?.['name'] === 'string' && !functions.some((one) => one['name'] === chosen['name']))
    first['name'] = chosen['name'];
}

function repairFunctions(body: Members): void {
  if (has(body, 'tools')) {
    delete body['functions'];
    delete body['function_call'];
    return;
  }
  const functions = objectsIn(body['functions']);
  makeDistinct(functions);
  if (body['function_call'] !== undefined && functions.length === 0) {
    body['functions'] = [{ name: 'look_up', parameters: functionParameters }];
  }
  const call = membersOf(body['function_call']);
  const [first] = objectsIn(body['functions']);
  if (first && typeof call?.['name'] === 'string' && !functions.some((one) => one['name'] === call['name'])) first['name'] = call['name'];
}

function functionTool(name: string): Json {
  return { type: 'function', function: { name, description: 'Looks a word up', parameters: functionParameters } };
}

function wantsJson(body: Members): boolean {
  return membersOf(body['response_format'])?.['type'] === 'json_object';
}

/** Every tool message answers a call of the assistant message before it, and every call is answered. */
function repairMessages(messages: readonly Members[], json: boolean): Json {
  const repaired: Members[] = [];
  const known = new Set<string>();
  let waiting: string[] = [];
  const answerAll = (): void => {
    for (const id of waiting) repaired.push({ role: 'tool', tool_call_id: id, content: 'done' });
    waiting = [];
  };
  for (const message of messages) {
    if (message['role'] === 'tool') {
      if (waiting.length === 0) {
        waiting = [distinctId(message['tool_call_id'], known)];
        repaired.push({ role: 'assistant', tool_calls: waiting.map((id) => toolCall(id)) });
      }
      repaired.push({ ...message, tool_call_id: waiting.shift() ?? '' });
      continue;
    }
    answerAll();
    if (message['role'] === 'assistant') repairAssistant(message);
    for (const call of objectsIn(message['tool_calls'])) {
      call['id'] = distinctId(call['id'], known);
      waiting.push(call['id']);
    }
    repaired.push(message);
  }
  answerAll();
  // The service refuses JSON mode unless some message speaks of JSON.
  const spoken = repaired.some((message) => JSON.stringify(message['content'] ?? '').includes('JSON'));
  if (json && !spoken) repaired.push({ role: 'user', content: 'Answer in JSON.' });
  return repaired;
}

function toolCall(id: string): Json {
  return { id, type: 'function', function: { name: 'look_up', arguments: '{"word":"assay"}' } };
}

function repairAssistant(message: Members): void {
  if (has(message, 'tool_calls')) delete message['function_call'];
  const { content } = message;
  if (Array.isArray(content)) {
    const parts = objectsIn(content);
    const texts = parts.filter((part) => part['type'] === 'text');
    message['content'] = texts.length > 0 ? texts : parts.slice(0, 1);
  }
  const says = has(message, 'content') || has(message, 'tool_calls') || has(message, 'function_call');
  if (!says) message['content'] = 'Hello';
}
