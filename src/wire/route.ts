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
    return matchSegments(table, method, segmentsOf(pathname.slice(base.length)), base, query);
  }
  const segments = segmentsOf(pathname);
  let methods: Route = { kind: 'unknown' };
  const version = segments.findLastIndex((segment) => /^v\d+[a-z0-9.]*$/.test(segment));
  const last = version < 0 ? Math.max(segments.length - 1, 0) : version + 1;
  for (let from = 0; from <= last; from += 1) {
    const prefix = segments
      .slice(0, from)
      .map((segment) => `/${segment}`)
      .join('');
    const route = matchSegments(table, method, segments.slice(from), prefix, query);
    if (route.kind === 'operation') return route;
    if (methods.kind === 'unknown') methods = route;
  }
  return methods;
}

function matchSegments(
  table: ReadonlyMap<number, readonly Template[]>,
  method: string,
  segments: readonly string[],
  prefix: string,
  query: string | undefined,
): Route {
  const matches = (table.get(segments.length) ?? []).flatMap((template) => {
    const pathParameters = parametersOf(template, segments);
    return pathParameters === undefined ? [] : [{ template, pathParameters }];
  });
  // A literal segment wins over a parameter whatever the method, as the specification demands of `/pets/mine` and `/pets/{petId}`.
  const best = matches[0]?.template.rank;
  const same = matches.filter(({ template }) => template.rank === best);
  const found = same.find(({ template }) => template.operation.method === method && hasFixedQuery(template.operation, query));
  if (found !== undefined) return { kind: 'operation', operation: found.template.operation, pathParameters: found.pathParameters, prefix };
  if (matches.length === 0) return { kind: 'unknown' };
  return { kind: 'method', methods: [...new Set(same.map(({ template }) => template.operation.method))] };
}

function hasFixedQuery(operation: Operation, query: string | undefined): boolean {
  if (operation.fixedQuery.length === 0) return true;
  const pairs = new URLSearchParams(query ?? '');
  return operation.fixedQuery.every(([name, value]) => pairs.getAll(name).includes(value));
}

function parametersOf(template: Template, segments: readonly string[]): Record<string, string> | undefined {
  const found: [string, string][] = [];
  for (const [index, segment] of template.segments.entries()) {
    const text = segments[index] ?? '';
    if (segment.pattern === undefined) {
      if (segment.literal !== text && segment.literal !== decoded(text)) return undefined;
      continue;
    }
    const match = segment.pattern.exec(text);
    if (match === null) return undefined;
    for (const [at, name] of segment.names.entries()) found.push([name, decoded(match[at + 1] ?? '')]);
  }
  return Object.fromEntries(found);
}

function tableOf(operations: readonly Operation[]): ReadonlyMap<number, readonly Template[]> {
  const known = tables.get(operations);
  if (known !== undefined) return known;
  const templates = operations.map((operation): Template => {
    const segments = segmentsOf(operation.path).map(segmentOf);
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

function segmentsOf(pathname: string): string[] {
  const trimmed = pathname.startsWith('/') ? pathname.slice(1) : pathname;
  return trimmed === '' ? [] : trimmed.split('/');
}

function splitOnce(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
