import { createHash } from 'node:crypto';
import type { Behaviour, Contract, Json, JsonObject, ReferenceReply } from 'assay/pack';

/** A stored object: what the API shows of it, under its id. */
export type Row = JsonObject & { readonly id: string };

/** A file with the bytes that a download gives back unchanged. */
export interface StoredFile {
  readonly id: string;
  readonly row: Row;
  readonly bytes: Uint8Array;
}

/** Rows in the order in which they were made; {@link Table.put} of a known id keeps its place. */
export interface Table<Entry extends { readonly id: string }> {
  get(id: string): Entry | undefined;
  put(entry: Entry): Entry;
  remove(id: string): boolean;
  all(): Entry[];
}

/** Everything the families share; one for each server, so that two servers know nothing of each other. */
export interface State {
  readonly contract: Contract;
  readonly seed: number;
  /** Unix time in seconds, as the API writes times. */
  now(): number;
  /** A new id, the same for the same seed and the same requests before it: `id('asst_')`. */
  id(prefix: string, length?: number): string;
  /** The table of that name; made on first use. Rows of a child family stand in one table per parent (`messages/thread_1`). */
  table<Entry extends { readonly id: string } = Row>(name: string): Table<Entry>;
  /** Asks another operation as a client would: batches run their lines with it. Answers as the wire would, errors included. */
  call(operationId: string, body: JsonObject): ReferenceReply;
}

/** One family of operations: behaviours by operation id, over the shared state. Ids that the contract lacks are left out by the index. */
export type MakeFamily = (state: State) => Readonly<Record<string, Behaviour>>;

/** Thrown by a behaviour, turned into the API's error envelope by the index. */
export class Refusal extends Error {
  readonly status: number;
  readonly param: string | undefined;
  readonly code: string | undefined;

  constructor(status: number, message: string, more: { readonly param?: string; readonly code?: string } = {}) {
    super(message);
    this.status = status;
    this.param = more.param;
    this.code = more.code;
  }
}

/** A plain JSON answer. */
export function ok(json: Json): ReferenceReply {
  return { status: 200, json };
}

/** The error answer in the API's envelope; all four members are always there. */
export function errorReply(
  status: number,
  problem: { readonly message: string; readonly param?: string; readonly code?: string },
): ReferenceReply {
  const type = status >= 500 ? 'server_error' : 'invalid_request_error';
  const json = { error: { message: problem.message, type, param: problem.param ?? null, code: problem.code ?? null } };
  const headers = status === 401 ? ([['www-authenticate', 'Bearer realm="reference"']] as const) : [];
  return { status, json, headers };
}

/** The entry, or the 404 that the API gives for an id it does not know. */
export function found<Entry>(entry: Entry | undefined, kind: string, id: string, param = 'id'): Entry {
  if (entry !== undefined) return entry;
  throw new Refusal(404, `No ${kind} found with id '${id}'.`, { param, code: 'not_found' });
}

/** How one list of the API pages. */
export interface Paging<Entry> {
  readonly defaultLimit?: number;
  readonly order?: 'asc' | 'desc';
  readonly idOf?: (entry: Entry) => string;
}

/** One page of entries that are given oldest first, by `limit`, `order`, `after` and `before`: the cursor itself is never on the page. */
export function pageOf<Entry extends { readonly id: string }>(
  entries: readonly Entry[],
  query: Readonly<Record<string, Json>>,
  paging: Paging<Entry> = {},
): { readonly rows: Entry[]; readonly hasMore: boolean } {
  const idOf = paging.idOf ?? ((entry: Entry) => entry.id);
  const order = query['order'] === 'asc' || query['order'] === 'desc' ? query['order'] : (paging.order ?? 'desc');
  const limit = typeof query['limit'] === 'number' ? query['limit'] : (paging.defaultLimit ?? 20);
  const { before } = query;
  const sorted = order === 'asc' ? [...entries] : entries.toReversed();
  const rows = above(below(sorted, query['after'], idOf), before, idOf);
  // A page before a cursor ends right above it, so it is cut at its start.
  const page = isCursor(before) ? rows.slice(Math.max(0, rows.length - limit)) : rows.slice(0, limit);
  return { rows: page, hasMore: rows.length > limit };
}

function isCursor(cursor: Json | undefined): cursor is string {
  return typeof cursor === 'string' && cursor !== '' && cursor !== 'null';
}

// A cursor may name a row that was deleted since the page before was read: nothing is known to follow it, so the page is
// empty and the walk ends, without a row seen twice.
function below<Entry>(rows: readonly Entry[], cursor: Json | undefined, idOf: (entry: Entry) => string): readonly Entry[] {
  if (!isCursor(cursor)) return rows;
  const place = rows.findIndex((row) => idOf(row) === cursor);
  return place === -1 ? [] : rows.slice(place + 1);
}

function above<Entry>(rows: readonly Entry[], cursor: Json | undefined, idOf: (entry: Entry) => string): readonly Entry[] {
  if (!isCursor(cursor)) return rows;
  return rows.slice(
    0,
    Math.max(
      0,
      rows.findIndex((row) => idOf(row) === cursor),
    ),
  );
}

/** The list object around a page; `first_id` and `last_id` are strings also where there is no row, as the document demands. */
export function listOf(rows: readonly Row[], query: Readonly<Record<string, Json>>, paging: Paging<Row> = {}): ReferenceReply {
  const page = pageOf(rows, query, paging);
  return ok({
    object: 'list',
    data: page.rows,
    first_id: page.rows.at(0)?.id ?? '',
    last_id: page.rows.at(-1)?.id ?? '',
    has_more: page.hasMore,
  });
}

/** A member of a body that is there and is not null, else the fallback. */
export function given<Fallback extends Json>(body: JsonObject, member: string, fallback: Fallback): Json {
  return Object.hasOwn(body, member) ? (body[member] ?? fallback) : fallback;
}

/** The value as an object, a list or a text; an empty one where it is none, for places that the contract has validated. */
export function objectOf(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}
export function arrayOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}
export function textOf(value: Json | undefined, fallback = ''): string {
  return typeof value === 'string' ? value : fallback;
}

/** The members of a body that may be changed by a modification, as far as they were sent. */
export function sentOf(body: JsonObject, members: readonly string[]): JsonObject {
  return Object.fromEntries(members.filter((member) => Object.hasOwn(body, member)).map((member) => [member, body[member] ?? null]));
}

/** Takes the row out of its table and gives the API's delete object, or the 404. */
export function removed(table: Table<Row>, id: string, object: string, kind: string): ReferenceReply {
  found(table.get(id), kind, id);
  table.remove(id);
  return ok({ id, object, deleted: true });
}

/** The JSON body of a request, `{}` where none was sent. */
export function bodyOf(request: { readonly body?: Json }): JsonObject {
  return objectOf(request.body);
}

/** An empty state. `call` is given by the index, which knows all behaviours. */
export function createState(
  contract: Contract,
  options: { readonly seed: number; readonly now: () => number },
  call: State['call'],
): State {
  const tables = new Map<string, Table<{ readonly id: string }>>();
  let made = 0;
  return {
    contract,
    seed: options.seed,
    now: () => Math.floor(options.now() / 1000),
    id: (prefix, length = 24) => {
      made += 1;
      return prefix + createHash('sha256').update(`${options.seed}/${made}`).digest('hex').slice(0, length);
    },
    table: <Entry extends { readonly id: string }>(name: string) => {
      const table = tables.get(name) ?? createTable<Entry>();
      tables.set(name, table as Table<{ readonly id: string }>);
      return table as Table<Entry>;
    },
    call,
  };
}

function createTable<Entry extends { readonly id: string }>(): Table<Entry> {
  const entries = new Map<string, Entry>();
  return {
    get: (id) => entries.get(id),
    put: (entry) => {
      entries.set(entry.id, entry);
      return entry;
    },
    remove: (id) => entries.delete(id),
    all: () => [...entries.values()],
  };
}
