import type { JsonObject, StreamEnd, StreamEvent, StreamGrammar, StreamViolation } from '../model/index.ts';
import { isObject } from './compare.ts';
import type { CompiledGrammar, CompiledRow } from './compile.ts';
import { compileGrammar } from './compile.ts';
import { checkCounts, settleChildren } from './entities.ts';
import { makeEqualities, quote } from './equality.ts';
import type { StreamContext, StreamJudge } from './context.ts';
import { createInstance, labelOf } from './instance.ts';
import type { Run, Told } from './run.ts';
import { createSequence } from './sequence.ts';
import { sseRule } from './sse-rules.ts';
import { violationOf } from './violation.ts';
import { isOfType } from './tests.ts';

/** A target must not fill the memory with findings. */
const maximumViolations = 200;

/** Judges one stream by its grammar as the events come: linear in their number, in bounded memory, one finding for one fault. */
export function judgeStream(grammar: StreamGrammar, context: StreamContext = {}): StreamJudge {
  const judgement = new Judgement(compileGrammar(grammar), context);
  return {
    push: (event) => judgement.push(event),
    end: (how) => judgement.end(how),
    get vintage() {
      return judgement.vintage;
    },
    get finished() {
      return judgement.finished;
    },
  };
}

class Judgement {
  vintage: string | undefined;
  readonly #compiled: CompiledGrammar;
  readonly #context: StreamContext;
  readonly #run: Run;
  readonly #sequence: ReturnType<typeof createSequence> | undefined;
  readonly #constants: unknown[] = [];
  readonly #told = new Set<string>();
  readonly #tell = (rule: string, expected?: string, actual?: unknown): void => this.#report(rule, { expected, actual });
  #found: StreamViolation[] = [];
  #places: string[] = [];
  #events = 0;
  #sentinel = false;
  #terminal = false;
  #errored = false;
  /** The edition was given, not found in the stream. */
  readonly #isTold: boolean;
  /** The types of the events are not known any more. */
  #lost = false;
  /** The event lacks what its type requires: what follows from that is no fault of its own. */
  #quiet = false;

  constructor(compiled: CompiledGrammar, context: StreamContext) {
    this.#compiled = compiled;
    this.#context = context;
    const { grammar } = compiled;
    const said = context.vintage ?? context.request?.['profile'];
    const { withSequence, without } = grammar.vintages ?? {};
    // `2026-08` is the edition `2026`; what names none of the two leaves it to the stream.
    this.vintage = [withSequence, without].find((edition) => edition !== undefined && typeof said === 'string' && said.startsWith(edition));
    this.#isTold = this.vintage !== undefined;
    const root = createInstance('stream', '', undefined);
    const after = grammar.sequence === undefined ? undefined : context.request?.[grammar.sequence.startsAfter];
    const startsAfter = typeof after === 'number' ? after : undefined;
    this.#run = {
      payload: undefined,
      subject: undefined,
      self: root,
      root,
      request: context.request,
      eventIndex: 0,
      payloads: 0,
      partial: startsAfter !== undefined,
      compares: true,
      unread: false,
      place: [],
      ignore: compiled.ignore,
      report: (rule, told) => this.#report(rule, told),
    };
    this.#sequence = grammar.sequence && createSequence(grammar.sequence, startsAfter);
  }

  get finished(): boolean {
    return this.#sentinel || (this.#terminal && this.#compiled.grammar.framing.sentinel?.policy !== 'require');
  }

  push(event: StreamEvent): StreamViolation[] {
    if (this.#found.length > 0) this.#found = [];
    if (this.#places.length > 0) this.#places = [];
    this.#run.eventIndex = event.index;
    this.#events = event.index + 1;
    try {
      this.#event(event);
    } catch (thrown) {
      // JSON.parse takes any depth; whoever walks the value does not.
      if (!(thrown instanceof RangeError)) throw thrown;
      this.#report('sse.json', { expected: 'JSON that is not nested without end', actual: event.data?.slice(0, 120) });
      this.#unreadable();
    }
    return this.#found;
  }

  #unreadable(): void {
    this.#run.compares = false;
    this.#run.unread = true;
    this.#run.payloads += 1;
    this.#run.place.length = 0;
  }

  #event(event: StreamEvent): void {
    if (this.#sentinel && event.data !== undefined) {
      this.#report('sse.after-done', { expected: 'the end of the stream', actual: event.data.slice(0, 120) });
      return;
    }
    const framed = this.#compiled.frame(event, this.#tell);
    if (event.invalidUtf8 === true) this.#run.compares = false;
    if (framed.what === 'sentinel') this.#sentinel = true;
    else if (framed.what === 'unreadable') {
      this.#unreadable();
      this.#sequence?.skip();
    } else if (framed.what === 'payload') this.#payload(framed.payload, framed.type, framed.typeMissing);
  }

  #payload(payload: JsonObject, type: string | undefined, typeMissing: string | undefined): void {
    const run = this.#run;
    run.payload = payload;
    run.subject = payload;
    run.self = run.root;
    if (run.place.length > 0) run.place.length = 0;
    this.#judgeSequence(payload);
    const row = type === undefined ? undefined : this.#compiled.rows.get(type);
    if (!this.#judgeError(payload, row)) {
      if (typeMissing !== undefined) {
        this.#report(typeMissing, { at: 'type', expected: 'a type', actual: payload['type'] });
        // What it was is not known.
        if (row === undefined) this.#run.compares = false;
      }
      this.#judgeTyped(payload, type, row);
    }
    run.payloads += 1;
  }

  #judgeSequence(payload: JsonObject): void {
    const { grammar, readSequence } = this.#compiled;
    if (this.#sequence === undefined || readSequence === undefined) return;
    const number = readSequence(payload);
    const { vintages } = grammar;
    if (
      vintages !== undefined &&
      number !== undefined &&
      (this.vintage === undefined || (this.vintage === vintages.without && !this.#isTold))
    ) {
      this.vintage = vintages.withSequence;
    }
    const wanted = this.vintage === grammar.sequence?.vintage;
    const fault = this.#sequence.next(number, wanted || (this.#isTold ? false : undefined), this.#run.eventIndex);
    if (vintages !== undefined && number === undefined && this.vintage === undefined) this.vintage = vintages.without;
    if (fault !== undefined)
      this.#report(fault.rule, { at: grammar.sequence?.path, expected: fault.expected, actual: number, eventIndex: fault.eventIndex });
  }

  /** Whether the payload was the stream's error. */
  #judgeError(payload: JsonObject, row: CompiledRow | undefined): boolean {
    const { grammar, readError } = this.#compiled;
    const { error } = grammar.framing;
    if (error === undefined || readError === undefined || row?.row.error === true) return false;
    const said = readError(payload);
    if (said === undefined || said === null) return false;
    if (this.#errored) this.#report('sse.error-last', { expected: 'nothing but the sentinel', actual: quote(said) });
    if (!isObject(said) || !isOfType(said['message'], 'nonempty'))
      this.#report(error.shape, { at: error.member, expected: 'an object with a message', actual: quote(said) });
    this.#errored = true;
    return true;
  }

  #judgeTyped(payload: JsonObject, type: string | undefined, row: CompiledRow | undefined): void {
    const { grammar } = this.#compiled;
    // What we sent is judged only where a rule needs to see it.
    if (row === undefined && type?.startsWith('out:') === true) return;
    if (this.#lost || (type === undefined && grammar.framing.type.from === 'event-line')) {
      this.#lost = true;
      return;
    }
    if (this.#afterEnd(type, row)) return;
    if (row === undefined || type === undefined || (row.row.vintage !== undefined && row.row.vintage !== this.vintage)) {
      this.#unknown(payload, type, row !== undefined);
      if (row === undefined || type === undefined) return;
    }
    this.#first(type, row);
    if (row.row.error === true) {
      this.#errored = true;
      this.#run.compares = false;
    }
    const whole = this.#hasRequired(payload, row);
    this.#judgeConstants(payload, row);
    this.#quiet = !whole;
    row.step?.(this.#run, this.#run.root);
    this.#quiet = false;
    // The payload of the error path is judged by the error rules: what the schema says of it is not what is sent. Where a
    // member is missing that the type is known by, the payload may be another thing, and lacks all else too.
    if (whole && row.row.error !== true) this.#validate(type, payload);
    if (row.row.settles !== undefined) settleChildren(this.#run, this.#compiled.entities, this.#run.root, row.row.settles);
    if (whole) makeEqualities(this.#run, this.#run.root, payload, row.equals);
    if (row.row.terminal === true) this.#terminal = true;
  }

  #hasRequired(payload: JsonObject, row: CompiledRow): boolean {
    let whole = true;
    for (const [name, wanted] of row.required) {
      if (isOfType(payload[name], wanted)) continue;
      this.#report(this.#compiled.grammar.requiredRule ?? 'stream-event-valid', { at: name, expected: wanted, actual: payload[name] });
      this.#run.compares = false;
      whole = false;
    }
    return whole;
  }

  #afterEnd(type: string | undefined, row: CompiledRow | undefined): boolean {
    const { terminal } = this.#compiled.grammar;
    if (row?.row.trailing !== undefined && this.#terminal) {
      this.#report(row.row.trailing, { expected: 'nothing after the end', actual: type });
      return true;
    }
    if (this.#terminal && terminal !== undefined) {
      this.#report(terminal.after, { expected: 'nothing after the end', actual: type });
      return true;
    }
    const afterError = terminal?.afterError ?? 'sse.error-last';
    if (this.#errored && row?.row.afterError !== true) {
      this.#report(afterError, { expected: 'nothing between the error and the end', actual: type });
      return row?.row.terminal !== true || terminal?.errorEnds !== false;
    }
    return false;
  }

  #unknown(payload: JsonObject, type: string | undefined, otherVintage: boolean): void {
    const { unknownEvent, vintages } = this.#compiled.grammar;
    if (type !== undefined && unknownEvent !== undefined) {
      this.#report(unknownEvent, {
        at: 'type',
        expected: otherVintage ? `the name it has in ${String(this.vintage ?? vintages?.without)}` : 'a type of the contract',
        actual: type,
        of: type,
      });
    }
    if (
      !otherVintage &&
      type !== undefined &&
      Object.keys(payload).some((name) => name.endsWith('_index') || name === 'delta' || name === 'item_id')
    )
      this.#run.compares = false;
  }

  #first(type: string, row: CompiledRow): void {
    const endsAll = row.row.error === true && this.#compiled.grammar.terminal?.errorEnds !== false;
    if (this.#run.payloads > 0 || endsAll) return;
    for (const first of this.#compiled.first) {
      if (first.type === type || (first.when !== undefined && !first.when(this.#run))) continue;
      this.#report(first.rule, { expected: first.type, actual: type });
    }
  }

  #judgeConstants(payload: JsonObject, row: CompiledRow): void {
    const values = this.#constants;
    for (let index = 0; index < row.constants.length; index += 1) {
      const constant = row.constants[index] as CompiledRow['constants'][number];
      const value = constant.read(payload);
      const before = values[constant.slot];
      if (value === before || value === undefined || value === null) continue;
      if (before === undefined) values[constant.slot] = value;
      else this.#report(constant.rule, { at: constant.path, expected: quote(before), actual: value });
    }
  }

  #validate(type: string, payload: JsonObject): void {
    const errors = this.#context.validate?.(type, payload);
    if (errors === undefined || errors.length === 0) return;
    for (const error of errors) {
      const rule = this.#compiled.mapSchemaError(type, error.pointer, payload);
      if (rule === null) continue;
      const at = error.pointer.slice(1).replaceAll('/', '.');
      if (this.#places.some((place) => place === at || place.startsWith(`${at}.`) || at.startsWith(`${place}.`))) continue;
      this.#report(rule ?? 'stream-event-valid', { at, expected: error.expected, actual: error.actual });
    }
  }

  end(how: StreamEnd): StreamViolation[] {
    this.#found = [];
    const { grammar, entities, end } = this.#compiled;
    const run = this.#run;
    if (how !== 'closed' || this.#lost) return this.#found;
    run.eventIndex = this.#events;
    run.self = run.root;
    run.subject = run.root.opened;
    run.place.length = 0;
    if (grammar.nonempty !== undefined && run.payloads === 0) {
      this.#report(grammar.nonempty, { expected: 'at least one event', actual: 'none' });
      return this.#found;
    }
    const excused = this.#errored && grammar.terminal?.errorEnds !== false;
    if (grammar.terminal !== undefined && !this.#terminal && !excused && !run.unread)
      this.#report(grammar.terminal.missing, { expected: 'an event that ends the stream' });
    const { sentinel } = grammar.framing;
    if (sentinel?.policy === 'require' && !this.#sentinel && !this.#errored)
      this.#report('sse.done-missing', { expected: `data: ${sentinel.data}`, actual: 'the end of the body' });
    if (excused || !run.compares) return this.#found;
    run.root.marks.set(this.#sentinel ? 'sentinel' : 'cut', this.#events);
    if (grammar.endSettles !== undefined) settleChildren(run, entities, run.root, grammar.endSettles);
    checkCounts(run, entities, run.root);
    end(run);
    return this.#found;
  }

  #report(rule: string, told: Told): void {
    if (this.#quiet) return;
    if (told.at !== undefined && told.at !== '' && told.misplaced !== true) this.#places.push(told.at);
    // A fault that goes on is told once; where something else comes in its place, it is another one.
    const once = `${rule} ${told.instance === undefined ? '' : (labelOf(told.instance) ?? '')} ${told.of ?? kindOf(told)}`;
    if (this.#told.has(once) || this.#told.size >= maximumViolations) return;
    this.#told.add(once);
    this.#found.push(violationOf(rule, this.#compiled.rules.get(rule) ?? sseRule(rule), told, this.#run.eventIndex));
  }
}

/** What came instead, by its kind. */
function kindOf(told: Told): string {
  if (!('actual' in told)) return '';
  if (told.actual === undefined) return 'nothing';
  if (told.actual === null) return 'null';
  return Array.isArray(told.actual) ? 'array' : typeof told.actual;
}
