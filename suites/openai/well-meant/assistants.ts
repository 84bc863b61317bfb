import type { Json } from 'assay/pack';
import { functionParameters, has, membersOf, makeDistinct, type Members, objectsIn } from './json.ts';

/** Tools, tool resources, chosen tools and attached messages of assistants, threads and runs. */
export function repairAssistants(body: Members): void {
  repairTools(body);
  repairResources(body['tool_resources']);
  repairMessages(body['additional_messages']);
  repairMessages(body['messages']);
  repairMessage(body);
  const thread = membersOf(body['thread']);
  const truncation = membersOf(body['truncation_strategy']);
  if (thread) {
    repairResources(thread['tool_resources']);
    repairMessages(thread['messages']);
  }
  if (truncation?.['type'] === 'last_messages' && !has(truncation, 'last_messages')) truncation['last_messages'] = 1;
}

function repairTools(body: Members): void {
  const choice = membersOf(body['tool_choice']);
  const type = choice ? choice['type'] : body['tool_choice'] === 'required' ? 'function' : undefined;
  if (type !== undefined) {
    const tools = objectsIn(body['tools']);
    if (!tools.some((tool) => tool['type'] === type)) {
      tools.push(type === 'function' ? { type, function: { name: 'look_up', parameters: functionParameters } } : { type });
    }
    body['tools'] = tools;
  }
  const functions = objectsIn(body['tools'])
    .map((tool) => membersOf(tool['function']))
    .filter((one) => one !== undefined);
  makeDistinct(functions);
  if (!choice || type !== 'function') return;
  const name = membersOf(choice['function'])?.['name'] ?? 'look_up';
  choice['function'] = { name };
  const [first] = functions;
  if (first && !functions.some((one) => one['name'] === name)) first['name'] = name;
}

function repairResources(resources: unknown): void {
  const search = membersOf(membersOf(resources)?.['file_search']);
  if (!search) return;
  // Stores are either named or made on the way.
  if (Object.hasOwn(search, 'vector_store_ids')) delete search['vector_stores'];
  for (const store of objectsIn(search['vector_stores'])) repairChunking(store);
}

/** Chunks are at least twice as long as what they share with the next one. */
export function repairChunking(body: Members): void {
  const chunks = membersOf(membersOf(body['chunking_strategy'])?.['static']);
  if (!chunks) return;
  const { max_chunk_size_tokens: size, chunk_overlap_tokens: overlap } = chunks;
  if (typeof size !== 'number' || typeof overlap !== 'number') return;
  if (overlap * 2 > size) chunks['max_chunk_size_tokens'] = Math.min(4096, overlap * 2);
}

function repairMessages(messages: Json | undefined): void {
  for (const message of objectsIn(messages)) repairMessage(message);
}

function repairMessage(message: Members): void {
  for (const attachment of objectsIn(message['attachments'])) {
    attachment['file_id'] ??= 'file-assaysample1';
    if (objectsIn(attachment['tools']).length === 0) attachment['tools'] = [{ type: 'file_search' }];
  }
}

/** All calls of a run are answered at once, each once; the run of a set-up waits for one. */
export function repairToolOutputs(body: Members): void {
  const [first] = objectsIn(body['tool_outputs']);
  body['tool_outputs'] = [{ output: 'done', ...first, tool_call_id: 'call_assaysample1' }];
}
