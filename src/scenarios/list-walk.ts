import type { Case, Json, ListPage, ListWalk, NameValue, PlannedRequest, Slot } from '../model/index.ts';
import { valueAt } from '../schema/pointer.ts';

/** Pages of one row that a walk asks for: enough to see a row come again, few enough for a long list. */
export const longestWalk = 4;

/** The first page of a walk, which needs two rows of its own; `id` is the case's. */
export function walkCase(walk: ListWalk, smallest: Case, id: string): Case {
  // A fresh slot makes a resource even where the request has no place for it.
  const row: Slot = { at: '/rows', from: `${walk.family}.id`, fresh: true };
  return {
    ...smallest,
    id,
    phase: 'scenario',
    cells: [],
    recipe: { walk: walk.family },
    request: pageRequest(smallest.request, walk, 1),
    slots: [row, row, ...smallest.slots],
  };
}

/** A page of so many rows, after a row or at the beginning. */
export function pageRequest(request: PlannedRequest, walk: ListWalk, rows: number, after?: string): PlannedRequest {
  const asked: readonly NameValue[] = [[walk.limit, String(rows)], ...(after === undefined ? [] : [[walk.after, after] as const])];
  const others = request.query.filter(([name]) => name !== walk.limit && name !== walk.after);
  return { ...request, query: [...others, ...asked] };
}

/** The ids of a page and whether it says that there are more; `undefined` where the answer is no such page. */
export function pageOf(answer: unknown, walk: ListWalk): ListPage | undefined {
  const rows = valueAt(answer, walk.rows);
  if (!Array.isArray(rows)) return undefined;
  const ids = (rows as readonly Json[]).map((row) => valueAt(row, walk.id)).filter((id) => typeof id === 'string');
  const more = valueAt(answer, walk.more);
  return { ids, more: typeof more === 'boolean' ? more : undefined };
}
