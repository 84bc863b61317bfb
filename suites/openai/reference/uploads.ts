import { createHash } from 'node:crypto';
import type { ReferenceRequest } from 'assay/pack';
import { storeFile } from './files.ts';
import { arrayOf, bodyOf, found, type MakeFamily, ok, Refusal, type Row, type State, textOf } from './state.ts';

interface StoredPart {
  readonly id: string;
  readonly bytes: Uint8Array;
}

const lifetime = 3600;
const maxBytes = 8 * 2 ** 30;

/** Uploads: announced, filled with parts, completed to a file or cancelled. */
export const uploads: MakeFamily = (state) => ({
  createUpload(request) {
    const body = bodyOf(request);
    const bytes = Number(body['bytes']);
    if (bytes < 0 || bytes > maxBytes)
      throw new Refusal(400, `'bytes' must be between 0 and ${maxBytes}.`, { param: 'bytes', code: 'invalid_value' });
    const now = state.now();
    const row = {
      id: state.id('upload_'),
      object: 'upload',
      bytes,
      created_at: now,
      filename: textOf(body['filename']),
      purpose: textOf(body['purpose']),
      status: 'pending',
      expires_at: now + lifetime,
    };
    return ok(state.table('uploads').put(row));
  },
  addUploadPart(request) {
    const upload = pending(state, request);
    const data = request.files.get('data')?.[0];
    if (!data) throw new Refusal(400, `'data' is not a file part.`, { param: 'data', code: 'invalid_value' });
    const part = partsOf(state, upload).put({ id: state.id('part_'), bytes: data.bytes });
    return ok({ id: part.id, object: 'upload.part', created_at: state.now(), upload_id: upload.id });
  },
  completeUpload(request) {
    const upload = pending(state, request);
    const body = bodyOf(request);
    const parts = arrayOf(body['part_ids']).map((id) => found(partsOf(state, upload).get(String(id)), 'part', String(id), 'part_ids'));
    const bytes = Buffer.concat(parts.map((part) => part.bytes));
    if (bytes.byteLength !== upload['bytes']) {
      throw new Refusal(400, `Expected ${String(upload['bytes'])} bytes, got ${bytes.byteLength}.`, {
        param: 'part_ids',
        code: 'invalid_value',
      });
    }
    checkMd5(textOf(body['md5']), bytes);
    const file = storeFile(state, { filename: textOf(upload['filename']), purpose: textOf(upload['purpose']), bytes });
    return ok(state.table('uploads').put({ ...upload, status: 'completed', file: file.row }));
  },
  cancelUpload: (request) => ok(state.table('uploads').put({ ...pending(state, request), status: 'cancelled' })),
});

function partsOf(state: State, upload: Row) {
  return state.table<StoredPart>(`upload_parts/${upload.id}`);
}

/** The upload in the path, as long as it takes parts. */
function pending(state: State, request: ReferenceRequest): Row {
  const id = request.pathParameters['upload_id'] ?? '';
  const upload = found(state.table('uploads').get(id), 'upload', id, 'upload_id');
  const expired = upload['status'] === 'pending' && Number(upload['expires_at']) <= state.now();
  const row = expired ? state.table('uploads').put({ ...upload, status: 'expired' }) : upload;
  if (row['status'] === 'pending') return row;
  throw new Refusal(400, `Upload has status '${String(row['status'])}'.`, { code: 'invalid_upload_status' });
}

// The document does not say how a checksum is written: hexadecimal digits and base64 are both read.
function checkMd5(md5: string, bytes: Uint8Array): void {
  if (md5 === '') return;
  const hash = createHash('md5').update(bytes).digest();
  if (md5.toLowerCase() === hash.toString('hex') || md5 === hash.toString('base64')) return;
  throw new Refusal(400, `The md5 checksum does not match the content.`, { param: 'md5', code: 'invalid_value' });
}
