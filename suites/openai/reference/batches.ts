import type { JsonObject, ReferenceRequest } from 'assay/pack';
import { findFile, linesOf, storeFile } from './files.ts';
import { bodyOf, found, given, listOf, type MakeFamily, objectOf, ok, Refusal, type Row, type State, textOf } from './state.ts';

const day = 86_400;
const maxLines = 50_000;

// Which operation answers the lines of an endpoint.
const operations: Readonly<Record<string, string>> = {
  '/v1/chat/completions': 'createChatCompletion',
  '/v1/completions': 'createCompletion',
  '/v1/embeddings': 'createEmbedding',
  '/v1/responses': 'createResponse',
};

/**
 * Batches: validated and run when somebody asks for the one again after its creation. A list shows them as they are: it
 * would end under the hands of another client what that is about to cancel.
 */
export const batches: MakeFamily = (state) => ({
  createBatch(request) {
    const body = bodyOf(request);
    const file = findFile(state, textOf(body['input_file_id']), 'input_file_id');
    if (file.row['purpose'] !== 'batch') {
      throw new Refusal(400, `The input file must have purpose 'batch'.`, { param: 'input_file_id', code: 'invalid_file_purpose' });
    }
    const now = state.now();
    const row = {
      id: state.id('batch_'),
      object: 'batch',
      endpoint: textOf(body['endpoint']),
      input_file_id: file.id,
      completion_window: textOf(body['completion_window']),
      status: 'validating',
      created_at: now,
      expires_at: now + day,
      request_counts: { total: 0, completed: 0, failed: 0 },
      metadata: given(body, 'metadata', {}),
    };
    return ok(state.table('batches').put(row));
  },
  listBatches: (request) => listOf(state.table('batches').all(), request.query),
  retrieveBatch: (request) => ok(settle(state, findBatch(state, request))),
  cancelBatch(request) {
    const batch = findBatch(state, request);
    const status = String(batch['status']);
    if (!['validating', 'in_progress', 'finalizing'].includes(status)) {
      throw new Refusal(409, `Cannot cancel a batch with status '${status}'.`, { code: 'invalid_batch_status' });
    }
    return ok(state.table('batches').put({ ...batch, status: 'cancelling', cancelling_at: state.now() }));
  },
});

function findBatch(state: State, request: ReferenceRequest): Row {
  const id = request.pathParameters['batch_id'] ?? '';
  return found(state.table('batches').get(id), 'batch', id, 'batch_id');
}

function settle(state: State, batch: Row): Row {
  const now = state.now();
  const put = (change: JsonObject): Row => state.table('batches').put({ ...batch, ...change });
  if (batch['status'] === 'cancelling') return put({ status: 'cancelled', cancelled_at: now });
  if (batch['status'] !== 'validating') return batch;
  const { lines, error } = validate(state, batch);
  if (error) return put({ status: 'failed', failed_at: now, errors: { object: 'list', data: [error] } });
  const done = lines.map((line) => run(state, textOf(batch['endpoint']), line));
  const succeeded = done.filter((line) => line.status < 400).map((line) => line.output);
  const failed = done.filter((line) => line.status >= 400).map((line) => line.output);
  return put({
    status: 'completed',
    in_progress_at: now,
    finalizing_at: now,
    completed_at: now,
    request_counts: { total: done.length, completed: succeeded.length, failed: failed.length },
    ...(succeeded.length > 0 && { output_file_id: outputFile(state, `${batch.id}_output.jsonl`, succeeded) }),
    ...(failed.length > 0 && { error_file_id: outputFile(state, `${batch.id}_error.jsonl`, failed) }),
  });
}

type Validated = { readonly lines: readonly JsonObject[]; readonly error?: JsonObject };

function validate(state: State, batch: Row): Validated {
  const broken = (code: string, message: string, line: number | null, param: string | null = null): Validated => ({
    lines: [],
    error: { code, message, line, param },
  });
  const file = state.table<ReturnType<typeof findFile>>('files').get(textOf(batch['input_file_id']));
  if (!file) return broken('file_not_found', 'The input file is gone.', null, 'input_file_id');
  const read = linesOf(file);
  if ('brokenLine' in read) return broken('invalid_json_line', 'This line is not a JSON object.', read.brokenLine);
  if (read.lines.length === 0) return broken('empty_file', 'The input file has no requests.', null);
  if (read.lines.length > maxLines) return broken('too_many_requests', `The input file has more than ${maxLines} requests.`, null);
  const ids = new Set<string>();
  for (const [index, line] of read.lines.entries()) {
    const id = textOf(line['custom_id']);
    if (id === '') return broken('missing_required_parameter', `'custom_id' is missing.`, index + 1, 'custom_id');
    if (ids.has(id)) return broken('duplicate_custom_id', `The custom_id '${id}' occurs more than once.`, index + 1, 'custom_id');
    ids.add(id);
    if (line['method'] !== 'POST') return broken('invalid_method', `'method' must be POST.`, index + 1, 'method');
    if (line['url'] !== batch['endpoint']) return broken('mismatched_url', `'url' must be ${String(batch['endpoint'])}.`, index + 1, 'url');
  }
  return { lines: read.lines };
}

function run(state: State, endpoint: string, line: JsonObject): { readonly status: number; readonly output: JsonObject } {
  const reply = state.call(operations[endpoint] ?? '', { ...objectOf(line['body']), stream: false });
  const response = { status_code: reply.status, request_id: state.id('req_'), body: reply.json ?? {} };
  const output = { id: state.id('batch_req_'), custom_id: textOf(line['custom_id']), response, error: null };
  return { status: reply.status, output };
}

function outputFile(state: State, filename: string, lines: readonly JsonObject[]): string {
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  return storeFile(state, { filename, purpose: 'batch_output', bytes: Buffer.from(text) }).id;
}
