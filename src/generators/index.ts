import type { Binding, Case, Cell, Contract, Operation, OperationClass, Pack, Phase, SchemaJudge, SchemaRef } from '../model/index.ts';
import { createShapes } from './alternatives.ts';
import { createDrawer, SchemaArbitrary } from './arbitrary.ts';
import { slotsOf } from './bindings.ts';
import { createBuilder } from './build.ts';
import { casesOf, type CellEntry, type OperationCases, type Unexpressible } from './operation-cases.ts';
import { probesOf } from './probes.ts';
import { propertyCases } from './property.ts';
import { smallerCases } from './shrink.ts';
import { standInFor } from './stand-in.ts';
import { createWorkbench, recipe, type Shop, type Workbench } from './workbench.ts';

export type { CellEntry, Unexpressible } from './operation-cases.ts';

/** What a generator needs: the contract and its judge, and from the pack, as plain data, what no schema knows. */
export interface GeneratorOptions {
  readonly contract: Contract;
  readonly judge: SchemaJudge;
  readonly bindings?: readonly Binding[];
  readonly wellMeant?: NonNullable<Pack['wellMeant']>;
  readonly seed: number;
  readonly classesOf?: (operationId: string) => readonly OperationClass[];
  /** Draws of the property phase for each operation; {@link Generator.cases} takes it. */
  readonly draws?: number;
}

/**
 * Makes the cases of a contract, operation by operation. Same options, same cases, byte for byte. What is asked for
 * is computed when it is first asked for, once.
 */
export interface Generator {
  /** The cases of one phase: `valid`, `invalid`, `coverage`, `pairs`, `property`, `probe`; none of any other. */
  cases(operation: Operation, phase: Phase): Iterable<Case>;
  /** The shared controls: the smallest valid case of each media type, then those that hold a place that is broken elsewhere. */
  controls(operation: Operation): readonly Case[];
  /** The smallest valid case: what sets up, and replaces a control that was refused. */
  control(operation: Operation): Case | undefined;
  controlById(id: string): Case | undefined;
  /** A few meaningful valid cases, the smallest first. */
  valid(operation: Operation): Iterable<Case>;
  /** The first of each kind of mutation near the root, then syntax, media type, credentials, ids, methods. */
  invalid(operation: Operation): Iterable<Case>;
  /** Everything else that the schemas ask for, valid and invalid. */
  coverage(operation: Operation): Iterable<Case>;
  /** A 2-way covering array over the optional members of each object, and over the optional parameters. */
  pairs(operation: Operation): Iterable<Case>;
  /** Unusual forms of valid requests; no oracle on whether they are accepted. */
  probes(operation: Operation): Iterable<Case>;
  /** That many random valid requests, each of them broken once as well: (operation, seed, index) is the case. */
  property(operation: Operation, count: number): Iterable<Case>;
  /** The same mutation made of a smaller control, for a target that refused the planned one; `undefined` where there is none. */
  standIn(planned: Case): Case | undefined;
  /** Smaller forms of a failing case, smallest step last; the engine sends them and asks again from the one that still fails. */
  shrink(planned: Case): Iterable<Case>;
  /** The rows of the coverage table. */
  cells(operation: Operation): readonly CellEntry[];
  /** Rows that no case serves, each with its reason. */
  unexpressible(operation: Operation): readonly Unexpressible[];
}

/** The schemas of all parameters and request bodies as fast-check arbitraries: every draw is valid. */
export function createRequestArbitraries(contract: Contract, judge: SchemaJudge): ReadonlyMap<SchemaRef, SchemaArbitrary> {
  const shapes = createShapes(contract.document);
  const drawer = createDrawer(shapes, createBuilder(shapes, judge), judge);
  const refs = contract.operations.flatMap((operation) => [
    ...operation.parameters.map((parameter) => parameter.schema),
    ...(operation.requestBody?.content ?? []).flatMap((media) => (media.schema === undefined ? [] : [media.schema])),
  ]);
  return new Map(refs.map((ref) => [ref, new SchemaArbitrary(drawer, [shapes.placeOf(ref)], (value) => judge.accepts(ref, value))]));
}

interface Made {
  readonly bench: Workbench;
  readonly all: OperationCases;
  readonly valid: readonly Case[];
  readonly invalid: readonly Case[];
  readonly coverage: readonly Case[];
}

export function createGenerator(options: GeneratorOptions): Generator {
  const { contract, judge } = options;
  const shapes = createShapes(contract.document);
  const build = createBuilder(shapes, judge);
  const drawer = createDrawer(shapes, build, judge);
  const shop: Shop = {
    contract,
    judge,
    bindings: options.bindings ?? [],
    wellMeant: options.wellMeant,
    classesOf: options.classesOf ?? (() => []),
    seed: options.seed,
    shapes,
    build,
  };
  const made = new Map<string, Made>();
  const byId = new Map<string, Case>();
  const generator: Generator = {
    cases,
    controls: (operation) => controlsOf(of(operation)),
    control: (operation) => of(operation).all.smallest[0],
    controlById: (id) => byId.get(id),
    valid: (operation) => of(operation).valid,
    invalid: (operation) => of(operation).invalid,
    coverage: (operation) => of(operation).coverage,
    pairs: (operation) => {
      const pairs = of(operation).all.pairs();
      for (const planned of pairs) byId.set(planned.id, planned);
      return pairs;
    },
    probes,
    property,
    standIn: (planned) => {
      const operation = contract.operations.find((one) => one.id === planned.operationId);
      if (!operation) return undefined;
      const { bench, all } = of(operation);
      return standInFor(bench, all, planned, byId.get(planned.control ?? ''));
    },
    shrink: (planned) => {
      const operation = contract.operations.find((one) => one.id === planned.operationId);
      return operation ? smallerCases(of(operation).bench, planned, byId.get(planned.control ?? '')) : [];
    },
    cells: (operation) => cellsOf(of(operation).all),
    unexpressible: (operation) => of(operation).all.unexpressible(),
  };
  return generator;

  function cases(operation: Operation, phase: Phase): Iterable<Case> {
    if (phase === 'valid') return generator.valid(operation);
    if (phase === 'invalid') return generator.invalid(operation);
    if (phase === 'coverage') return generator.coverage(operation);
    if (phase === 'pairs') return generator.pairs(operation);
    if (phase === 'probe') return generator.probes(operation);
    if (phase === 'property') return property(operation, options.draws ?? 20);
    return [];
  }

  function property(operation: Operation, count: number): Case[] {
    const { bench, all } = of(operation);
    const cells = all.unexpressible().flatMap(({ mode, cell }) => (mode === 'invalid' ? [cell] : []));
    // Asked of every breach of every draw, and of most schemas there is none.
    const bySchema = Map.groupBy(cells, ({ schema }) => schema);
    const hopeless = ({ in: place, schema, keyword, aspect }: Cell) =>
      bySchema.get(schema)?.some((one) => one.keyword === keyword && one.aspect === aspect && one.in === place) ?? false;
    const drawn = [...propertyCases(bench, drawer, count, all.drafts.values(), hopeless)];
    for (const planned of drawn) byId.set(planned.id, planned);
    return drawn;
  }

  function probes(operation: Operation): Case[] {
    const { bench, all } = of(operation);
    return all.smallest.flatMap((control) => {
      const suffix = control.request.body ? { media: control.request.body.mediaType } : {};
      return [...probesOf(bench, control.request)]
        .filter(({ request }) => control === all.smallest[0] || request.body !== control.request.body)
        .map(({ kind, request }) => {
          const made = recipe({ make: 'probe', kind, ...suffix });
          const slots = slotsOf(bench.bound, request);
          return bench.caseOf({ phase: 'probe', mode: 'probe', request, slots, control: control.id, probe: kind, cells: [], recipe: made });
        });
    });
  }

  function of(operation: Operation): Made {
    const known = made.get(operation.id);
    if (known) return known;
    const bench = createWorkbench(shop, operation);
    const all = casesOf(bench);
    const parts = { bench, all, ...split(all) };
    made.set(operation.id, parts);
    for (const planned of [...parts.valid, ...parts.invalid, ...parts.coverage]) byId.set(planned.id, planned);
    return parts;
  }
}

function split(all: OperationCases): Pick<Made, 'valid' | 'invalid' | 'coverage'> {
  const first = new Set(all.invalid.filter((planned) => planned.phase === 'invalid'));
  return {
    valid: all.valid.filter((planned) => planned.phase === 'valid'),
    invalid: [...first],
    coverage: [...all.valid.filter((planned) => planned.phase !== 'valid'), ...all.invalid.filter((planned) => !first.has(planned))],
  };
}

function controlsOf({ all }: Made): readonly Case[] {
  const used = new Set(all.invalid.map((planned) => planned.control));
  const smallest = new Set(all.smallest);
  return [...all.smallest, ...all.valid.filter((planned) => used.has(planned.id) && !smallest.has(planned))];
}

function cellsOf(all: OperationCases): CellEntry[] {
  const entries = new Map<string, CellEntry>();
  const add = (entry: CellEntry) => entries.set(JSON.stringify([entry.mode, entry.cell]), entry);
  for (const planned of all.valid) for (const cell of planned.cells) add({ cell, mode: 'valid' });
  for (const planned of all.invalid) for (const cell of planned.cells) add({ cell, mode: 'invalid' });
  for (const { cell, mode } of all.unexpressible()) add({ cell, mode });
  return [...entries.values()];
}
