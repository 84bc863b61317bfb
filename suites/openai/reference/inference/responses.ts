import type { Behaviour, JsonObject, ReferenceReply, ReferenceRequest } from 'assay/pack';
import { bodyOf, found, listOf, type MakeFamily, ok, Refusal, type Row, type State } from '../state.ts';
import { vectorSearch } from '../vector-search.ts';
import { contextWindow, failure } from './chat.ts';
import { numbersEvents, tellsReasoning } from './edition.ts';
import { requireFile, requireVectorStore } from './resources.ts';
import { defined, numberOf, objectOf, objectsOf, stringOf, stringsOf } from './json.ts';
import { requireModel } from './models.ts';
import { type FoundFile, type Output, outputOf } from './response-output.ts';
import { echoOf, type Item, readResponseRequest, type ResponseRequest } from './response-request.ts';
import { responseEvents } from './response-stream.ts';

/** Makes responses, and keeps them unless they were not to be stored. */
export const responses: MakeFamily = (state) => {
  const stored = state.table('responses');
  const items = state.table('response_items');
  const edition = { numbered: numbersEvents(state) };
  const search = vectorSearch(state)['searchVectorStore'];
  const maker = {
    id: (prefix: string) => state.id(prefix),
    summaries: tellsReasoning(state),
    numbered: edition.numbered,
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
      for (const { ids } of asked.vectorStores) for (const id of ids) requireVectorStore(state, id);
      for (const id of filesOf(asked.input)) requireFile(state, id, 'input');
      if (asked.inputTokens > contextWindow && body['truncation'] !== 'auto') {
        const message = `Your input exceeds the context window of this model: ${asked.inputTokens} of ${contextWindow} tokens.`;
        throw new Refusal(400, message, { param: 'input', code: 'context_length_exceeded' });
      }
      // "auto" drops items from the middle until the rest fits.
      const fitting = { ...asked, inputTokens: Math.min(asked.inputTokens, contextWindow) };
      const output = outputOf(fitting, { ...maker, search: () => filesFound(request, search, asked) });
      const response = responseOf(body, output, state);
      if (body['store'] !== false) keep(response, asked);
      const shown = including(response, asked.include);
      return body['stream'] === true ? { status: 200, events: responseEvents(shown, edition) } : ok(shown);
    },
    getResponse: (request) => {
      const shown = including(rowOf(request), stringsOf(request.query['include'] ?? request.query['include[]']));
      // Editions that number events let a client go on behind the last one that it saw.
      if (request.query['stream'] !== true) return ok(shown);
      return { status: 200, events: responseEvents(shown, edition, numberOf(request.query['starting_after'])) };
    },
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

/** What the file searches of a request find, by the search of each of its stores. */
function filesFound(request: ReferenceRequest, search: Behaviour | undefined, asked: ResponseRequest): FoundFile[] {
  return asked.vectorStores.flatMap(({ ids, most, filters, ranking_options }) => {
    const body = defined({ query: asked.prompt, filters, ranking_options, max_num_results: most });
    const pages = ids.map((id) => search?.({ ...request, pathParameters: { vector_store_id: id }, body }).json);
    const files = pages.flatMap((page) => objectsOf(objectOf(page)['data'])).map(foundFile);
    return files.toSorted((one, other) => other.score - one.score).slice(0, Math.max(0, most));
  });
}

function foundFile(file: JsonObject): FoundFile {
  return {
    file_id: stringOf(file['file_id']) ?? '',
    filename: stringOf(file['filename']) ?? '',
    text: stringOf(objectsOf(file['content'])[0]?.['text']) ?? '',
    attributes: file['attributes'] ?? {},
    score: numberOf(file['score']) ?? 0,
  };
}

/** Ids of the uploaded files that the input shows: in the parts of messages, and as screenshots. */
function filesOf(input: readonly Item[]): string[] {
  const parts = input.flatMap((item) => [
    ...objectsOf(item['content']).filter((part) => part['type'] !== 'output_text'),
    objectOf(item['output']),
  ]);
  return parts.map((part) => stringOf(part['file_id'])).filter((id) => id !== undefined);
}
