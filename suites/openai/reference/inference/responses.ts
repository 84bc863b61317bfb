import type { Json, JsonObject, ReferenceReply, ReferenceRequest } from 'assay/pack';
import { bodyOf, found, listOf, type MakeFamily, ok, Refusal, type Row, type State } from '../state.ts';
import { failure } from './chat.ts';
import { defined, isObject, objectOf, objectsOf, stringOf, stringsOf } from './json.ts';
import { requireModel } from './models.ts';
import { type FoundFile, type Output, outputOf } from './response-output.ts';
import { echoOf, type Item, readResponseRequest, type ResponseRequest } from './response-request.ts';
import { responseEvents } from './response-stream.ts';

/** Tokens that fit into the context of every model here. */
const contextWindow = 128_000;

/** Makes responses, and keeps them unless they were not to be stored. */
export const responses: MakeFamily = (state) => {
  const stored = state.table('responses');
  const items = state.table('response_items');
  const edition = { numbered: numbersEvents(state) };
  const maker = {
    id: (prefix: string) => state.id(prefix),
    search: (request: ResponseRequest) => filesFound(state, request),
    summaries: hasSchema(state, 'ResponseReasoningSummaryTextDeltaEvent'),
    searchActions: edition.numbered,
  };

  return {
    createResponse: (request): ReferenceReply => {
      const body = bodyOf(request);
      requireModel(state, stringOf(body['model']) ?? '', 400);
      const asked = readResponseRequest(body, {
        id: maker.id,
        earlier: turnsBefore(stringOf(body['previous_response_id'])),
        storedItem: (id) => items.get(id),
      });
      if (asked.inputTokens > contextWindow && body['truncation'] !== 'auto') {
        const message = `Your input exceeds the context window of this model: ${asked.inputTokens} of ${contextWindow} tokens.`;
        throw new Refusal(400, message, { param: 'input', code: 'context_length_exceeded' });
      }
      const response = responseOf(body, outputOf(asked, maker), state);
      if (body['store'] !== false) keep(response, asked);
      const shown = including(response, asked.include);
      return body['stream'] === true ? { status: 200, events: responseEvents(shown, edition) } : ok(shown);
    },
    getResponse: (request) => ok(including(rowOf(request), stringsOf(request.query['include'] ?? request.query['include[]']))),
    deleteResponse: (request) => {
      const { id } = rowOf(request);
      stored.remove(id);
      return declaresBody(request) ? ok({ id, object: 'response', deleted: true }) : { status: 200 };
    },
    listInputItems: (request) => listOf(state.table(`response_input/${rowOf(request).id}`).all(), request.query, { order: 'asc' }),
  };

  function rowOf(request: ReferenceRequest): Row {
    const id = request.pathParameters['response_id'] ?? '';
    return found(stored.get(id), 'response', id, 'response_id');
  }

  function turnsBefore(previous: string | undefined): JsonObject[] {
    if (previous === undefined) return [];
    const row = stored.get(previous);
    if (!row) {
      const more = { param: 'previous_response_id', code: 'previous_response_not_found' };
      throw new Refusal(400, `Previous response with id '${previous}' not found.`, more);
    }
    const input = state.table(`response_context/${previous}`).all();
    return [...turnsBefore(stringOf(row['previous_response_id'])), ...input, ...objectsOf(row['output'])];
  }

  function keep(response: Row, asked: ResponseRequest): void {
    stored.put(response);
    for (const item of asked.input) {
      state.table(`response_context/${response.id}`).put(item);
      // The list of input items has no place for reasoning.
      if (item['type'] !== 'reasoning') state.table(`response_input/${response.id}`).put(item);
    }
    for (const item of [...asked.input, ...(objectsOf(response['output']) as Item[])]) items.put(item);
  }
};

function responseOf(body: JsonObject, output: Output, state: State): Row {
  return {
    id: state.id('resp_', 32),
    ...defined({
      object: 'response',
      created_at: state.now(),
      status: output.status,
      error: output.status === 'failed' ? { code: 'server_error', message: failure.message } : null,
      incomplete_details: output.reason === undefined ? null : { reason: output.reason },
      ...echoOf(body),
      output: output.items,
      usage: output.usage,
    }),
  };
}

/** The response as it is shown: results of a file search only where they were asked for. */
function including(response: JsonObject, include: readonly string[]): JsonObject {
  if (include.includes('file_search_call.results')) return response;
  const output = objectsOf(response['output']).map((item) => (item['type'] === 'file_search_call' ? { ...item, results: null } : item));
  return { ...response, output };
}

// The published document gives the answer of a delete no body; the service sends one, and a corrected document says so.
function declaresBody(request: ReferenceRequest): boolean {
  return request.operation.responses.some((response) => response.status === '200' && response.content.length > 0);
}

function filesFound(state: State, request: ResponseRequest): FoundFile[] {
  return request.vectorStores.flatMap(({ ids, most }) =>
    ids
      .flatMap((id) => state.table(`vector_store_files/${id}`).all())
      .slice(0, Math.max(0, most))
      .map((file, place) => ({
        file_id: file.id,
        filename: stringOf(objectOf(state.table('files').get(file.id))['filename']) ?? 'file.txt',
        text: 'The part of the file that fits the question.',
        attributes: file['attributes'] ?? {},
        score: Math.round(900 / (place + 1)) / 1000,
      })),
  );
}

function schemasOf(state: State): JsonObject {
  return objectOf(objectOf(state.contract.document?.['components'])['schemas']);
}

function hasSchema(state: State, name: string): boolean {
  return Object.hasOwn(schemasOf(state), name);
}

// Editions from 2026 on number the events of a stream: their schemas demand it.
function numbersEvents(state: State): boolean {
  const created: Json | undefined = schemasOf(state)['ResponseCreatedEvent'];
  return isObject(created) && stringsOf(created['required']).includes('sequence_number');
}
