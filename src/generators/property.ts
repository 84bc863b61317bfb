import { Arbitrary, sample, Stream, Value, type Random } from 'fast-check';
import type { Case, Cell, Json, MediaType, Parameter } from '../model/index.ts';
import { isObject } from '../schema/json.ts';
import { pointerOf } from '../schema/pointer.ts';
import type { Drawer } from './arbitrary.ts';
import { slotsOf } from './bindings.ts';
import { createBreaker, mutationOf, type MadeRequest } from './break.ts';
import { Memory } from './memory.ts';
import { createProof } from './prove.ts';
import { hasUnsayable, type Draft } from './request.ts';
import { sitesOf } from './sites.ts';
import { breachesAt, type InvalidProposal } from './walk.ts';
import { digestOf, hashOf, recipe, valueOf, type Root, type Workbench } from './workbench.ts';

/**
 * Random valid requests, and each of them broken once at a random place: (operation, seed, index) is the case, however
 * many are asked for. A draw that came before, or that the wire cannot say, is left out. The draws lean to what the cases
 * that need no luck (`planned`), and the draws before, chose least often. `hopeless` names cells that no case can serve.
 */
export function* propertyCases(
  bench: Workbench,
  drawer: Drawer,
  count: number,
  planned: Iterable<Draft>,
  hopeless: (cell: Cell) => boolean,
): Iterable<Case> {
  const { shop, operation } = bench;
  const proof = createProof(shop, operation);
  const breaker = createBreaker(bench, proof);
  const seed = Number.parseInt(hashOf([shop.seed, operation.id]).slice(0, 8), 16) | 0;
  const seen = new Set<string>();
  const drawn = sample(new DraftArbitrary(bench, drawer, remember(bench, planned)), { seed, numRuns: count });
  for (const [index, { draft, dice, belowZero }] of drawn.entries()) {
    const made = bench.make(draft);
    if ('problem' in made || isKnown(made) || proof.accepted(made.request) !== undefined) continue;
    const { request, slots } = made;
    const cells: Cell[] = [{ in: 'request', schema: operation.pointer, keyword: 'request', aspect: 'drawn' }];
    const control = bench.caseOf({
      phase: 'property',
      mode: 'valid',
      request,
      slots,
      cells,
      recipe: recipe({ make: 'draw', seed: shop.seed, index }),
      // Nothing forbids it and perhaps nobody means it: who refuses it breaks no rule, who breaks at it does.
      ...(belowZero && { level: 'MAY' as const }),
    });
    yield control;
    const found = belowZero ? undefined : brokenAtRandom(made, dice);
    if (!found) continue;
    const { root, proposal, broken } = found;
    yield bench.caseOf({
      phase: 'property',
      mode: 'invalid',
      request: broken.request,
      slots: slotsOf(bench.bound, broken.request),
      control: control.id,
      mutation: mutationOf(root, proposal, broken.before),
      cells: [cellOf(root, proposal)],
      recipe: recipe({ make: 'draw-broken', seed: shop.seed, index }),
    });
  }

  function isKnown({ request }: MadeRequest): boolean {
    const key = digestOf(request as unknown as Json);
    return seen.size === seen.add(key).size;
  }

  function brokenAtRandom(made: MadeRequest, dice: readonly number[]) {
    const sites = bench.roots.flatMap((root) => {
      const value = root.in === 'body' && root.media !== made.draft.body?.media ? undefined : valueOf(made.draft, root);
      return value === undefined ? [] : sitesOf(root, value, shop.build).map((site) => ({ root, site, whole: value }));
    });
    for (const roll of dice) {
      const place = sites[Math.floor(roll * sites.length)];
      if (!place) return undefined;
      const { root, site, whole } = place;
      const here = { value: site.here, alternative: site.alternative, build: shop.build, hint: site.hint };
      const proposals = [...breachesAt({ at: site.at, whole }, here)].filter((one) => !hopeless(cellOf(root, one)));
      // The digits of the roll that did not choose the place choose the breach.
      const proposal = proposals[Math.floor(((roll * sites.length * 997) % 1) * proposals.length)];
      const broken = proposal && breaker.breakRoot(root, made, proposal);
      if (broken && 'request' in broken) return { root, proposal, broken };
    }
    return undefined;
  }
}

function cellOf(root: Root, { aim }: InvalidProposal): Cell {
  return { in: root.in, schema: aim.schema, keyword: aim.keyword, aspect: aim.aspect };
}

/** A form without the members that it has no form for; required ones stay, and the draw is left out. */
function sayable(media: MediaType, value: Json): Json {
  if (!isObject(value) || !hasUnsayable({ media, value })) return value;
  return Object.fromEntries(Object.entries(value).filter(([name, one]) => !hasUnsayable({ media, value: { [name]: one } })));
}

interface Drawn {
  readonly draft: Draft;
  /** Random numbers in [0, 1) for the choice of what is broken. */
  readonly dice: readonly number[];
  /** A number is below zero where no schema has a lower bound. */
  readonly belowZero: boolean;
}

function remember(bench: Workbench, planned: Iterable<Draft>): Memory {
  const memory = new Memory();
  for (const draft of planned) {
    for (const root of bench.roots) {
      const value = root.in === 'body' && root.media !== draft.body?.media ? undefined : valueOf(draft, root);
      if (value !== undefined) memory.addValue(root, value, bench.shop.build);
    }
  }
  return memory;
}

// A place that cannot be broken on the wire is thrown again this often.
const throws = 10;

class DraftArbitrary extends Arbitrary<Drawn> {
  readonly #bench: Workbench;
  readonly #drawer: Drawer;
  readonly #memory: Memory;

  constructor(bench: Workbench, drawer: Drawer, memory: Memory) {
    super();
    this.#bench = bench;
    this.#drawer = drawer;
    this.#memory = memory;
  }

  override generate(random: Random): Value<Drawn> {
    const { operation, roots, bound } = this.#bench;
    const parameters = new Map<Parameter, Json>();
    const contents = operation.requestBody?.content ?? [];
    const media = contents[random.nextInt(0, Math.max(0, contents.length - 1))];
    let body: Draft['body'];
    this.#memory.belowZero = false;
    for (const root of roots) {
      const optional = root.in !== 'body' && !root.parameter.required;
      if (root.in === 'body' && root.media !== media) continue;
      if (root.in !== 'body' && optional && (bound.omits(root.in, pointerOf(root.parameter.name)) || random.nextInt(0, 2) > 0)) continue;
      const value = this.#drawer.draw(root.places, random, root.hint, this.#memory, root.key);
      if (value === undefined) continue;
      if (root.in === 'body') body = { media: root.media, value: sayable(root.media, value) };
      else parameters.set(root.parameter, value);
    }
    const dice = Array.from({ length: throws }, () => random.nextDouble());
    const { belowZero } = this.#memory;
    return new Value({ draft: { parameters, ...(body && { body }) }, dice, belowZero }, undefined);
  }

  override canShrinkWithoutContext(_value: unknown): _value is Drawn {
    return false;
  }

  override shrink(): Stream<Value<Drawn>> {
    return Stream.nil();
  }
}
