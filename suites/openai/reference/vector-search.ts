import type { Json, JsonObject } from 'assay/pack';
import { findFile } from './files.ts';
import { arrayOf, bodyOf, type MakeFamily, objectOf, ok, type Row } from './state.ts';
import { findStore, storeFilesOf } from './vector-stores.ts';

/** The search in a vector store: by the share of the query's words that a file has. */
export const vectorSearch: MakeFamily = (state) => ({
  searchVectorStore(request) {
    const store = findStore(state, request);
    const body = bodyOf(request);
    const queries = (Array.isArray(body['query']) ? arrayOf(body['query']) : [body['query'] ?? '']).map(String);
    const threshold = Number(objectOf(body['ranking_options'])['score_threshold'] ?? 0);
    const found = storeFilesOf(state, store.id)
      .all()
      .filter((file) => file['status'] === 'completed' && fits(file, body['filters']))
      .map((file) => result(findFile(state, file.id, 'file_id'), file, queries))
      .filter((item) => item.score >= threshold)
      .toSorted((a, b) => b.score - a.score);
    const most = Number(body['max_num_results'] ?? 10);
    state.table('vector_stores').put({ ...store, last_active_at: state.now() });
    return ok({
      object: 'vector_store.search_results.page',
      search_query: queries,
      data: found.slice(0, most),
      has_more: false,
      next_page: null,
    });
  },
});

function result(file: { readonly row: Row; readonly bytes: Uint8Array }, attached: Row, queries: readonly string[]) {
  const text = new TextDecoder().decode(file.bytes);
  const words = new Set(wordsOf(text));
  const wanted = queries.flatMap(wordsOf);
  const score = wanted.length === 0 ? 0 : wanted.filter((word) => words.has(word)).length / wanted.length;
  return {
    file_id: file.row.id,
    filename: file.row['filename'] ?? '',
    score,
    attributes: attached['attributes'] ?? {},
    content: [{ type: 'text', text: text.slice(0, 2000) }],
  };
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

function fits(file: Row, filter: Json | undefined): boolean {
  const { type, key, value, filters } = objectOf(filter);
  if (type === undefined) return true;
  if (type === 'and') return arrayOf(filters).every((one) => fits(file, one));
  if (type === 'or') return arrayOf(filters).some((one) => fits(file, one));
  const attributes: JsonObject = objectOf(file['attributes']);
  const actual = typeof key === 'string' && Object.hasOwn(attributes, key) ? attributes[key] : undefined;
  return Object.hasOwn(compare, String(type)) && (compare[String(type)]?.(actual, value) ?? false);
}

const compare: Readonly<Record<string, (actual: Json | undefined, wanted: Json | undefined) => boolean>> = {
  eq: (actual, wanted) => actual === wanted,
  ne: (actual, wanted) => actual !== wanted,
  gt: (actual, wanted) => ordered(actual, wanted, (a, b) => a > b),
  gte: (actual, wanted) => ordered(actual, wanted, (a, b) => a >= b),
  lt: (actual, wanted) => ordered(actual, wanted, (a, b) => a < b),
  lte: (actual, wanted) => ordered(actual, wanted, (a, b) => a <= b),
};

function ordered(actual: Json | undefined, wanted: Json | undefined, holds: (a: number | string, b: number | string) => boolean): boolean {
  if (typeof actual === 'number' && typeof wanted === 'number') return holds(actual, wanted);
  return typeof actual === 'string' && typeof wanted === 'string' && holds(actual, wanted);
}
