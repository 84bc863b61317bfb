import type { Case, Exchange, Operation, Pack, PlannedRequest, Pointer, ResourceFamily, Slot } from '../model/index.ts';
import { type Ledger, type LedgerEntry, agrees } from './ledger.ts';
import { idIn, idInEvents, isKept } from './made-ids.ts';
import { matchesOf } from './pointer-pattern.ts';
import { setUpRequest, slotsLeft } from './set-up-request.ts';
import { expandPath, familyOf, fillSlots, pathSlot } from './slots.ts';
import { wait } from './wait.ts';

/** Values of slots by name (`thread.id`, `model`). */
export type SlotValues = ReadonlyMap<string, string>;

/** Why a slot has no value: nothing makes it, or its maker was refused. */
export interface NoProducer {
  readonly missing: string;
  readonly detail: string;
  /** Set where the maker is known and nobody allowed it. */
  readonly notAllowed?: boolean;
}

/** What the producers need of the run. */
export interface ProducerDeps {
  readonly pack: Pack | undefined;
  readonly ledger: Ledger;
  operation(id: string): Operation | undefined;
  /** Classes of an operation that the run may not send, also not as a set-up. */
  forbidden(operation: Operation): readonly string[];
  /** The smallest valid case of an operation. */
  control(operation: Operation): Case | undefined;
  /** Sends a set-up request whose slots are filled; what it makes is not yet in the ledger. */
  send(operation: Operation, request: PlannedRequest, from: Case): Promise<Exchange>;
  json(exchange: Exchange): unknown;
  accepted(exchange: Exchange): boolean;
  report(family: string, from: Case, exchange: Exchange, status: 'made' | 'failed', detail?: string): void;
  /** A resource was made for the run's sake. */
  created(entry: LedgerEntry, exchange: Exchange): void;
  /** Values of the run's own bindings. */
  readonly bindings: ReadonlyMap<string, string>;
}

const maxPolls = 30;
const pollDelayMs = 500;

/** Fills the slots of cases: from the ledger, by asking the target for what it has, or by making what is missing. */
export class Producers {
  readonly #deps: ProducerDeps;
  readonly #families: ReadonlyMap<string, ResourceFamily>;
  /** Families by the operation that makes, and by the one that deletes their resources. */
  readonly #madeBy = new Map<string, ResourceFamily>();
  readonly #alsoMadeBy: ReadonlyMap<string, readonly { readonly family: ResourceFamily; readonly at: Pointer }[]>;
  readonly #removedBy: ReadonlyMap<string, readonly ResourceFamily[]>;
  readonly #making = new Map<string, Promise<LedgerEntry | NoProducer>>();

  constructor(deps: ProducerDeps) {
    this.#deps = deps;
    const families = deps.pack?.families ?? [];
    this.#families = new Map(families.map((family) => [family.name, family]));
    for (const family of families) {
      if (family.create !== undefined && !this.#madeBy.has(family.create)) this.#madeBy.set(family.create, family);
    }
    const onTheWay = families.flatMap((family) => (family.alsoMadeBy ?? []).map(({ operation, at }) => ({ operation, family, at })));
    this.#alsoMadeBy = Map.groupBy(onTheWay, ({ operation }) => operation);
    this.#removedBy = Map.groupBy(families, (family) => family.delete ?? '');
  }

  /**
   * Values for every slot of a case. Fresh resources come first, ancestors before descendants, so that a descendant is
   * made under the new one; then shared ones, children before parents, so that one line of ancestors serves them all.
   */
  async valuesFor(slots: readonly Slot[], within: SlotValues, allowFresh: boolean): Promise<SlotValues | NoProducer> {
    if (slots.length === 0 && within.size === 0) return this.#deps.bindings;
    const families = slots.filter((slot) => familyOf(slot) !== undefined && !within.has(slot.from));
    if (families.length === 0 && within.size === 0) return this.#deps.bindings;
    const values = new Map(this.#deps.bindings);
    for (const [name, value] of within) values.set(name, value);
    const isFresh = (slot: Slot): boolean => allowFresh && (slot.fresh ?? false);
    const depth = (slot: Slot): number => this.#depth(familyOf(slot));
    const inOrder = [
      ...families.filter(isFresh).toSorted((a, b) => depth(a) - depth(b)),
      ...families.filter((slot) => !isFresh(slot)).toSorted((a, b) => depth(b) - depth(a)),
    ];
    for (const slot of inOrder) {
      const family = this.#families.get(familyOf(slot) ?? '');
      if (!family) return { missing: slot.from, detail: `No resource family makes ${slot.from}.` };
      if (values.has(slot.from) && !isFresh(slot)) continue;
      const entry = await this.#obtain(family, isFresh(slot), values);
      if ('missing' in entry) return entry;
      for (const [name, value] of entry.context) values.set(name, value);
    }
    return values;
  }

  /**
   * Records what an accepted exchange made, whichever case it was for. What may be there, but of which that is not sure,
   * and what was made on the way, is removed in the end and shared with no case.
   */
  learn(operation: Operation, request: PlannedRequest, exchange: Exchange, values: SlotValues): LedgerEntry[] {
    const made: LedgerEntry[] = [];
    const add = (family: ResourceFamily, at: Pointer, inEvents: Pointer | undefined, reserved: boolean): void => {
      const answer = this.#deps.json(exchange);
      const id = answer === undefined ? idInEvents(exchange, inEvents) : idIn(answer, at);
      if (id !== undefined) made.push(this.#enter(family, id, answer, values, reserved));
    };
    const family = this.#madeBy.get(operation.id);
    const kept = family && isKept(request, family.keptIf);
    if (family && kept !== 'no') add(family, family.id ?? '/id', family.streamed, kept === 'unknown');
    for (const { family: other, at } of this.#alsoMadeBy.get(operation.id) ?? []) add(other, at, at, true);
    return made;
  }

  #enter(family: ResourceFamily, id: string, answer: unknown, values: SlotValues, reserved: boolean): LedgerEntry {
    const context = new Map<string, string>();
    for (let parent = family.parent; parent !== undefined; parent = this.#families.get(parent)?.parent) {
      const value = values.get(`${parent}.id`);
      if (value !== undefined) context.set(`${parent}.id`, value);
    }
    for (const made of family.alsoCreates ?? []) {
      const other = matchesOf(answer, made.at).find((one) => typeof one === 'string');
      if (typeof other !== 'string') continue;
      context.set(`${made.family}.id`, other);
      this.#deps.ledger.add({
        family: made.family,
        id: other,
        context: new Map([[`${made.family}.id`, other]]),
        found: false,
        reserved: true,
      });
    }
    context.set(`${family.name}.id`, id);
    return this.#deps.ledger.add({ family: family.name, id, context, found: false, reserved });
  }

  /**
   * The request that removes what this run made; one that ends it (a job would go on and cost) where nothing deletes it
   * and it does not go with a parent.
   */
  removalOf(entry: LedgerEntry): { readonly operation: Operation; readonly request: PlannedRequest; readonly from: Case } | undefined {
    const family = this.#families.get(entry.family);
    const by = family?.delete ?? (family?.parent === undefined ? family?.cancel : undefined);
    const operation = by === undefined ? undefined : this.#deps.operation(by);
    const from = operation && this.#deps.control(operation);
    if (!family || !operation || !from) return undefined;
    return { operation, from, request: this.#onLine(from.request, operation, family, entry.context) };
  }

  /** Whether a delete of this operation is about a family's resource, and its id and those of its parents in the request. */
  removes(operation: Operation, request: PlannedRequest): { readonly family: string; readonly id: string; readonly within: SlotValues }[] {
    return (this.#removedBy.get(operation.id) ?? []).flatMap((family) => {
      const within = new Map<string, string>();
      for (let one: ResourceFamily | undefined = family; one; one = this.#families.get(one.parent ?? '')) {
        const value = request.pathParameters[one.pathParameter ?? ''];
        if (value !== undefined && value !== '') within.set(`${one.name}.id`, value);
      }
      const id = within.get(`${family.name}.id`);
      return id === undefined ? [] : [{ family: family.name, id, within }];
    });
  }

  #depth(name: string | undefined): number {
    let depth = 0;
    for (let family = this.#families.get(name ?? ''); family && depth < 16; family = this.#families.get(family.parent ?? '')) depth++;
    return depth;
  }

  async #obtain(family: ResourceFamily, fresh: boolean, within: SlotValues): Promise<LedgerEntry | NoProducer> {
    if (fresh) return this.#make(family, within, true);
    // One at a time for each family: a second one asked for under another name of the same line would be a duplicate.
    for (;;) {
      const known = this.#deps.ledger.find(family.name, within);
      if (known) return known;
      const underWay = this.#making.get(family.name);
      if (!underWay) break;
      const made = await underWay;
      if ('missing' in made) return made;
      if (agrees(made, within)) return made;
    }
    const making = this.#make(family, within, false).finally(() => this.#making.delete(family.name));
    this.#making.set(family.name, making);
    return making;
  }

  async #make(family: ResourceFamily, within: SlotValues, fresh: boolean): Promise<LedgerEntry | NoProducer> {
    if (family.seeded) {
      const found = await this.#find(family, within, fresh);
      if (!('missing' in found) || family.create === undefined) return found;
    }
    const operation = family.create === undefined ? undefined : this.#deps.operation(family.create);
    const from = operation && this.#deps.control(operation);
    if (!operation || !from) return { missing: `${family.name}.id`, detail: `No operation of the contract makes the ${family.name}.` };
    const forbidden = this.#forbidden(family, operation);
    if (forbidden) return forbidden;
    const prepared = await this.#prepare(family, operation, from.slots.length === 0 ? [] : slotsLeft(from.slots, family), within, fresh);
    if ('missing' in prepared) return prepared;
    const { line, slots, values } = prepared;
    const request = fillSlots(setUpRequest(from.request, family), slots, values, operation);
    const exchange = await this.#deps.send(operation, this.#onLine(request, operation, family, line), from);
    const failed = (detail: string): NoProducer => {
      this.#deps.report(family.name, from, exchange, 'failed', detail);
      return { missing: `${family.name}.id`, detail };
    };
    const answer = this.#deps.json(exchange);
    const refused = `${operation.id} answered ${exchange.response?.status ?? exchange.error?.message ?? 'nothing'} when the ${family.name} was to be made.`;
    if (!this.#deps.accepted(exchange)) return failed(refused);
    const ready = family.setUp?.waitFor ? await this.#ready(family, answer, new Map([...values, ...line])) : answer;
    if (isNoProducer(ready)) return failed(ready.detail);
    const id = idIn(ready, family.id ?? '/id');
    const entry = id === undefined ? undefined : this.#enter(family, id, ready, new Map([...values, ...line]), fresh);
    if (!entry) return failed(`${operation.id} answered without an id at ${family.id ?? '/id'} when the ${family.name} was to be made.`);
    this.#deps.report(family.name, from, exchange, 'made');
    this.#deps.created(entry, exchange);
    return entry;
  }

  /** Polls the family's `get` until the resource is in a state that is good; answers its last answer. */
  async #ready(family: ResourceFamily, made: unknown, values: SlotValues): Promise<unknown> {
    const waitFor = family.setUp?.waitFor;
    const operation = family.get === undefined ? undefined : this.#deps.operation(family.get);
    const from = operation && this.#deps.control(operation);
    const handle = matchesOf(made, '/id')[0];
    if (!waitFor || !operation || !from || typeof handle !== 'string') return made;
    let answer: unknown = made;
    let state: unknown;
    for (let poll = 0; poll < maxPolls; poll++) {
      if (poll > 0) await wait(pollDelayMs);
      answer = this.#deps.json(await this.#deps.send(operation, this.#onHandle(from.request, operation, family, values, handle), from));
      state = matchesOf(answer, waitFor.at)[0];
      if (waitFor.values.includes(String(state))) return answer;
      if (waitFor.fails?.includes(String(state))) break;
    }
    return {
      missing: `${family.name}.id`,
      detail: `The ${family.name} came to ${JSON.stringify(state)}, not to ${waitFor.values.join(' or ')}.`,
    };
  }

  async #find(family: ResourceFamily, within: SlotValues, fresh: boolean): Promise<LedgerEntry | NoProducer> {
    const seeded = family.seeded;
    const operation = seeded && this.#deps.operation(seeded.operation);
    const from = operation && this.#deps.control(operation);
    const missing = { missing: `${family.name}.id`, detail: `The target has no ${family.name}.` };
    if (!seeded || !operation || !from) return missing;
    const forbidden = this.#forbidden(family, operation);
    if (forbidden) return forbidden;
    const prepared = await this.#prepare(family, operation, from.slots, within, false);
    if ('missing' in prepared) return prepared;
    const { line, slots, values } = prepared;
    const request = this.#onLine(fillSlots(from.request, slots, values, operation), operation, family, line);
    const exchange = await this.#deps.send(operation, request, from);
    const rows = rowsOf(this.#deps.json(exchange), seeded).filter((id) => !this.#deps.ledger.get(family.name, id, line)?.reserved);
    const id = fresh ? rows.findLast((row) => !this.#deps.ledger.get(family.name, row, line)?.gone) : rows[0];
    if (id === undefined) return missing;
    return this.#deps.ledger.add({
      family: family.name,
      id,
      context: new Map([...line, [`${family.name}.id`, id]]),
      found: true,
      reserved: fresh,
    });
  }

  /** The ancestors that an operation names in its path, obtained where they are not settled, and values of its other slots. */
  async #prepare(
    family: ResourceFamily,
    operation: Operation,
    slots: readonly Slot[],
    within: SlotValues,
    fresh: boolean,
  ): Promise<{ readonly line: SlotValues; readonly slots: readonly Slot[]; readonly values: SlotValues } | NoProducer> {
    let line = this.#onlyLine(family, within);
    const parent = this.#families.get(family.parent ?? '');
    const isNamed = operation.parameters.some((one) => one.in === 'path' && one.name === parent?.pathParameter);
    if (parent && isNamed && !line.has(`${parent.name}.id`)) {
      const slot = slots.find((one) => one.at === pathSlot(parent.pathParameter ?? ''));
      const entry = await this.#obtain(parent, fresh && (slot?.fresh ?? false), within);
      if ('missing' in entry)
        return { ...entry, missing: `${family.name}.id`, detail: `A ${family.name} needs ${entry.missing}: ${entry.detail}` };
      line = new Map([...line, ...entry.context]);
    }
    const left = this.#offLine(slots, family, line);
    const values = await this.valuesFor(left, line, fresh);
    if ('missing' in values)
      return { ...values, missing: `${family.name}.id`, detail: `A ${family.name} needs ${values.missing}: ${values.detail}` };
    return { line, slots: left, values };
  }

  #forbidden(family: ResourceFamily, operation: Operation): NoProducer | undefined {
    const classes = this.#deps.forbidden(operation);
    if (classes.length === 0) return undefined;
    const detail = `A ${family.name} comes from ${operation.id}, which needs --allow ${classes.join(',')}.`;
    return { missing: `${family.name}.id`, detail, notAllowed: true };
  }

  #onlyLine(family: ResourceFamily, values: SlotValues): SlotValues {
    const line = new Map<string, string>();
    for (let parent = family.parent; parent !== undefined; parent = this.#families.get(parent)?.parent) {
      const value = values.get(`${parent}.id`);
      if (value !== undefined) line.set(`${parent}.id`, value);
    }
    return line;
  }

  /** Slots that no ancestor of the line fills. */
  #offLine(slots: readonly Slot[], family: ResourceFamily, line: SlotValues): readonly Slot[] {
    const filled = new Set<string>();
    for (let one = this.#families.get(family.parent ?? ''); one; one = this.#families.get(one.parent ?? '')) {
      if (one.pathParameter !== undefined && line.has(`${one.name}.id`)) filled.add(pathSlot(one.pathParameter));
    }
    return slots.filter((slot) => !filled.has(slot.at));
  }

  /** A request about what was just made: its handle is the last path parameter, its ancestors are those of the line. */
  #onHandle(request: PlannedRequest, operation: Operation, family: ResourceFamily, values: SlotValues, handle: string): PlannedRequest {
    const names = operation.path.match(/\{([^}]+)\}/g) ?? [];
    const last = names.at(-1)?.slice(1, -1);
    const onLine = this.#onLine(request, operation, family, values);
    const parameters = last === undefined ? onLine.pathParameters : { ...onLine.pathParameters, [last]: handle };
    return { ...onLine, pathParameters: parameters, path: expandPath(operation, parameters) };
  }

  #onLine(request: PlannedRequest, operation: Operation, family: ResourceFamily, context: SlotValues): PlannedRequest {
    const parameters: Record<string, string> = { ...request.pathParameters };
    for (let one: ResourceFamily | undefined = family; one; one = this.#families.get(one.parent ?? '')) {
      const value = context.get(`${one.name}.id`);
      if (one.pathParameter !== undefined && value !== undefined) parameters[one.pathParameter] = value;
    }
    return { ...request, pathParameters: parameters, path: expandPath(operation, parameters) };
  }
}

function isNoProducer(value: unknown): value is NoProducer {
  return typeof value === 'object' && value !== null && 'missing' in value && 'detail' in value;
}

function rowsOf(answer: unknown, seeded: NonNullable<ResourceFamily['seeded']>): string[] {
  const ids = matchesOf(answer, seeded.at);
  const states = seeded.where ? matchesOf(answer, seeded.where.at) : undefined;
  return ids.filter(
    (id, index): id is string =>
      typeof id === 'string' && (states === undefined || (seeded.where?.values.includes(states[index] as never) ?? true)),
  );
}
