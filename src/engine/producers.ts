import type { Case, Exchange, Operation, Pack, PlannedRequest, ResourceFamily, Slot } from '../model/index.ts';
import type { Ledger, LedgerEntry } from './ledger.ts';
import { matchesOf } from './pointer-pattern.ts';
import { expandPath, familyOf, fillSlots, pathSlot } from './slots.ts';
import { wait } from './wait.ts';

/** Values of slots by name (`thread.id`, `model`). */
export type SlotValues = ReadonlyMap<string, string>;

/** Why a slot has no value: nothing makes it, or its maker was refused. */
export interface NoProducer {
  readonly missing: string;
  readonly detail: string;
}

/** What the producers need of the run. */
export interface ProducerDeps {
  readonly pack: Pack | undefined;
  readonly ledger: Ledger;
  operation(id: string): Operation | undefined;
  /** The smallest valid case of an operation. */
  control(operation: Operation): Case | undefined;
  /** Sends a set-up request whose slots are filled; what it makes is not yet in the ledger. */
  send(operation: Operation, request: PlannedRequest, from: Case): Promise<Exchange>;
  json(exchange: Exchange): unknown;
  accepted(exchange: Exchange): boolean;
  report(family: string, from: Case, exchange: Exchange, status: 'made' | 'failed', detail?: string): void;
  /** Values of the run's own bindings. */
  readonly bindings: ReadonlyMap<string, string>;
}

const maxPolls = 30;
const pollDelayMs = 500;

/** Fills the slots of cases: from the ledger, by asking the target for what it has, or by making what is missing. */
export class Producers {
  readonly #deps: ProducerDeps;
  readonly #families: ReadonlyMap<string, ResourceFamily>;
  readonly #making = new Map<string, Promise<LedgerEntry | NoProducer>>();

  constructor(deps: ProducerDeps) {
    this.#deps = deps;
    this.#families = new Map((deps.pack?.families ?? []).map((family) => [family.name, family]));
  }

  /** Values for every slot of a case; children before parents, so that one line of ancestors serves them all. */
  async valuesFor(slots: readonly Slot[], within: SlotValues, allowFresh: boolean): Promise<SlotValues | NoProducer> {
    const values = new Map([...this.#deps.bindings, ...within]);
    const families = slots.filter((slot) => familyOf(slot) !== undefined && !within.has(slot.from));
    const deepFirst = families.toSorted((a, b) => this.#depth(familyOf(b)) - this.#depth(familyOf(a)));
    for (const slot of deepFirst) {
      const family = this.#families.get(familyOf(slot) ?? '');
      if (!family) return { missing: slot.from, detail: `No resource family makes ${slot.from}.` };
      const fresh = (slot.fresh ?? false) && allowFresh;
      if (values.has(slot.from) && !fresh) continue;
      const entry = await this.#obtain(family, fresh, values);
      if ('missing' in entry) return entry;
      for (const [name, value] of entry.context) values.set(name, value);
    }
    const unknown = slots.find((slot) => !values.has(slot.from));
    if (unknown && familyOf(unknown) !== undefined) return { missing: unknown.from, detail: `Nothing gave a value for ${unknown.from}.` };
    return values;
  }

  /** Records what an accepted answer made, whichever case it was for. */
  learn(operation: Operation, answer: unknown, values: SlotValues, as?: ResourceFamily, reserved = false): LedgerEntry | undefined {
    const family = as ?? [...this.#families.values()].find((one) => one.create === operation.id);
    if (!family) return undefined;
    const id = matchesOf(answer, family.id ?? '/id').find((one) => typeof one === 'string');
    if (typeof id !== 'string' || id === '') return undefined;
    const context = new Map<string, string>();
    for (let parent = family.parent; parent !== undefined; parent = this.#families.get(parent)?.parent) {
      const value = values.get(`${parent}.id`);
      if (value !== undefined) context.set(`${parent}.id`, value);
    }
    for (const made of family.alsoCreates ?? []) {
      const other = matchesOf(answer, made.at).find((one) => typeof one === 'string');
      if (typeof other !== 'string') continue;
      context.set(`${made.family}.id`, other);
      this.#deps.ledger.add({ family: made.family, id: other, context: new Map([[`${made.family}.id`, other]]), found: false, reserved: true });
    }
    context.set(`${family.name}.id`, id);
    return this.#deps.ledger.add({ family: family.name, id, context, found: false, reserved });
  }

  /** Requests that remove what this run made, youngest first; without a delete operation there is none. */
  removalOf(entry: LedgerEntry): { readonly operation: Operation; readonly request: PlannedRequest; readonly from: Case } | undefined {
    const family = this.#families.get(entry.family);
    const operation = family?.delete === undefined ? undefined : this.#deps.operation(family.delete);
    const from = operation && this.#deps.control(operation);
    if (!family || !operation || !from) return undefined;
    return { operation, from, request: this.#onLine(from.request, operation, family, entry.context) };
  }

  /** Whether a delete of this operation is about a family's resource, and its id in the request. */
  removes(operation: Operation, request: PlannedRequest): { readonly family: string; readonly id: string }[] {
    return [...this.#families.values()]
      .filter((family) => family.delete === operation.id && family.pathParameter !== undefined)
      .map((family) => ({ family: family.name, id: request.pathParameters[family.pathParameter ?? ''] ?? '' }))
      .filter((one) => one.id !== '');
  }

  #depth(name: string | undefined): number {
    let depth = 0;
    for (let family = this.#families.get(name ?? ''); family && depth < 16; family = this.#families.get(family.parent ?? '')) depth++;
    return depth;
  }

  async #obtain(family: ResourceFamily, fresh: boolean, within: SlotValues): Promise<LedgerEntry | NoProducer> {
    if (fresh) return this.#make(family, within, true);
    const known = this.#deps.ledger.find(family.name, within);
    if (known) return known;
    const key = JSON.stringify([family.name, this.#lineKey(family, within)]);
    const making = this.#making.get(key) ?? this.#make(family, within, false).finally(() => this.#making.delete(key));
    this.#making.set(key, making);
    return making;
  }

  #lineKey(family: ResourceFamily, within: SlotValues): (string | undefined)[] {
    const line: (string | undefined)[] = [];
    for (let parent = family.parent; parent !== undefined; parent = this.#families.get(parent)?.parent) line.push(within.get(`${parent}.id`));
    return line;
  }

  async #make(family: ResourceFamily, within: SlotValues, fresh: boolean): Promise<LedgerEntry | NoProducer> {
    if (family.seeded) {
      const found = await this.#find(family, within, fresh);
      if (!('missing' in found) || family.create === undefined) return found;
    }
    const operation = family.create === undefined ? undefined : this.#deps.operation(family.create);
    const from = operation && this.#deps.control(operation);
    if (!operation || !from) return { missing: `${family.name}.id`, detail: `No operation of the contract makes a ${family.name}.` };
    const parents = this.#onlyLine(family, within);
    const slots = this.#offLine(slotsLeft(from.slots, family), family, parents);
    const values = await this.valuesFor(slots, parents, fresh);
    if ('missing' in values) return { missing: `${family.name}.id`, detail: `A ${family.name} needs ${values.missing}: ${values.detail}` };
    const request = fillSlots(setUpRequest(from.request, family), slots, values, operation);
    const exchange = await this.#deps.send(operation, this.#onLine(request, operation, family, parents), from);
    const answer = this.#deps.json(exchange);
    const entry = this.#deps.accepted(exchange) ? this.learn(operation, answer, values, family, fresh) : undefined;
    if (!entry) {
      const detail = `${operation.id} answered ${exchange.response?.status ?? exchange.error?.message ?? 'nothing'} when a ${family.name} was to be made.`;
      this.#deps.report(family.name, from, exchange, 'failed', detail);
      return { missing: `${family.name}.id`, detail };
    }
    this.#deps.report(family.name, from, exchange, 'made');
    return (await this.#ready(family, entry)) ?? entry;
  }

  async #ready(family: ResourceFamily, entry: LedgerEntry): Promise<NoProducer | undefined> {
    const waitFor = family.setUp?.waitFor;
    const operation = waitFor && family.get !== undefined ? this.#deps.operation(family.get) : undefined;
    const from = operation && this.#deps.control(operation);
    if (!waitFor || !operation || !from) return undefined;
    let state: unknown;
    for (let poll = 0; poll < maxPolls; poll++) {
      if (poll > 0) await wait(pollDelayMs);
      const exchange = await this.#deps.send(operation, this.#onLine(from.request, operation, family, entry.context), from);
      state = matchesOf(this.#deps.json(exchange), waitFor.at)[0];
      if (waitFor.values.includes(String(state))) return undefined;
      if (waitFor.fails?.includes(String(state))) break;
    }
    return { missing: `${family.name}.id`, detail: `The ${family.name} came to ${JSON.stringify(state)}, not to ${waitFor.values.join(' or ')}.` };
  }

  async #find(family: ResourceFamily, within: SlotValues, fresh: boolean): Promise<LedgerEntry | NoProducer> {
    const seeded = family.seeded;
    const operation = seeded && this.#deps.operation(seeded.operation);
    const from = operation && this.#deps.control(operation);
    const missing = { missing: `${family.name}.id`, detail: `The target has no ${family.name}.` };
    if (!seeded || !operation || !from) return missing;
    const parents = this.#onlyLine(family, within);
    const slots = this.#offLine(from.slots, family, parents);
    const values = await this.valuesFor(slots, parents, false);
    if ('missing' in values) return { ...missing, detail: `A ${family.name} needs ${values.missing}: ${values.detail}` };
    const request = this.#onLine(fillSlots(from.request, slots, values, operation), operation, family, parents);
    const exchange = await this.#deps.send(operation, request, from);
    const rows = rowsOf(this.#deps.json(exchange), seeded).filter((id) => !this.#deps.ledger.get(family.name, id)?.reserved);
    const id = fresh ? rows.findLast((row) => !this.#deps.ledger.get(family.name, row)?.gone) : rows[0];
    if (id === undefined) return missing;
    const context = new Map([...this.#onlyLine(family, values), [`${family.name}.id`, id]]);
    return this.#deps.ledger.add({ family: family.name, id, context, found: true, reserved: fresh });
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

  #onLine(request: PlannedRequest, operation: Operation, family: ResourceFamily, context: SlotValues): PlannedRequest {
    const parameters: Record<string, string> = { ...request.pathParameters };
    for (let one: ResourceFamily | undefined = family; one; one = this.#families.get(one.parent ?? '')) {
      const value = context.get(`${one.name}.id`);
      if (one.pathParameter !== undefined && value !== undefined) parameters[one.pathParameter] = value;
    }
    return { ...request, pathParameters: parameters, path: expandPath(operation, parameters) };
  }
}

function rowsOf(answer: unknown, seeded: NonNullable<ResourceFamily['seeded']>): string[] {
  const ids = matchesOf(answer, seeded.at);
  const states = seeded.where ? matchesOf(answer, seeded.where.at) : undefined;
  return ids.filter((id, index): id is string => typeof id === 'string' && (states === undefined || (seeded.where?.values.includes(states[index] as never) ?? true)));
}

/** Slots of a set-up case that its own body left in place. */
function slotsLeft(slots: readonly Slot[], family: ResourceFamily): readonly Slot[] {
  return family.setUp?.wholeBody ? slots.filter((slot) => !slot.at.startsWith('/body')) : slots;
}

function setUpRequest(request: PlannedRequest, family: ResourceFamily): PlannedRequest {
  const { setUp } = family;
  if (setUp?.wholeBody) return { ...request, body: setUp.wholeBody };
  const { body } = request;
  if (!setUp?.body || !body) return request;
  if ('json' in body && typeof body.json === 'object' && body.json !== null && !Array.isArray(body.json)) {
    return { ...request, body: { ...body, json: { ...body.json, ...setUp.body } } };
  }
  if ('parts' in body) {
    const texts = new Map(Object.entries(setUp.body).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]));
    const kept = body.parts.filter((part) => !texts.has(part.name));
    return { ...request, body: { ...body, parts: [...kept, ...[...texts].map(([name, text]) => ({ name, text }))] } };
  }
  return request;
}
