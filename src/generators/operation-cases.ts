import type { Case, Cell, Json, Mutation, PlannedRequest, Pointer } from '../model/index.ts';
import { sameJson } from '../schema/json.ts';
import { pointerOf, valueAt } from '../schema/pointer.ts';
import { slotsOf } from './bindings.ts';
import { createBreaker, movedIn, mutationOf, type MadeRequest } from './break.ts';
import { firstOfKinds } from './first-of-kind.ts';
import { pairsOf, type PairedObject } from './pairs.ts';
import { requestBreaches, type RequestBreach } from './breaches.ts';
import type { Draft } from './request.ts';
import { createProof } from './prove.ts';
import { walk, type Aim, type InvalidProposal, type ValidProposal } from './walk.ts';
import { digestOf, recipe, valueOf, withRoot, type Made, type Root, type Workbench } from './workbench.ts';

/** One row of the coverage table: a cell, sent valid or invalid. */
export interface CellEntry {
  readonly cell: Cell;
  readonly mode: 'valid' | 'invalid';
}

/** A row of the coverage table that no case serves. */
export interface Unexpressible extends CellEntry {
  readonly reason: string;
}

/** All cases of one operation that need no luck. */
export interface OperationCases {
  /** The smallest valid case, one for each media type, then one without a body where it may be left out. */
  readonly smallest: readonly Case[];
  readonly valid: readonly Case[];
  readonly invalid: readonly Case[];
  /** Rows without a case; those of pairs are among them once `pairs` was asked for. */
  unexpressible(): readonly Unexpressible[];
  /** Made when first asked for. */
  pairs(): readonly Case[];
  readonly byId: ReadonlyMap<string, Case>;
  /** The drafts behind the valid cases, by case id. */
  readonly drafts: ReadonlyMap<string, Draft>;
}

interface Entry {
  planned: Case;
  readonly draft: Draft;
  readonly cells: Map<string, Cell>;
}

/** Walks every schema of the operation once and makes a case of every proposal that proves to be what it says. */
export function casesOf(bench: Workbench): OperationCases {
  const { shop, operation } = bench;
  const proof = createProof(shop, operation);
  const breaker = createBreaker(bench, proof);
  const valid = new Map<string, Entry>();
  const invalid = new Map<string, Entry>();
  const reasons = new Map<string, Unexpressible>();
  const served = new Set<string>();
  const isFirstOfKind = firstOfKinds();
  const madeOf = new WeakMap<object, Made>();
  const entryOf = new WeakMap<Made, Entry>();
  let pairs: readonly Case[] | undefined;
  const objects: PairedObject[] = [];
  const smallest = smallestCases();
  const [first] = smallest;
  if (first) for (const breach of requestBreaches(bench, first.planned.request)) addRequestBreach(first, breach);
  for (const entry of smallest.slice(1)) {
    for (const breach of requestBreaches(bench, entry.planned.request)) if (breach.mutation.in === 'body') addRequestBreach(entry, breach);
  }
  for (const entry of smallest) addLargest(entry.draft);
  for (const root of bench.roots) walkRoot(root);
  return finished();

  function smallestCases(): Entry[] {
    const contents = operation.requestBody?.content ?? [];
    const wanted = [...contents, ...(operation.requestBody?.required === true && contents.length > 0 ? [] : [undefined])];
    return wanted.flatMap((media) => {
      const draft = bench.draft(media);
      if ('problem' in draft) {
        fail({ in: media ? 'body' : 'request', schema: media?.pointer ?? operation.pointer, keyword: 'smallest' }, 'valid', draft.problem);
        return [];
      }
      const made = bench.make(draft);
      const cell: Cell = media
        ? { in: 'body', schema: media.pointer, keyword: 'media-type', aspect: media.mediaType }
        : { in: 'request', schema: operation.pointer, keyword: 'request', aspect: contents.length > 0 ? 'no body' : 'smallest' };
      const entry = addValid(made, cell, 'valid', { make: 'smallest', ...(media && { media: media.mediaType }) });
      return entry ? [entry] : [];
    });
  }

  /** The same request with everything that may be there, as far as it goes together. */
  function addLargest(smallestDraft: Draft): void {
    let draft = smallestDraft;
    for (const root of bench.roots) {
      if (root.in === 'body' ? draft.body?.media !== root.media : bench.bound.omits(root.in, pointerOf(root.parameter.name))) continue;
      const value = root.in === 'body' ? largestBody(root, draft) : (valueOf(draft, root) ?? shop.build.smallest(root.places, root.hint));
      const larger = value === undefined ? draft : withRoot(draft, root, value);
      if (!('problem' in bench.make(larger))) draft = larger;
    }
    if (draft === smallestDraft) return;
    const media = draft.body?.media.mediaType;
    addValid(
      bench.make(draft),
      { in: 'request', schema: operation.pointer, keyword: 'request', aspect: `largest ${media ?? ''}`.trim() },
      'valid',
      {
        make: 'largest',
        ...(media !== undefined && { media }),
      },
    );
  }

  /** Members are added one by one; those that do not go with the ones before are left to cases of their own. */
  function largestBody(root: Extract<Root, { in: 'body' }>, draft: Draft): Json | undefined {
    const [alternative] = shop.build.alternativesOf(root.places);
    if (!alternative?.limits.types.has('object')) return undefined;
    const names: string[] = [];
    let value = shop.build.withMembers(alternative, []);
    for (const name of shop.build.optionalNames(alternative)) {
      if (bench.bound.omits('body', pointerOf(name))) continue;
      const larger = shop.build.withMembers(alternative, [...names, name]);
      if (larger === undefined || 'problem' in bench.make(withRoot(draft, root, larger))) continue;
      names.push(name);
      value = larger;
    }
    return value;
  }

  function walkRoot(root: Root): void {
    const media = root.in === 'body' ? root.media : operation.requestBody?.required === true ? operation.requestBody.content[0] : undefined;
    const base = bench.draft(media);
    if ('problem' in base) return;
    if (root.in !== 'body') presence(root, base);
    const keeps = (whole: Json, at: Pointer) => {
      const made = bench.make(withRoot(base, root, whole), { root, at });
      return 'problem' in made ? made.problem : undefined;
    };
    for (const proposal of walk(root, shop.build, keeps)) {
      if (proposal.kind === 'none') fail(cellOf(root, proposal.aim), proposal.mode, proposal.reason);
      else if (proposal.kind === 'object') objects.push({ root, base, proposal });
      else if (proposal.kind === 'valid') proposeValid(root, base, proposal);
      else proposeInvalid(root, base, proposal);
    }
  }

  /** A required parameter left out; an optional one present and absent. */
  function presence(root: Exclude<Root, { in: 'body' }>, base: Draft): void {
    const { parameter } = root;
    const cell: Cell = { in: root.in, schema: parameter.pointer, keyword: 'required', aspect: parameter.name };
    if (!parameter.required) {
      const entry = addValid(bench.make(base), { ...cell, aspect: `${parameter.name} absent` }, 'valid', { make: 'smallest' });
      const value = shop.build.smallest(root.places, root.hint);
      if (entry && value !== undefined)
        addValid(bench.make(withRoot(base, root, value)), { ...cell, aspect: `${parameter.name} present` }, 'coverage', {});
      return;
    }
    if (root.in === 'path') {
      fail(cell, 'invalid', 'without its parameter it is another path');
      return;
    }
    const made = bench.make(base);
    if ('problem' in made) return;
    const control = addValid(made, undefined, 'valid', {});
    if (!control) return;
    const request = breaker.withParameters(made, withRoot(made.draft, root, undefined));
    const before = valueOf(made.draft, root);
    addInvalid(control, request, cell, {
      keyword: 'required',
      in: root.in,
      instancePath: pointerOf(parameter.name),
      schemaPath: `${parameter.pointer}/required`,
      ...(before !== undefined && { before }),
      what: `leaves out the required ${root.in} parameter ${JSON.stringify(parameter.name)}`,
    });
  }

  function proposeValid(root: Root, base: Draft, { value, about, aim }: ValidProposal): void {
    const cell = cellOf(root, aim);
    const here = valueAt(value, about) as Json | undefined;
    // A text that need not be this one is left to the pack.
    const free = typeof here === 'string' && !precise.has(aim.keyword);
    const made = bench.make(withRoot(base, root, value), free ? undefined : { root, at: about });
    if (!('problem' in made) && typeof here === 'string' && precise.has(aim.keyword)) {
      const sent = valueAt(valueOf(made.draft, root), root.in === 'body' ? made.placed(about) : about);
      if (!sameJson(sent, here)) {
        fail(cell, 'valid', 'only a value of the run means anything here');
        return;
      }
    }
    addValid(made, cell, 'coverage', {});
  }

  function proposeInvalid(root: Root, base: Draft, proposal: InvalidProposal): void {
    const cell = cellOf(root, proposal.aim);
    const draft = withRoot(base, root, proposal.from);
    const attempt = (made: Made) => {
      if ('problem' in made) return { problem: `its control cannot be made: ${made.problem}` };
      const moved = movedIn(made, root, proposal);
      const broken = breaker.breakRoot(root, made, moved);
      return 'problem' in broken ? broken : { made, moved, ...broken };
    };
    const plain = attempt(makeOnce(root, draft, proposal.from));
    // Where the pack's own value stands at the place, the schema's plainest is kept instead.
    const broken = 'problem' in plain ? attempt(bench.make(draft, { root, at: proposal.errorAt, keepsAll: true })) : plain;
    const control = 'problem' in broken ? undefined : addValid(broken.made, undefined, 'coverage', {});
    if ('problem' in broken || !control) {
      fail(cell, 'invalid', 'problem' in broken ? broken.problem : 'its control cannot be proven on the wire');
      return;
    }
    addInvalid(control, broken.request, cell, mutationOf(root, broken.moved, broken.before));
  }

  /** Many mutations are made of one value: the request that holds it is made once. */
  function makeOnce(root: Root, draft: Draft, value: Json): Made {
    const known =
      typeof value === 'object' && value !== null && root.in === 'body' ? (madeOf.get(value) ?? bench.make(draft)) : bench.make(draft);
    if (typeof value === 'object' && value !== null && root.in === 'body') madeOf.set(value, known);
    return known;
  }

  function pairCases(): readonly Case[] {
    const before = new Set(valid.keys());
    for (const { made, cell } of pairsOf(bench, objects, smallest[0]?.draft)) {
      if ('impossible' in made) fail(cell, 'valid', made.impossible);
      else addValid(made, cell, 'pairs', {});
    }
    return [...valid].filter(([key]) => !before.has(key)).map(([, entry]) => whole(entry));
  }

  function addValid(made: Made, cell: Cell | undefined, phase: Case['phase'], how: Record<string, Json | undefined>): Entry | undefined {
    if ('problem' in made) {
      if (cell) fail(cell, 'valid', made.problem);
      return undefined;
    }
    const entry = entryOf.get(made) ?? entryFor(made, phase, how);
    if ('problem' in entry) {
      if (cell) fail(cell, 'valid', entry.problem);
      return undefined;
    }
    entryOf.set(made, entry);
    if (cell) serve(entry, cell, 'valid');
    return entry;
  }

  function entryFor(made: MadeRequest, phase: Case['phase'], how: Record<string, Json | undefined>): Entry | { readonly problem: string } {
    const key = digestOf(made.request as unknown as Json);
    const known = valid.get(key);
    if (known) return known;
    const problem = proof.accepted(made.request);
    if (problem !== undefined) return { problem };
    const { request, slots, draft } = made;
    const planned = bench.caseOf({
      phase,
      mode: 'valid',
      request,
      slots,
      cells: [],
      recipe: recipe(how['make'] === undefined ? { make: 'value', value: key } : how),
    });
    const entry: Entry = { planned, draft, cells: new Map() };
    valid.set(key, entry);
    return entry;
  }

  function addRequestBreach(control: Entry, breach: RequestBreach): void {
    const { mutation, request, credentials, aspect } = breach;
    const schema = mutation.schemaPath?.replace(/\/[^/]*$/, '') ?? operation.pointer;
    const cell: Cell = { in: mutation.in, schema, keyword: mutation.keyword, aspect };
    addInvalid(control, request, cell, mutation, credentials === undefined ? {} : { credentials });
  }

  function addInvalid(
    control: Entry,
    request: PlannedRequest,
    cell: Cell,
    mutation: Mutation,
    more: Pick<Partial<Case>, 'credentials'> = {},
  ): void {
    const key = digestOf([request as unknown as Json, more.credentials ?? '']);
    const known = invalid.get(key);
    if (known) {
      serve(known, cell, 'invalid');
      return;
    }
    const planned = bench.caseOf({
      phase: isFirstOfKind(mutation) ? 'invalid' : 'coverage',
      mode: 'invalid',
      request,
      slots: slotsOf(bench.bound, request),
      control: control.planned.id,
      mutation,
      cells: [],
      recipe: recipe({ make: 'mutation', keyword: mutation.keyword, aspect: cell.aspect, value: key }),
      ...more,
    });
    const entry: Entry = { planned, draft: control.draft, cells: new Map() };
    invalid.set(key, entry);
    serve(entry, cell, 'invalid');
  }

  function serve(entry: Entry, cell: Cell, mode: 'valid' | 'invalid'): void {
    const key = cellKey(cell);
    entry.cells.set(key, cell);
    served.add(`${mode} ${key}`);
  }

  function fail(cell: Cell, mode: 'valid' | 'invalid', reason: string): void {
    const key = `${mode} ${cellKey(cell)}`;
    if (!reasons.has(key)) reasons.set(key, { cell, mode, reason });
  }

  function finished(): OperationCases {
    const validCases = [...valid.values()].map(whole);
    const invalidCases = [...invalid.values()].map(whole);
    const smallestIds = new Set(smallest.map((entry) => entry.planned.id));
    return {
      smallest: validCases.filter((planned) => smallestIds.has(planned.id)),
      valid: validCases,
      invalid: invalidCases,
      unexpressible: () => [...reasons].filter(([key]) => !served.has(key)).map(([, one]) => one),
      pairs: () => (pairs ??= pairCases()),
      byId: new Map([...validCases, ...invalidCases].map((planned) => [planned.id, planned])),
      drafts: new Map([...valid.values()].map((entry) => [entry.planned.id, entry.draft])),
    };
  }
}

// For these a value of the run in its place is not what the cell asks for.
const precise: ReadonlySet<string> = new Set(['enum', 'const', 'minLength', 'maxLength', 'format']);

function cellOf(root: Root, aim: Aim): Cell {
  return { in: root.in, schema: aim.schema, keyword: aim.keyword, aspect: aim.aspect };
}

function cellKey(cell: Cell): string {
  return [cell.in, cell.schema, cell.keyword, cell.aspect ?? ''].join(' ');
}

function whole({ planned, cells }: Entry): Case {
  return { ...planned, cells: [...cells.values()] };
}
