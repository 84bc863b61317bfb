import type { Op, TextForm } from '../model/index.ts';
import { isObject, merge } from './compare.ts';
import type { CompiledEntity } from './entities.ts';
import { close, kindOf } from './entities.ts';
import { endsAs } from './equality.ts';
import type { Instance } from './instance.ts';
import { taint } from './instance.ts';
import { placeOf } from './run.ts';
import { ByteMatcher, Text } from './text.ts';
import type { Action, GuardedAction } from './series.ts';
import type { Getter } from './tests.ts';
import { compilePath, markHolder, sourceOfPath, sourceOfTest } from './tests.ts';

/** What ops need of the compiled grammar. */
export interface OpContext {
  readonly entities: ReadonlyMap<string, CompiledEntity>;
  readonly machines: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/** Turns an op into an action, once per grammar. */
export function compileOp(op: Op, context: OpContext): GuardedAction {
  return { guards: guardsOf(op), action: compileBody(op, context) };
}

function guardsOf(op: Op): readonly string[] {
  const when = 'when' in op && op.when !== undefined ? [sourceOfTest(op.when)] : [];
  if ('once' in op) return [...when, `(${op.once.map((path) => `${sourceOfPath(path)} != null`).join(' || ')})`];
  return 'append' in op ? [...when, `${sourceOfPath(op.from)} != null`] : when;
}

function textOf(instance: Instance, name: string): Text {
  let text = instance.texts.get(name);
  if (text === undefined) {
    text = new Text();
    instance.texts.set(name, text);
  }
  return text;
}

function compileBody(op: Op, context: OpContext): Action {
  if ('append' in op) {
    const from = compilePath(op.from);
    const { form } = op;
    return (run, instance) => {
      const piece = form === undefined ? from(run) : formed(from(run), form);
      if (typeof piece !== 'string') return;
      const text = textOf(instance, op.append);
      text.append(form === 'words' && piece !== '' && text.length > 0 ? ` ${piece}` : piece);
    };
  }
  if ('settle' in op) return settle(op);
  if ('merge' in op) {
    const from = compilePath(op.merge);
    return (run, instance) => {
      instance.merged = merge(instance.merged, from(run));
    };
  }
  if ('mark' in op) {
    const name = op.mark.replace(/^[@^]/, '');
    const holder = markHolder(op.mark);
    return (run) => {
      const { marks } = holder(run);
      if (!marks.has(name)) marks.set(name, run.eventIndex);
    };
  }
  if ('once' in op) return once(op);
  if ('progress' in op) return progress(op, context);
  if ('entry' in op) return entry(op);
  if ('bytes' in op) return bytes(op);
  if ('move' in op) return move(op, context);
  if ('rising' in op) return rising(op);
  return (run, instance) => {
    const entity = context.entities.get(instance.entity);
    if (entity !== undefined) close(run, entity, context.entities, instance, run.subject);
  };
}

/** A value as text of that form; `undefined` where it has none. */
function formed(value: unknown, form: TextForm): string | undefined {
  if (form === 'words') return typeof value === 'string' ? value.trim().replaceAll(/\s+/g, ' ') : undefined;
  if (form === 'letters') return typeof value === 'string' ? value.replaceAll(/\s+/g, '') : undefined;
  return Array.isArray(value) ? value.map((entry) => `${canonical(entry)}\n`).join('') : undefined;
}

/** JSON with the members of objects in order of name. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_name, inner: unknown) =>
    isObject(inner) ? Object.fromEntries(Object.entries(inner).toSorted(([one], [other]) => (one < other ? -1 : 1))) : inner,
  );
}

function settle(op: Extract<Op, { readonly settle: string }>): Action {
  const from = compilePath(op.from);
  return (run, instance) => {
    const text = textOf(instance, op.settle);
    const said = op.form === undefined ? from(run) : formed(from(run), op.form);
    if (text.settled) {
      if (op.again !== undefined) run.report(op.again, { instance, expected: 'once' });
      return;
    }
    text.settled = true;
    if (instance.tainted || !run.compares || typeof said !== 'string' || endsAs(instance, op.settle, said)) return;
    run.report(op.rule, { instance, at: placeOf(run, op.from), expected: JSON.stringify(text.toString().slice(0, 200)), actual: said });
    taint(instance);
    // What else the event says of the stream as a whole follows from the same loss.
    instance.tainted = true;
  };
}

function once(op: Extract<Op, { readonly once: readonly string[] }>): Action {
  const paths = op.once.map((path) => ({ path, get: compilePath(path) }));
  return (run, instance) => {
    for (const { path, get } of paths) {
      const value = get(run);
      if (value === undefined || value === null) continue;
      if (!instance.marks.has(path)) {
        instance.marks.set(path, run.eventIndex);
        continue;
      }
      run.report(op.rule, { instance, at: placeOf(run, path), expected: 'only in the first piece', actual: value, misplaced: true });
      taint(instance);
    }
  };
}

function progress(op: Extract<Op, { readonly progress: string }>, context: OpContext): Action {
  return (run, instance) => {
    const entity = context.entities.get(instance.entity);
    const kind = entity === undefined ? undefined : kindOf(entity, instance);
    const rank = kind?.ranks.get(op.progress);
    instance.marks.set(op.progress, run.eventIndex);
    if (rank === undefined) return;
    const again = rank === instance.progress && kind?.repeated.has(op.progress) === true;
    if (rank <= instance.progress && !again) run.report(op.rule, { instance, expected: 'in order, each once', actual: op.progress });
    else instance.progress = rank;
  };
}

function entry(op: Extract<Op, { readonly entry: string }>): Action {
  const index = compilePath(op.index);
  const from = op.from === undefined ? undefined : compilePath(op.from);
  return (run, instance) => {
    const list = instance.lists.get(op.entry) ?? [];
    instance.lists.set(op.entry, list);
    const came = index(run);
    const last = instance.numbers.get(op.entry);
    const next = last === undefined ? 0 : last + 1;
    // What a resumed stream added before is not known.
    const known = last !== undefined || !(run.partial && instance.implicit);
    if (known && came !== next) {
      run.report(op.rule, { instance, at: placeOf(run, op.index), expected: String(next), actual: came });
      taint(instance);
    }
    instance.numbers.set(op.entry, typeof came === 'number' ? came : next);
    list.push(from?.(run) ?? null);
  };
}

function bytes(op: Extract<Op, { readonly bytes: string }>): Action {
  const text: Getter = compilePath(op.text);
  const tokens: Getter = compilePath(op.tokens);
  return (run, instance) => {
    const piece = text(run);
    const entries = tokens(run);
    if (typeof piece !== 'string' && !Array.isArray(entries)) return;
    let matcher = instance.bytes.get(op.bytes);
    if (matcher === undefined) {
      matcher = new ByteMatcher();
      instance.bytes.set(op.bytes, matcher);
    }
    if (typeof piece === 'string') matcher.text(piece);
    if (Array.isArray(entries)) matcher.tokens(entries);
  };
}

function move(op: Extract<Op, { readonly move: string }>, context: OpContext): Action {
  const table = context.machines[op.move] ?? {};
  return (run) => {
    const prefix = `${op.move}:`;
    const from = run.root.lists.get(prefix)?.[0];
    run.root.lists.set(prefix, [op.to]);
    if (typeof from !== 'string') return;
    const allowed = table[from] ?? [];
    if (!allowed.includes(op.to)) run.report(op.rule, { expected: `${from} to ${allowed.join(', ') || 'nothing'}`, actual: op.to });
  };
}

function rising(op: Extract<Op, { readonly rising: string }>): Action {
  const get = compilePath(op.rising);
  return (run, instance) => {
    const value = get(run);
    for (const number of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (typeof number !== 'number') continue;
      const last = instance.numbers.get(op.rising);
      if (last !== undefined && number < last)
        run.report(op.rule, { instance, at: placeOf(run, op.rising), expected: `at least ${last}`, actual: number });
      instance.numbers.set(op.rising, number);
    }
  };
}
