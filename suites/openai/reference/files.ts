import type { ReferenceRequest } from 'assay/pack';
import { bodyOf, found, listOf, type MakeFamily, objectOf, ok, Refusal, type Row, type State, type StoredFile, textOf } from './state.ts';

/** Files: uploaded as multipart, listed, read, downloaded byte for byte, deleted. */
export const files: MakeFamily = (state) => {
  const table = state.table<StoredFile>('files');
  const get = (request: ReferenceRequest): StoredFile => findFile(state, request.pathParameters['file_id'] ?? '', 'file_id');
  return {
    createFile(request) {
      const file = request.files.get('file')?.[0];
      if (!file) throw new Refusal(400, `'file' is not a file part.`, { param: 'file', code: 'invalid_value' });
      const purpose = textOf(bodyOf(request)['purpose']);
      return ok(storeFile(state, { filename: file.filename, purpose, bytes: file.bytes }).row);
    },
    listFiles(request) {
      const purpose = request.query['purpose'];
      const rows = table.all().map((file) => file.row);
      return listOf(purpose === undefined ? rows : rows.filter((row) => row['purpose'] === purpose), request.query, {
        defaultLimit: 10_000,
      });
    },
    retrieveFile: (request) => ok(get(request).row),
    downloadFile: (request) => ({ status: 200, bytes: get(request).bytes, mediaType: 'application/octet-stream' }),
    deleteFile(request) {
      const { id } = get(request);
      table.remove(id);
      for (const store of state.table('vector_stores').all()) state.table(`vector_store_files/${store.id}`).remove(id);
      // Unlike all other deletions this one keeps the word of the object.
      return ok({ id, object: 'file', deleted: true });
    },
  };
};

/** The file, or the 404. */
export function findFile(state: State, id: string, param: string): StoredFile {
  return found(state.table<StoredFile>('files').get(id), 'file', id, param);
}

/** Makes a file of bytes; used by uploads, batches and fine-tuning jobs as well. */
export function storeFile(
  state: State,
  file: { readonly filename: string; readonly purpose: string; readonly bytes: Uint8Array },
): StoredFile {
  const id = state.id('file-');
  const row: Row = {
    id,
    object: 'file',
    bytes: file.bytes.byteLength,
    created_at: state.now(),
    filename: file.filename,
    purpose: file.purpose,
    status: 'processed',
  };
  return state.table<StoredFile>('files').put({ id, row, bytes: file.bytes });
}

/** The objects of a JSONL file, or the number of the first line that is none. */
export function linesOf(file: StoredFile): { readonly lines: ReturnType<typeof objectOf>[] } | { readonly brokenLine: number } {
  const text = new TextDecoder().decode(file.bytes);
  const lines = [];
  for (const [index, line] of text.split(/\r?\n/u).entries()) {
    if (line.trim() === '') continue;
    try {
      const value: unknown = JSON.parse(line);
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return { brokenLine: index + 1 };
      lines.push(objectOf(value as Row));
    } catch {
      return { brokenLine: index + 1 };
    }
  }
  return { lines };
}
