import type { Assertion, EntityRow, EventRow, JsonObject, Op, Step, StreamGrammar, Test } from '../../../src/model/index.ts';
import type { Value } from './grammar-tables.ts';
import { decided, type Scope } from './decided.ts';
import { isMissed, type Place } from './missed.ts';
import { anyOf, assertionsOf, idsIn, isListCompared, isOnlyJson, isSettled, leavesOf, marksIn, read, testsOf } from './grammar-tables.ts';
import type { Sent, Trace } from './trace.ts';

/** What one event does, read off the grammar: which of its parts other events depend on. */
export interface Effects {
  /** Why the event cannot be left out, or sent twice; empty where it can. */
  readonly drop: Set<string>;
  readonly repeat: Set<string>;
  /** What it depends on, and what it changes for others. */
  readonly reads: Set<string>;
  readonly writes: Set<string>;
  /** Texts it adds to, so that equal additions may change places. */
  readonly appends: Map<string, string>;
  /** What it adds to texts of which nothing is asked but to be JSON. */
  readonly json: Map<string, string>;
}

function noEffects(): Effects {
  return { drop: new Set(), repeat: new Set(), reads: new Set(), writes: new Set(), appends: new Map(), json: new Map() };
}

/** What the end of a stream changes. */
export const everything = 'everything';

/** Walks a trace by the tables of its grammar, without judging anything. */
export class Walk {
  readonly marks = new Set<string>();
  readonly #grammar: StreamGrammar;
  readonly #trace: Trace;
  readonly #opened = new Set<string>();
  readonly #closed = new Set<string>();
  readonly #linked: ReadonlySet<string>;
  readonly #demanded: readonly Assertion[];
  readonly #moves = new Map<string, string>();
  #errored = false;
  #index = 0;
  #effects = noEffects();
  readonly #ids: readonly (readonly string[])[];

  constructor(grammar: StreamGrammar, trace: Trace) {
    this.#grammar = grammar;
    this.#trace = trace;
    this.#linked = new Set(
      assertionsOf(grammar).flatMap((one) => testsOf(one.that).flatMap((test) => ('openWith' in test ? [test.openWith[0]] : []))),
    );
    const types = new Set(trace.events.map((sent) => this.typeOf(sent)));
    const occurring = { ...grammar, events: Object.fromEntries(Object.entries(grammar.events).filter(([type]) => types.has(type))) };
    this.#demanded = assertionsOf(occurring).filter((one) => marksIn(one.that).length > 0);
    this.#ids = trace.events.map((sent) =>
      idsIn(typeof sent.data === 'string' ? undefined : grammar.events[this.typeOf(sent) ?? ''], sent),
    );
  }

  /** The effects of every event, in the order of the trace. */
  all(): readonly Effects[] {
    return this.#trace.events.map((sent, index) => {
      this.#index = index;
      this.#effects = noEffects();
      this.#event(sent);
      return this.#effects;
    });
  }

  typeOf(sent: Sent): string | undefined {
    const { type } = this.#grammar.framing;
    if (type.from === 'constant') return type.type;
    return type.from === 'event-line' ? sent.event : String(read(sent.data, type.path));
  }

  #event(sent: Sent): void {
    const effects = this.#effects;
    if (typeof sent.data === 'string') {
      if (this.#grammar.framing.sentinel?.policy === 'require' && !this.#errored) effects.drop.add('sentinel');
      effects.repeat.add('sentinel');
      effects.writes.add(everything);
      return;
    }
    const row = this.#grammar.events[this.typeOf(sent) ?? ''];
    const error = this.#grammar.framing.error;
    if (row === undefined || (error !== undefined && read(sent.data, error.member) !== undefined && row.error !== true)) {
      this.#errored = true;
      for (const set of [effects.drop, effects.repeat, effects.writes]) set.add(everything);
      return;
    }
    if (row.terminal === true || row.error === true) {
      // An error that another event must follow may be missing: that event tells it again.
      if (row.terminal === true || this.#grammar.terminal?.errorEnds !== false) effects.drop.add('the end');
      effects.repeat.add('the end');
      effects.writes.add(everything);
      this.#errored ||= row.error === true;
    }
    if (this.#index <= 1 && (this.#grammar.first ?? []).some((first) => this.#holds(first.when, sent.data))) {
      effects.writes.add('first');
      if (this.#index === 0) effects.drop.add('first');
    }
    this.#step(row, sent.data, '', undefined);
    if (row.equals !== undefined)
      for (const equality of row.equals) if ('children' in equality.from) effects.reads.add(`order:/${equality.from.children}`);
  }

  /** A test on the event itself; what rests on the state of the stream is taken to hold. */
  #holds(test: Test | undefined, subject: Value): boolean {
    if (test === undefined) return true;
    const at = (path: string): Value => (path.startsWith('?.') ? read(this.#trace.request ?? {}, path.slice(2)) : read(subject, path));
    if ('all' in test) return test.all.every((one) => this.#holds(one, subject));
    if ('any' in test) return test.any.some((one) => this.#holds(one, subject));
    if ('not' in test) return !this.#holds(test.not, subject);
    if ('has' in test) return at(test.has) !== undefined && at(test.has) !== null;
    if ('present' in test) return at(test.present) !== undefined;
    if ('eq' in test) return at(test.eq[0]) === test.eq[1];
    if ('in' in test) return (test.in[1] as readonly Value[]).includes(at(test.in[0]));
    if ('empty' in test)
      return (
        [undefined, null, ''].includes(at(test.empty) as null) ||
        (Array.isArray(at(test.empty)) && (at(test.empty) as Value[]).length === 0)
      );
    if ('is' in test && test.is[1] === 'nonempty') return typeof at(test.is[0]) === 'string' && at(test.is[0]) !== '';
    if ('seen' in test) return this.marks.has(test.seen);
    return true;
  }

  #step(step: Step, subject: Value, parent: string, parentEntity: string | undefined): void {
    if (!this.#holds(step.when, subject)) return;
    const found = step.each !== undefined ? read(subject, step.each) : step.at !== undefined ? [read(subject, step.at)] : [subject];
    for (const one of Array.isArray(found) ? found : [])
      if (one !== undefined && one !== null) this.#visit(step, one as Value, parent, parentEntity);
  }

  #visit(step: Step, subject: Value, parent: string, parentEntity: string | undefined): void {
    const entity = step.entity === undefined ? undefined : this.#grammar.entities[step.entity];
    const key = step.key === undefined ? '' : String(read(subject, step.key));
    const id = entity === undefined ? parent : `${parent}/${step.entity}:${key}`;
    if (entity !== undefined && step.entity !== undefined) this.#touch(step, entity, step.entity, id, parent);
    if (step.unsettled !== undefined) this.#effects.reads.add(`settled:${id}:${step.unsettled}`);
    const name = step.entity ?? parentEntity;
    for (const check of step.checks ?? []) this.#check(check, id, subject);
    for (const op of step.do ?? []) this.#op(op, subject, id, name);
    for (const inner of step.inside ?? []) this.#step(inner, subject, id, name);
    if (step.action === 'close') this.#close(id, name ?? '', parent);
  }

  #check(check: Assertion, id: string, subject: Value): void {
    // What the event alone decides reads nothing of the stream.
    const of: Scope = { subject, request: this.#trace.request };
    if (decided(check.when, of) === false || (check.that !== undefined && decided(check.that, of) === true)) return;
    const marks = [...marksIn(check.when), ...marksIn(check.that)];
    // A rule about two marks says nothing in a stream that never sets one of them.
    const speaks = check.that !== undefined || anyOf(check.when) || marks.every((mark) => this.#isSetSomewhere(mark));
    if (speaks) for (const mark of marks) this.#effects.reads.add(this.#mark(mark, id));
    for (const test of testsOf(check.that)) {
      if ('firstEvent' in test) {
        this.#effects.repeat.add('first');
        this.#effects.writes.add('first');
      }
      if ('openWith' in test) this.#effects.reads.add(`open:/${test.openWith[0]}`);
    }
    // The event forbids itself once its own mark is set.
    const forbidding = testsOf(check.when).some((test) => 'seen' in test && this.#sets(test.seen));
    if (check.that === undefined && forbidding && this.#holds(check.when, subject) !== undefined) this.#effects.repeat.add(check.rule);
  }

  /** Whether a test holds for any object of any event. */
  everHolds(test: Test | undefined): boolean {
    const within = (value: Value): boolean => {
      if (typeof value !== 'object' || value === null) return false;
      return (!Array.isArray(value) && this.#holds(test, value)) || Object.values(value).some(within);
    };
    return test === undefined || this.#trace.events.some((sent) => within(sent.data));
  }

  /** Whether the event at hand sets the mark. */
  #sets(mark: string): boolean {
    const sent = this.#trace.events[this.#index] as Sent;
    const row = this.#grammar.events[this.typeOf(sent) ?? ''];
    const sets = (step: Step): boolean =>
      (step.do ?? []).some((op) => 'mark' in op && op.mark === mark && this.#holds(op.when, sent.data)) || (step.inside ?? []).some(sets);
    return row !== undefined && sets(row);
  }

  #mark(mark: string, id: string): string {
    return mark.startsWith('@') ? `mark:${id}:${mark}` : `mark:${mark}`;
  }

  #touch(step: Step, entity: EntityRow, name: string, id: string, parent: string): void {
    const { reads, writes, drop, repeat } = this.#effects;
    const opens = step.action === 'open' || (step.action === 'auto' && !this.#opened.has(id));
    reads.add(`inst:${id}`);
    if (step.action !== 'open' && !this.#opened.has(id)) for (const mark of marksIn(step.unknownWhen)) reads.add(this.#mark(mark, id));
    if (entity.interleave !== undefined) reads.add(`latest:${parent}/${name}`);
    if (!opens) return;
    this.#opened.add(id);
    if (step.action === 'open') {
      if (entity.unknown !== undefined) drop.add(`opens ${id}`);
      if ((entity.again ?? entity.order) !== undefined) repeat.add(`opens ${id}`);
    } else if (isMissed({ entity, name, id, parent }, this.#here())) drop.add(`opens ${id}`);
    if (step.action === 'open' || entity.openChecks !== undefined) writes.add(`inst:${id}`);
    for (const check of entity.openChecks ?? []) this.#check(check, id, undefined);
    if (entity.order !== undefined) writes.add(`order:${parent}/${name}`);
    if (entity.interleave !== undefined) writes.add(`latest:${parent}/${name}`);
    if (entity.serial !== undefined || entity.together !== undefined || this.#linked.has(name)) writes.add(`opens:${parent}/${name}`);
  }

  #here(): Place {
    const { events, request } = this.#trace;
    return { grammar: this.#grammar, events, request, ids: this.#ids, index: this.#index, opened: this.#opened };
  }

  #close(id: string, name: string, parent: string): void {
    const { writes, drop, repeat } = this.#effects;
    const entity = this.#grammar.entities[name];
    this.#closed.add(id);
    for (const check of entity?.closeChecks ?? []) this.#check(check, id, undefined);
    if (entity?.unclosed !== undefined && this.#opened.has(id) && this.#isAwaited(name, parent)) drop.add(`closes ${id}`);
    if (entity?.after !== undefined) repeat.add(`closes ${id}`);
    writes.add(`inst:${id}`);
    if (entity?.serial !== undefined || entity?.together !== undefined || this.#linked.has(name)) writes.add(`closes:${parent}/${name}`);
  }

  /** Whether the end of the parent, or of the stream, asks for the end of its children. */
  #isAwaited(name: string, parent: string): boolean {
    if (parent !== '') return true;
    const rows = this.#trace.events.map((sent) => this.#grammar.events[this.typeOf(sent) ?? '']);
    return this.#grammar.endSettles?.includes(name) === true || rows.some((row) => row?.settles?.includes(name) === true);
  }

  #op(op: Op, subject: Value, id: string, name: string | undefined): void {
    const { drop, repeat, reads, writes, appends } = this.#effects;
    if ('when' in op && !this.#holds(op.when, subject)) return;
    const changes = (resource: string): void => {
      for (const set of [drop, repeat, writes]) set.add(resource);
    };
    if ('append' in op) {
      const text = read(subject, op.from);
      if (typeof text === 'string' && isOnlyJson(this.#grammar, name, op.append, (when) => this.everHolds(when)))
        this.#effects.json.set(`json:${id}:${op.append}`, text);
      const some = op.form === 'entries' ? Array.isArray(text) && text.length > 0 : typeof text === 'string' && text !== '';
      if (!some || !isSettled(this.#grammar, name, op.append)) return;
      changes(`text:${id}:${op.append}`);
      appends.set(`text:${id}:${op.append}`, String(text));
      reads.add(`settled:${id}:${op.append}`);
    } else if ('settle' in op) {
      changes(`settled:${id}:${op.settle}`);
      reads.add(`text:${id}:${op.settle}`);
    } else if ('merge' in op) {
      for (const [leaf, value] of leavesOf(read(subject, op.merge))) {
        changes(`merged:${id}:${leaf}`);
        appends.set(`merged:${id}:${leaf}`, value);
      }
    } else if ('mark' in op) this.#setMark(op.mark, id);
    else if ('once' in op) {
      for (const path of op.once) if (read(subject, path) !== undefined && read(subject, path) !== null) repeat.add(`once ${path}`);
    } else if ('progress' in op) this.#progress(op.progress, id, name, subject);
    else if ('entry' in op) {
      repeat.add(`entry ${op.entry}`);
      writes.add(`list:${id}:${op.entry}`);
      const later = this.#trace.events
        .slice(this.#index + 1)
        .some((sent) => this.typeOf(sent) === this.typeOf(this.#trace.events[this.#index] as Sent));
      if (later || isListCompared(this.#grammar, name, op.entry)) drop.add(`entry ${op.entry}`);
    } else if ('bytes' in op) {
      const bytes = Array.isArray(read(subject, op.tokens))
        ? (read(subject, op.tokens) as JsonObject[]).flatMap((token) => token['bytes'] as number[])
        : [];
      const text = [...new TextEncoder().encode(String(read(subject, op.text) ?? ''))];
      // What adds as many bytes on both sides keeps the two in step.
      if (bytes.join() !== text.join()) changes(`bytes:${id}`);
    } else if ('move' in op) this.#move(op.move, op.to);
    else if ('rising' in op) {
      const numbers = [read(subject, op.rising)].flat().filter((number) => typeof number === 'number');
      const resource = `rising:${id}:${op.rising}`;
      if (numbers.length === 0) return;
      writes.add(resource);
      appends.set(resource, numbers.join());
      if (numbers[0] !== numbers.at(-1)) repeat.add(resource);
    } else this.#close(id, name ?? '', id.slice(0, id.lastIndexOf('/')));
  }

  #setMark(mark: string, id: string): void {
    const resource = this.#mark(mark, id);
    if (this.marks.has(resource)) return;
    this.marks.add(resource);
    this.marks.add(mark);
    const rest = this.#trace.events.slice(this.#index + 1);
    const row = (sent: Sent): EventRow | undefined => this.#grammar.events[this.typeOf(sent) ?? ''];
    const again = rest.some(
      (sent) =>
        typeof sent.data === 'object' &&
        (row(sent)?.do ?? []).some((op) => 'mark' in op && op.mark === mark && this.#holds(op.when, sent.data)),
    );
    this.#effects.writes.add(resource);
    if (again) return;
    const missed = this.#demanded.find(
      (one) =>
        marksIn(one.that).includes(mark) &&
        marksIn(one.when).every((other) => other === 'sentinel' || other === mark || this.#isSetSomewhere(other)),
    );
    if (missed !== undefined && this.#holdsApartFromMarks(missed)) this.#effects.drop.add(missed.rule);
  }

  #holdsApartFromMarks(assertion: Assertion): boolean {
    const asked = testsOf(assertion.when).filter((test) => 'eq' in test && test.eq[0].startsWith('?.'));
    return asked.every((test) => this.#holds(test, undefined));
  }

  #isSetSomewhere(mark: string): boolean {
    const types = new Set(this.#trace.events.map((sent) => this.typeOf(sent)));
    const rows = Object.entries(this.#grammar.events).filter(([type]) => types.has(type));
    const sets = (step: Step): boolean =>
      (step.do ?? []).some((op) => 'mark' in op && op.mark === mark && this.everHolds(op.when)) || (step.inside ?? []).some(sets);
    return rows.some(([, row]) => sets(row));
  }

  #progress(progress: string, id: string, name: string | undefined, subject: Value): void {
    const { drop, repeat, writes } = this.#effects;
    writes.add(`progress:${id}`);
    const prefix = String(read(subject, 'type')).split('.')[1] ?? '';
    const kind = this.#grammar.entities[name ?? '']?.kinds?.[prefix];
    if (kind?.progress?.includes(`${progress}*`) !== true) repeat.add(`progress ${progress}`);
    const index = read(subject, 'output_index');
    const final = this.#trace.events.find(
      (sent) =>
        read(sent.data, 'item.status') !== undefined &&
        read(sent.data, 'item.status') !== 'in_progress' &&
        read(sent.data, 'output_index') === index,
    );
    const status = final === undefined ? undefined : read(final.data, 'item.status');
    const fails = status === 'failed' && (kind?.progressNeeds ?? []).some((group) => group.includes('failed'));
    if ((final === undefined || status === 'completed' || fails) && (kind?.progressNeeds ?? []).some((group) => group.includes(progress)))
      drop.add(`progress ${progress}`);
  }

  #move(machine: string, to: string): void {
    const { drop, repeat, writes } = this.#effects;
    writes.add(`machine:${machine}`);
    const table = this.#grammar.machines?.[machine] ?? {};
    const from = this.#moves.get(machine);
    this.#moves.set(machine, to);
    if (!(table[to] ?? []).includes(to)) repeat.add(`moves to ${to}`);
    const next = this.#trace.events
      .slice(this.#index + 1)
      .flatMap((sent) => (this.#grammar.events[this.typeOf(sent) ?? '']?.do ?? []).flatMap((op) => ('move' in op ? [op.to] : [])))[0];
    if (from !== undefined && next !== undefined && !(table[from] ?? []).includes(next)) drop.add(`moves to ${to}`);
  }
}
