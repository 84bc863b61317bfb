import type { StreamGrammar } from '../../../src/model/index.ts';
import { clash } from './commute.ts';
import { type Effects, Walk } from './effects.ts';
import { read } from './grammar-tables.ts';
import type { Trace } from './trace.ts';

/** One event is left out, sent a second time at once, or taken away and put in the place `to`. */
export type OrderChange =
  | { readonly kind: 'drop' | 'repeat'; readonly at: number }
  | { readonly kind: 'move'; readonly at: number; readonly to: number };

/** The stream after the change. */
export function reordered<Event>(events: readonly Event[], change: OrderChange): readonly Event[] {
  const event = events[change.at] as Event;
  if (change.kind === 'repeat') return events.toSpliced(change.at, 0, event);
  const rest = events.toSpliced(change.at, 1);
  return change.kind === 'move' ? rest.toSpliced(change.to, 0, event) : rest;
}

/**
 * Says of changes of one accepted stream why the grammar lets them be seen; `undefined` where the grammar itself says that
 * the result is another legal stream. Nothing is judged here: it is read off the tables.
 */
export function orderTester(grammar: StreamGrammar, trace: Trace): (change: OrderChange) => string | undefined {
  const effects = new Walk(grammar, trace).all();
  const numbers = numbersOf(grammar, trace);
  return (change) => numbered(change, numbers) ?? byEffects(change, effects) ?? broken(change, effects);
}

type Numbers = readonly (number | undefined)[];

/** The number of each event, where the grammar numbers them; a resumed stream begins anywhere. */
function numbersOf({ sequence }: StreamGrammar, trace: Trace): Numbers {
  if (sequence === undefined) return [];
  const numbers = trace.events.map(({ data }) => (typeof data === 'object' ? read(data, sequence.path) : undefined));
  return numbers.map((number) => (typeof number === 'number' ? number : undefined));
}

function numbered(change: OrderChange, numbers: Numbers): string | undefined {
  const own = numbers[change.at];
  if (own === undefined) return undefined;
  if (change.kind === 'repeat') return `number ${own} twice`;
  const others =
    change.kind === 'move'
      ? numbers.slice(Math.min(change.at + 1, change.to), Math.max(change.at, change.to + 1))
      : numbers.slice(change.at + 1);
  const other = others.find((number) => number !== undefined);
  return other === undefined
    ? undefined
    : `number ${own} ${change.kind === 'move' ? `out of order with ${other}` : `missing before ${other}`}`;
}

function byEffects(change: OrderChange, effects: readonly Effects[]): string | undefined {
  const own = effects[change.at];
  if (own === undefined) return undefined;
  if (change.kind !== 'move') return own[change.kind].values().next().value;
  const passed = change.at < change.to ? effects.slice(change.at + 1, change.to + 1) : effects.slice(change.to, change.at);
  return clash(own, passed);
}

/** A text of which nothing is asked but to be JSON, and which is none after the change. */
function broken(change: OrderChange, effects: readonly Effects[]): string | undefined {
  const pieces = reordered(effects, change);
  return [...(effects[change.at]?.json.keys() ?? [])].find((text) => {
    const came = pieces.flatMap(({ json }) => json.get(text) ?? []);
    return came.length > 0 && !isJson(came.join(''));
  });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
