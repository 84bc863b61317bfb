import type { Method, Operation } from '../model/index.ts';

/** What a method and a path mean in a contract. */
export type Route =
  | {
      readonly kind: 'operation';
      readonly operation: Operation;
      /** Decoded path parameters as serialised by their style, by name. */
      readonly pathParameters: Readonly<Record<string, string>>;
      /** What stood before the template: `/v1`. */
      readonly prefix: string;
    }
  /** The path is known, the method is not: the methods it is declared with. */
  | { readonly kind: 'method'; readonly methods: readonly Method[] }
  | { readonly kind: 'unknown' };

interface Template {
  readonly operation: Operation;
  readonly segments: readonly Segment[];
  /** Literal segments count more the further left they stand. */
  readonly rank: string;
}
interface Segment {
  readonly literal?: string;
  readonly pattern?: RegExp;
  readonly names: readonly string[];
  /** `0` all literal, `1` in part, `2` a parameter. */
  readonly rank: string;
}

/** A segment of a path that was sent. */
interface SentSegment {
  readonly text: string;
  readonly decoded: string;
}

const nothingSent: SentSegment = { text: '', decoded: '' };

const tables = new WeakMap<readonly Operation[], ReadonlyMap<number, readonly Template[]>>();

/**
 * Finds the operation of a request by method and path; `target` may carry a query string, which decides between
 * operations whose path key holds one. With `basePath` the template must follow it exactly (`''`: no prefix);
 * without, any prefix may stand before the template, and the longest template wins. A prefix ends with its version: what
 * follows `/v1` is the template or a path that the contract does not know.
 */
export function matchOperation(operations: readonly Operation[], method: string, target: string, basePath?: string): Route {
  const [pathname = '', query] = splitOnce(target, '?');
  const table = tableOf(operations);
  if (basePath !== undefined) {
    const base = basePath.replace(/\/+$/, '');
    if (!pathname.startsWith(`${base}/`) && pathname !== base) return { kind: 'unknown' };
    return matchSegments(table, method, segmentsOf(pathname.slice(base.length)), query, () => base);
  }
  const segments = segmentsOf(pathname);
  let methods: Route = { kind: 'unknown' };
  const version = segments.findLastIndex(({ text }) => versionSegment.test(text));
  const last = version < 0 ? Math.max(segments.length - 1, 0) : version + 1;
  for (let from = 0; from <= last; from += 1) {
    const prefix = (): string =>
      segments
        .slice(0, from)
        .map(({ text }) => `/${text}`)
        .join('');
    const route = matchSegments(table, method, from === 0 ? segments : segments.slice(from), query, prefix);
    if (route.kind === 'operation') return route;
    if (methods.kind === 'unknown') methods = route;
  }
  return methods;
}

const versionSegment = /^v\d+[a-z0-9.]*$/;

function matchSegments(
  table: ReadonlyMap<number, readonly Template[]>,
  method: string,
  sent: readonly SentSegment[],
  query: string | undefined,
  prefix: () => string,
): Route {
  const templates = table.get(sent.length) ?? [];
  const first = templates.findIndex((template) => fits(template, sent));
  if (first < 0) return { kind: 'unknown' };
  // A literal segment wins over a parameter whatever the method, as the specification demands of `/pets/mine` and `/pets/{petId}`:
  // of the templates, which stand in this order, those of the same rank count.
  const rank = templates[first]?.rank;
  const methods = new Set<Method>();
  for (let index = first; templates[index]?.rank === rank; index += 1) {
    const template = templates[index];
    if (template === undefined || !fits(template, sent)) continue;
    const { operation } = template;
    if (operation.method === method && hasFixedQuery(operation, query))
      return { kind: 'operation', operation, pathParameters: parametersOf(template, sent), prefix: prefix() };
    methods.add(operation.method);
  }
  return { kind: 'method', methods: [...methods] };
}

function hasFixedQuery(operation: Operation, query: string | undefined): boolean {
  if (operation.fixedQuery.length === 0) return true;
  const pairs = new URLSearchParams(query ?? '');
  return operation.fixedQuery.every(([name, value]) => pairs.getAll(name).includes(value));
}

function fits(template: Template, sent: readonly SentSegment[]): boolean {
  for (const [index, { literal, pattern }] of template.segments.entries()) {
    const { text, decoded } = sent[index] ?? nothingSent;
    if (pattern === undefined ? literal !== text && literal !== decoded : !pattern.test(text)) return false;
  }
  return true;
}

function parametersOf(template: Template, sent: readonly SentSegment[]): Record<string, string> {
  const found: [string, string][] = [];
  for (const [index, { pattern, names }] of template.segments.entries()) {
    const match = pattern?.exec(sent[index]?.text ?? '');
    for (const [at, name] of names.entries()) found.push([name, decodedOf(match?.[at + 1] ?? '')]);
  }
  return Object.fromEntries(found);
}

function tableOf(operations: readonly Operation[]): ReadonlyMap<number, readonly Template[]> {
  const known = tables.get(operations);
  if (known !== undefined) return known;
  const templates = operations.map((operation): Template => {
    const segments = segmentsOf(operation.path).map(({ text }) => segmentOf(text));
    return { operation, segments, rank: segments.map((segment) => segment.rank).join('') };
  });
  // Of two operations that differ by a query string in the path key alone, the one that demands more comes first.
  const sorted = templates.toSorted(
    (a, b) => a.rank.localeCompare(b.rank) || b.operation.fixedQuery.length - a.operation.fixedQuery.length,
  );
  const table = Map.groupBy(sorted, (template) => template.segments.length);
  tables.set(operations, table);
  return table;
}

function segmentOf(text: string): Segment {
  const names = [...text.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1] ?? '');
  if (names.length === 0) return { literal: text, names, rank: '0' };
  const literals = text.split(/\{[^{}]+\}/).map((literal) => literal.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'));
  return { pattern: new RegExp(`^${literals.join('(.+?)')}$`), names, rank: literals.some((literal) => literal !== '') ? '1' : '2' };
}

function segmentsOf(pathname: string): SentSegment[] {
  const trimmed = pathname.startsWith('/') ? pathname.slice(1) : pathname;
  return trimmed === '' ? [] : trimmed.split('/').map((text) => ({ text, decoded: decodedOf(text) }));
}

function splitOnce(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

function decodedOf(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
