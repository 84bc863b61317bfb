import type { Cell, Json } from '../model/index.ts';
import { isObject } from '../schema/json.ts';
import { pointerOf, valueAt } from '../schema/pointer.ts';
import { coverPairs, type Row } from './covering.ts';
import type { MadeRequest } from './break.ts';
import type { Draft } from './request.ts';
import type { ObjectProposal } from './walk.ts';
import { valueOf, withRoot, type Made, type Root, type Workbench } from './workbench.ts';

/** An object of a root whose optional members are to meet, and the draft that holds it. */
export interface PairedObject {
  readonly root: Root;
  readonly base: Draft;
  readonly proposal: ObjectProposal;
}

interface PairRow {
  readonly cell: Cell;
  readonly made: Made | { readonly impossible: string };
}

/** Optional members of each object, and optional parameters, in all four ways of every two. */
export function* pairsOf(bench: Workbench, objects: readonly PairedObject[], smallest: Draft | undefined): Iterable<PairRow> {
  const done = new Set<string>();
  for (const object of objects) {
    if (done.has(object.proposal.alternative.key)) continue;
    done.add(object.proposal.alternative.key);
    yield* ofObject(bench, object);
  }
  if (smallest) yield* ofParameters(bench, smallest);
}

function ofObject(bench: Workbench, { root, base, proposal }: PairedObject): Iterable<PairRow> {
  const { at, alternative, hold } = proposal;
  const { build } = bench.shop;
  const names = build.optionalNames(alternative).filter((name) => root.in !== 'body' || !bench.bound.omits('body', at + pointerOf(name)));
  const schema =
    alternative.places.find((place) => isObject(place.schema) && place.schema['properties'] !== undefined) ?? alternative.places[0];
  const make = (row: Row): Made => {
    const value = build.withMembers(alternative, row);
    return value
      ? bench.make(withRoot(base, root, hold(value)), at === '' ? undefined : { root, at })
      : { problem: `no value holds ${row.join(', ')}` };
  };
  const sent = ({ draft, placed }: MadeRequest) => {
    const value = valueAt(valueOf(draft, root), root.in === 'body' ? placed(at) : at);
    return names.filter((name) => isObject(value) && Object.hasOwn(value, name));
  };
  return rows(names, { in: root.in, schema: schema?.pointer ?? '', keyword: 'pairs' }, make, sent);
}

function ofParameters(bench: Workbench, smallest: Draft): Iterable<PairRow> {
  const optional = bench.roots.filter(
    (root) => root.in !== 'body' && !root.parameter.required && !bench.bound.omits(root.in, pointerOf(root.parameter.name)),
  );
  const values = new Map<string, readonly [Root, Json | undefined]>(
    optional.map((root) => [root.key, [root, bench.shop.build.smallest(root.places, root.hint)]]),
  );
  const make = (row: Row): Made => {
    let draft = smallest;
    for (const key of row) {
      const [root, value] = values.get(key) ?? [];
      if (root && value !== undefined) draft = withRoot(draft, root, value);
    }
    return bench.make(draft);
  };
  const sent = ({ draft }: MadeRequest) => [...values].filter(([, [root]]) => valueOf(draft, root) !== undefined).map(([key]) => key);
  return rows([...values.keys()], { in: 'request', schema: bench.operation.pointer, keyword: 'pairs' }, make, sent);
}

function* rows(names: readonly string[], cell: Cell, make: (row: Row) => Made, sent: (made: MadeRequest) => Row): Iterable<PairRow> {
  if (names.length < 2) return;
  const known = new Map<string, Made>();
  const makeOnce = (row: Row) => {
    const key = row.join('\n');
    const made = known.get(key) ?? make(row);
    known.set(key, made);
    return made;
  };
  const covering = coverPairs(names, (row) => {
    const made = makeOnce(row);
    return 'problem' in made ? made : { row: sent(made) };
  });
  for (const row of covering.rows) yield { cell: { ...cell, aspect: row.join(', ') || 'none' }, made: makeOnce(row) };
  for (const { pair, reason } of covering.impossible) yield { cell: { ...cell, aspect: pair }, made: { impossible: reason } };
}
