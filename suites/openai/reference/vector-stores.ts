import type { JsonObject, ReferenceRequest } from 'assay/pack';
import { findFile } from './files.ts';
import {
  arrayOf,
  bodyOf,
  found,
  given,
  listOf,
  type MakeFamily,
  objectOf,
  ok,
  removed,
  type Row,
  sentOf,
  type State,
  type Table,
} from './state.ts';

const day = 86_400;

/** Vector stores. Their files, batches of files and the search have a file of their own. */
export const vectorStores: MakeFamily = (state) => ({
  createVectorStore: (request) => ok(shownStore(state, makeVectorStore(state, bodyOf(request)))),
  listVectorStores: (request) =>
    listOf(
      state
        .table('vector_stores')
        .all()
        .map((store) => shownStore(state, store)),
      request.query,
    ),
  getVectorStore: (request) => ok(shownStore(state, findStore(state, request))),
  modifyVectorStore(request) {
    const body = bodyOf(request);
    const { expires_after: before, ...store } = findStore(state, request);
    const policy = Object.hasOwn(body, 'expires_after') ? body['expires_after'] : before;
    const metadata = Object.hasOwn(body, 'metadata') ? given(body, 'metadata', {}) : (store['metadata'] ?? {});
    const name = Object.hasOwn(body, 'name') ? given(body, 'name', '') : (store['name'] ?? '');
    const row = { ...store, id: store.id, name, metadata, last_active_at: state.now(), ...(policy && { expires_after: policy }) };
    return ok(shownStore(state, state.table('vector_stores').put(row)));
  },
  deleteVectorStore: (request) =>
    removed(state.table('vector_stores'), request.pathParameters['vector_store_id'] ?? '', 'vector_store.deleted', 'vector store'),
});

/** The files of one store, as vector store files. */
export function storeFilesOf(state: State, store: string): Table<Row> {
  return state.table(`vector_store_files/${store}`);
}

/** The store in the path, or the 404. */
export function findStore(state: State, request: ReferenceRequest): Row {
  const id = request.pathParameters['vector_store_id'] ?? '';
  return found(state.table('vector_stores').get(id), 'vector store', id, 'vector_store_id');
}

/** Makes a store with its first files; also what the `vector_stores` helper of assistants and threads does. */
export function makeVectorStore(state: State, body: JsonObject): Row {
  for (const id of arrayOf(body['file_ids'])) findFile(state, String(id), 'file_ids');
  const now = state.now();
  const store = state.table('vector_stores').put({
    id: state.id('vs_'),
    object: 'vector_store',
    created_at: now,
    name: given(body, 'name', ''),
    last_active_at: now,
    metadata: given(body, 'metadata', {}),
    ...(given(body, 'expires_after', null) !== null && sentOf(body, ['expires_after'])),
  });
  for (const id of arrayOf(body['file_ids'])) attachFile(state, store.id, { ...sentOf(body, ['chunking_strategy']), file_id: id });
  return store;
}

/** Puts a file into a store; it is ready at once. */
export function attachFile(state: State, store: string, body: JsonObject): Row {
  const file = findFile(state, String(body['file_id']), 'file_id');
  const strategy = objectOf(body['chunking_strategy']);
  const chunks = strategy['type'] === 'static' ? strategy['static'] : undefined;
  const attached = storeFilesOf(state, store).get(file.id);
  return storeFilesOf(state, store).put({
    id: file.id,
    object: 'vector_store.file',
    usage_bytes: file.bytes.byteLength,
    // Attached again, a file keeps its place in the list.
    created_at: attached?.['created_at'] ?? state.now(),
    vector_store_id: store,
    status: 'completed',
    last_error: null,
    chunking_strategy: { type: 'static', static: chunks ?? { max_chunk_size_tokens: 800, chunk_overlap_tokens: 400 } },
    attributes: given(body, 'attributes', {}),
  });
}

/** How many files are in each state. */
export function countsOf(files: readonly Row[]): JsonObject {
  const count = (status: string): number => files.filter((file) => file['status'] === status).length;
  return {
    in_progress: count('in_progress'),
    completed: count('completed'),
    failed: count('failed'),
    cancelled: count('cancelled'),
    total: files.length,
  };
}

/** The store with what follows from its files and its expiry policy. */
function shownStore(state: State, store: Row): Row {
  const files = storeFilesOf(state, store.id).all();
  const days = objectOf(store['expires_after'])['days'];
  const expiresAt = typeof days === 'number' ? Number(store['last_active_at']) + days * day : null;
  const counts = countsOf(files);
  return {
    ...store,
    usage_bytes: files.reduce((sum, file) => sum + Number(file['usage_bytes']), 0),
    file_counts: counts,
    status: expiresAt !== null && expiresAt <= state.now() ? 'expired' : counts['in_progress'] === 0 ? 'completed' : 'in_progress',
    expires_at: expiresAt,
  };
}
