import type { Json, JsonObject } from 'assay/pack';
import {
  arrayOf,
  bodyOf,
  found,
  given,
  listOf,
  type MakeFamily,
  objectOf,
  ok,
  Refusal,
  removed,
  type Row,
  sentOf,
  type State,
} from './state.ts';
import { makeVectorStore } from './vector-stores.ts';

/** Assistants: created, read, listed, modified, deleted. */
export const assistants: MakeFamily = (state) => {
  const table = state.table('assistants');
  const get = (id: string | undefined): Row => findAssistant(state, id ?? '');
  return {
    createAssistant(request) {
      const body = bodyOf(request);
      const row = {
        id: state.id('asst_'),
        object: 'assistant',
        created_at: state.now(),
        name: given(body, 'name', null),
        description: given(body, 'description', null),
        model: body['model'] ?? '',
        instructions: given(body, 'instructions', null),
        tools: given(body, 'tools', []),
        tool_resources: toolResourcesOf(state, body['tool_resources']),
        metadata: given(body, 'metadata', {}),
        temperature: given(body, 'temperature', 1),
        top_p: given(body, 'top_p', 1),
        response_format: given(body, 'response_format', 'auto'),
        ...sentOf(body, ['reasoning_effort']),
      };
      return ok(table.put(row));
    },
    listAssistants: (request) => listOf(table.all(), request.query),
    getAssistant: (request) => ok(get(request.pathParameters['assistant_id'])),
    modifyAssistant(request) {
      const body = bodyOf(request);
      const row = get(request.pathParameters['assistant_id']);
      const plain = ['model', 'name', 'description', 'instructions', 'tools', 'metadata', 'temperature', 'top_p', 'reasoning_effort'];
      const resources = Object.hasOwn(body, 'tool_resources') && {
        tool_resources: { ...objectOf(row['tool_resources']), ...toolResourcesOf(state, body['tool_resources']) },
      };
      const changed: Row = {
        ...row,
        ...sentOf(body, plain),
        ...resources,
        response_format: given(body, 'response_format', row['response_format'] ?? 'auto'),
      };
      return ok(table.put({ ...changed, metadata: changed['metadata'] ?? {} }));
    },
    deleteAssistant: (request) => removed(table, request.pathParameters['assistant_id'] ?? '', 'assistant.deleted', 'assistant'),
  };
};

/** The assistant, or the 404. */
export function findAssistant(state: State, id: string): Row {
  return found(state.table('assistants').get(id), 'assistant', id, 'assistant_id');
}

/** Resources as an object reports them: every id is checked, and the `vector_stores` helper has become a store of its own. */
export function toolResourcesOf(state: State, sent: Json | undefined): JsonObject {
  const resources = objectOf(sent);
  const code = objectOf(resources['code_interpreter']);
  const search = objectOf(resources['file_search']);
  for (const id of arrayOf(code['file_ids'])) known(state, 'files', id, 'tool_resources.code_interpreter.file_ids');
  for (const id of arrayOf(search['vector_store_ids'])) known(state, 'vector_stores', id, 'tool_resources.file_search.vector_store_ids');
  const helped = arrayOf(search['vector_stores']).map((store) => makeVectorStore(state, objectOf(store)).id);
  return {
    ...(resources['code_interpreter'] !== undefined && { code_interpreter: { file_ids: arrayOf(code['file_ids']) } }),
    ...(resources['file_search'] !== undefined && {
      file_search: { vector_store_ids: [...arrayOf(search['vector_store_ids']), ...helped] },
    }),
  };
}

function known(state: State, table: string, id: Json, param: string): void {
  if (typeof id === 'string' && state.table(table).get(id) !== undefined) return;
  throw new Refusal(404, `No object found with id '${String(id)}'.`, { param, code: 'not_found' });
}
