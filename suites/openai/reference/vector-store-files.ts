import type { Json, ReferenceReply, ReferenceRequest } from 'assay/pack';
import { findFile } from './files.ts';
import { arrayOf, bodyOf, found, listOf, type MakeFamily, objectOf, ok, Refusal, removed, type Row, sentOf, type State } from './state.ts';
import { attachFile, countsOf, findStore, storeFilesOf } from './vector-stores.ts';

/** Files of vector stores, alone and in batches. */
export const vectorStoreFiles: MakeFamily = (state) => ({
  createVectorStoreFile: (request) => ok(attachFile(state, active(state, request).id, bodyOf(request))),
  listVectorStoreFiles: (request) => filtered(storeFilesOf(state, findStore(state, request).id).all(), request),
  getVectorStoreFile: (request) => ok(findStoreFile(state, request)),
  updateVectorStoreFileAttributes(request) {
    const file = findStoreFile(state, request);
    const attributes = bodyOf(request)['attributes'] ?? {};
    return ok(storeFilesOf(state, String(file['vector_store_id'])).put({ ...file, attributes }));
  },
  deleteVectorStoreFile(request) {
    const store = active(state, request);
    return removed(
      storeFilesOf(state, store.id),
      request.pathParameters['file_id'] ?? '',
      'vector_store.file.deleted',
      'vector store file',
    );
  },
  retrieveVectorStoreFileContent(request) {
    const file = findFile(state, findStoreFile(state, request).id, 'file_id');
    const text = new TextDecoder().decode(file.bytes);
    return ok({ object: 'vector_store.file_content.page', data: [{ type: 'text', text }], has_more: false, next_page: null });
  },

  createVectorStoreFileBatch(request) {
    const store = active(state, request);
    const body = bodyOf(request);
    const ids = [...new Set(arrayOf(body['file_ids']).map(String))];
    for (const id of ids) findFile(state, id, 'file_ids');
    const batch = {
      id: state.id('vsfb_'),
      object: 'vector_store.files_batch',
      created_at: state.now(),
      vector_store_id: store.id,
      file_ids: ids,
    };
    for (const id of ids) attachFile(state, store.id, { ...sentOf(body, ['chunking_strategy', 'attributes']), file_id: id });
    const counts = { in_progress: ids.length, completed: 0, failed: 0, cancelled: 0, total: ids.length };
    state.table(batchTable(store)).put({ ...batch, status: 'in_progress', file_counts: counts });
    return ok(shownBatch({ ...batch, status: 'in_progress', file_counts: counts }));
  },
  getVectorStoreFileBatch: (request) => ok(shownBatch(settled(state, request))),
  cancelVectorStoreFileBatch(request) {
    const batch = findBatch(state, request);
    if (batch['status'] !== 'in_progress') throw new Refusal(400, `Cannot cancel a file batch with status '${String(batch['status'])}'.`);
    const files = filesOf(state, batch).map((file) =>
      storeFilesOf(state, String(batch['vector_store_id'])).put({ ...file, status: 'cancelled' }),
    );
    const row = { ...batch, status: 'cancelled', file_counts: countsOf(files) };
    return ok(shownBatch(state.table(`vector_store_batches/${String(batch['vector_store_id'])}`).put(row)));
  },
  listFilesInVectorStoreBatch: (request) => filtered(filesOf(state, settled(state, request)), request),
});

/** The store in the path, which has just been used: its expiry moves. */
function active(state: State, request: ReferenceRequest): Row {
  return state.table('vector_stores').put({ ...findStore(state, request), last_active_at: state.now() });
}

function findStoreFile(state: State, request: ReferenceRequest): Row {
  const id = request.pathParameters['file_id'] ?? '';
  return found(storeFilesOf(state, findStore(state, request).id).get(id), 'vector store file', id, 'file_id');
}

function filtered(rows: readonly Row[], request: ReferenceRequest): ReferenceReply {
  const status = request.query['filter'];
  return listOf(status === undefined ? rows : rows.filter((row) => row['status'] === status), request.query);
}

function batchTable(store: Row): string {
  return `vector_store_batches/${store.id}`;
}

function findBatch(state: State, request: ReferenceRequest): Row {
  const id = request.pathParameters['batch_id'] ?? '';
  return found(state.table(batchTable(findStore(state, request))).get(id), 'file batch', id, 'batch_id');
}

/** A batch that was answered as in progress is done by the time somebody looks again. */
function settled(state: State, request: ReferenceRequest): Row {
  const batch = findBatch(state, request);
  if (batch['status'] !== 'in_progress') return batch;
  const row = { ...batch, status: 'completed', file_counts: countsOf(filesOf(state, batch)) };
  return state.table(`vector_store_batches/${String(batch['vector_store_id'])}`).put(row);
}

function filesOf(state: State, batch: Row): Row[] {
  const files = storeFilesOf(state, String(batch['vector_store_id']));
  return arrayOf(batch['file_ids'])
    .map((id) => files.get(String(id)))
    .filter((file) => file !== undefined);
}

function shownBatch(batch: Row): Json {
  const { file_ids: _, ...shown } = objectOf(batch);
  return shown;
}
