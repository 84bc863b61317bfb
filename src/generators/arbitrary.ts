import { Arbitrary, Stream, stringMatching, Value, type Random } from 'fast-check';
import type { Json, SchemaJudge } from '../model/index.ts';
import { isObject, sameJson } from '../schema/json.ts';
import { keyOf, type Shapes } from './alternatives.ts';
import type { Builder } from './builder.ts';
import { formats } from './formats/index.ts';
import { countMark, valueMark, wayMark, type Memory, type PlaceMemory } from './memory.ts';
import { brokenOf, checksOf } from './checks.ts';
import { fitted } from './members.ts';
import { highest, lowest, numberFits, plainNumber } from './numbers.ts';
import { repeatedOf } from './repeated.ts';
import { smallerValues } from './shrink-value.ts';
import { jsonTypes, typeOf, type Alternative, type JsonType, type Limits, type Place } from './shape.ts';
import { lengthOf, plainText, regexOf, textFits } from './text.ts';

/** Draws random values that satisfy places. */
export interface Drawer {
  /** With a memory, every second choice falls on what was chosen least often at its place; `root` names the part of the request. */
  draw(places: readonly Place[], random: Random, hint: string, memory?: Memory, root?: string): Json | undefined;
}

interface Dice {
  readonly random: Random;
  readonly memory?: Memory;
  readonly at?: PlaceMemory;
}

type Draw = (dice: Dice, depth: number) => Json | undefined;
interface Way {
  readonly height: number;
  readonly mark: string;
  readonly draw: Draw;
}

/** The ways that are left at each depth, with their marks. */
type OpenWays = readonly { readonly open: readonly Way[]; readonly marks: readonly string[] }[];

const none: OpenWays[number] = { open: [], marks: [] };

// Optional members and further entries stop here; required ones go on as deep as they must.
const deepest = 5;
const wild = [
  'é',
  '漢字',
  '😀',
  '\u200b',
  '"',
  '\\',
  '\n',
  '\t',
  '<b>',
  '\u202e',
  "'",
  '%00',
  '${x}',
  '{{x}}',
  '\u{1F469}\u200d\u{1F4BB}',
  '../',
  'ﬀ',
  '\u0301',
];
const booleanMarks = [false, true].map(valueMark);
const words = ['alpha', 'beta', 'gamma', 'delta', 'one', 'two', 'three', 'text', 'value', 'x'];

export function createDrawer(shapes: Shapes, build: Builder, judge: Pick<SchemaJudge, 'accepts'>): Drawer {
  const ways = new Map<string, OpenWays>();
  return {
    draw: (places, random, hint, memory, root = '') =>
      drawPlaces(places, hint)({ random, ...(memory && { memory, at: memory.root(root) }) }, deepest),
  };

  /** One draw for each conjunction of places, made when it is first needed. */
  function drawPlaces(places: readonly Place[], hint: string): Draw {
    const key = keyOf(places);
    let own: OpenWays | undefined;
    return (dice, depth) => {
      if (!own) {
        own = ways.get(key) ?? openWays(waysOf(places, hint));
        ways.set(key, own);
      }
      const { open, marks } = own[Math.max(0, depth)] ?? none;
      const drawn = open[pick(dice, open.length, marks)]?.draw(dice, depth);
      return drawn === undefined ? build.smallest(places, hint) : drawn;
    };
  }

  function waysOf(places: readonly Place[], hint: string): Way[] {
    return shapes.alternativesOf(places).flatMap((alternative) => {
      const { limits } = alternative;
      const allowed = limits.values && new Set(limits.values.map(typeOf));
      return jsonTypes
        .filter((type) => limits.types.has(type) && (!allowed || allowed.has(type)))
        .flatMap((type): Way[] => {
          const height = build.heightOf(alternative, type);
          if (height === undefined) return [];
          return [{ height, mark: wayMark(alternative, type), draw: checked(alternative, drawType(alternative, type, hint)) }];
        });
    });
  }

  /** Conditions and `not` are decided on the drawn value: a draw that breaks one is repaired by leaving out optional members. */
  function checked(alternative: Alternative, draw: Draw): Draw {
    const { limits } = alternative;
    const checks = checksOf(alternative, judge);
    if (checks.length === 0) return draw;
    return (dice, depth) => {
      let value = draw(dice, depth);
      for (let broken = brokenOf(checks, value); broken; broken = brokenOf(checks, value)) {
        if (!isObject(value) || limits.values) return undefined;
        // What the condition asks about is left out first: all else that was drawn stays.
        const left: Record<string, Json> = value;
        const optional = (one: string) => Object.hasOwn(left, one) && !limits.required.has(one);
        const name = broken.names.find(optional) ?? Object.keys(left).find(optional);
        if (name === undefined) return undefined;
        // Made for this draw, so nobody else has it.
        delete left[name];
        if (limits.dependent.size > 0 || limits.minProperties > 0) value = fitted(limits, Object.entries(left));
      }
      return value;
    };
  }

  function drawType(alternative: Alternative, type: JsonType, hint: string): Draw {
    const { limits } = alternative;
    if (limits.values) {
      const values = limits.values.filter((value) => typeOf(value) === type) as Json[];
      const marks = values.map(valueMark);
      return (dice) => values[pick(dice, values.length, marks)];
    }
    switch (type) {
      case 'null':
        return () => null;
      case 'boolean':
        return (dice) => pick(dice, 2, booleanMarks) === 1;
      case 'number':
        return drawNumber(limits);
      case 'string':
        return drawText(limits, hint);
      case 'array':
        return drawArray(alternative, hint);
      case 'object':
        return drawObject(alternative);
    }
  }

  function drawArray(alternative: Alternative, hint: string): Draw {
    const { limits } = alternative;
    const prefix = Math.max(0, ...limits.items.map((facet) => facet.prefix.length));
    const wanted = limits.contains.flatMap(({ place, min }) => Array.from({ length: min }, () => place));
    const draws = Array.from({ length: Math.max(prefix, wanted.length) + 1 }, (_, index) => {
      const places = shapes.entryOf(alternative, index);
      const contained = wanted[index];
      return places && drawPlaces(contained ? [...places, contained] : places, hint);
    });
    const height = build.heightOf(alternative, 'array', true) ?? Infinity;
    const marks = [0, 1, 2, 3].map((more) => countMark(limits.minItems + more));
    return (dice, depth) => {
      const most = depth < height ? limits.minItems : Math.min(limits.maxItems, limits.minItems + 3);
      const counts = Math.max(limits.minItems, most) - limits.minItems + 1;
      const count = limits.minItems + pick(dice, counts, marks);
      const entry = inside(dice, '*');
      const list: Json[] = [];
      for (let index = 0; index < count; index++) {
        const value = draws[Math.min(index, draws.length - 1)]?.(entry, depth - 1);
        if (value === undefined) break;
        if (!limits.uniqueItems || !list.some((other) => sameJson(other, value))) list.push(value);
      }
      const ends = list.length >= limits.minItems && limits.contains.every(({ max }) => max === Infinity);
      return ends ? list : (build.arrayOf(alternative, limits.minItems, hint) as Json | undefined);
    };
  }

  function drawObject(alternative: Alternative): Draw {
    const { limits } = alternative;
    const names = shapes.namesOf(alternative);
    const members = [...new Set([...names, ...limits.required])].flatMap((name) => {
      const places = shapes.memberOf(alternative, name);
      const height = places && build.height(places);
      if (!places || height === undefined || height === 0) return [];
      return [{ name, height, required: limits.required.has(name), draw: drawPlaces(places, name) }];
    });
    const closed = limits.members.every((facet) => facet.additional === undefined || facet.additional.schema === false);
    const extra = closed && limits.names.length === 0 ? undefined : build.withExtra(alternative, 3);
    const extras = Object.keys(extra ?? {})
      .filter((name) => !names.includes(name) && !limits.required.has(name))
      .map((name) => {
        const places = shapes.memberOf(alternative, name);
        return { name, draw: places && drawPlaces(places, name) };
      });
    const presentIn = (random: Random, depth: number) => {
      const rate = random.nextInt(0, 9);
      const most = depth === deepest ? rate : Math.min(rate, 4);
      return members.filter(({ required, height }) => required || (height < depth && random.nextInt(0, 9) < most));
    };
    return (dice, depth) => {
      const { random } = dice;
      const drawn: [string, Json][] = [];
      const present = rarer(dice, () => presentIn(random, depth));
      for (const { name, draw } of present) {
        const value = draw(inside(dice, name), depth - 1);
        if (value === undefined) return undefined;
        drawn.push([name, value]);
      }
      for (const { name, draw } of extras) {
        const value = random.nextInt(0, 2) === 0 ? draw?.(inside(dice, name), Math.min(depth - 1, 2)) : undefined;
        if (value !== undefined) drawn.push([name, value]);
      }
      return fitted(limits, drawn) ?? build.withMembers(alternative, []);
    };
  }
}

/** At each depth the ways that need no more; where none does, the lowest. */
function openWays(ways: readonly Way[]): OpenWays {
  const least = Math.min(...ways.map((way) => way.height));
  return Array.from({ length: deepest + 1 }, (_, depth) => {
    const open = ways.filter((way) => way.height <= Math.max(least, depth));
    return { open, marks: open.map((way) => way.mark) };
  });
}

/** One of so many options. With a memory, every second time one of those that were chosen least often. */
function pick({ random, at }: Dice, count: number, marks: readonly string[]): number {
  if (!at) return count > 1 ? random.nextInt(0, count - 1) : 0;
  const times: number[] = [];
  for (let index = 0; index < count; index++) times.push(at.times(marks[index] ?? ''));
  const open = random.nextInt(0, 1) === 0 ? Number.POSITIVE_INFINITY : Math.min(...times);
  const rare: number[] = [];
  for (let index = 0; index < count; index++) if ((times[index] ?? 0) <= open) rare.push(index);
  const chosen = rare[random.nextInt(0, Math.max(0, rare.length - 1))] ?? 0;
  at.add(marks[chosen] ?? '');
  return chosen;
}

/** Of two ways to fill an object the one whose members met less often. */
function rarer<Member extends { readonly name: string }>({ at }: Dice, fill: () => readonly Member[]): readonly Member[] {
  const first = fill();
  if (!at) return first;
  const second = fill();
  const [names, others] = [first, second].map((members) => members.map(({ name }) => name)) as [string[], string[]];
  const isSecond = at.newsOf(others) > at.newsOf(names);
  at.addMembers(isSecond ? others : names);
  return isSecond ? second : first;
}

function inside(dice: Dice, token: string): Dice {
  return dice.at ? { ...dice, at: dice.at.below(token) } : dice;
}

function drawNumber(limits: Limits): Draw {
  const plain = plainNumber(limits);
  const bounded = Number.isFinite(lowest(limits));
  const low = lowest(limits) >= -1000 ? lowest(limits) : Math.min(bounded ? -1000 : 1, highest(limits));
  const high = Math.min(highest(limits), Math.max(low + 2000, 1000));
  const step = limits.multiples.length > 0 ? Math.max(...limits.multiples) : limits.integer ? 1 : 0.01;
  const most = Math.floor(high / step);
  const least = Math.ceil(low / step);
  const times = multiplesOf(step);
  const bounds = [limits.minimum, limits.maximum, plain ?? 0].filter((value) => Math.abs(value) <= 2 ** 31);
  return ({ random, memory }) => {
    // Without a lower bound few authors mean that less than nothing makes sense (a page of -3 rows), but some do.
    if (!bounded && least > 0 && random.nextInt(0, 9) === 0) {
      const negative = times(-random.nextInt(1, 1000));
      if (memory && numberFits(limits, negative)) memory.belowZero = true;
      if (numberFits(limits, negative)) return negative;
    }
    const chosen = random.nextInt(0, 4) === 0 ? bounds[random.nextInt(0, bounds.length - 1)] : undefined;
    const value = chosen ?? (most > least ? times(random.nextInt(least, most)) : plain);
    return value !== undefined && numberFits(limits, value) ? value : plain;
  };
}

/** Multiples of a step without the noise of binary fractions; by way of text only where no division is exact. */
function multiplesOf(step: number): (count: number) => number {
  if (Number.isInteger(step)) return (count) => count * step;
  const parts = Math.round(1 / step);
  return parts * step === 1 ? (count) => count / parts : (count) => Number((count * step).toPrecision(12));
}

function drawText(limits: Limits, hint: string): Draw {
  const plain = plainText(limits, hint);
  const format = limits.format === undefined ? undefined : formats.get(limits.format);
  if (format && format.broken.length > 0) {
    const samples = format.samples.filter((text) => textFits(limits, text));
    return ({ random }) => samples[random.nextInt(0, Math.max(0, samples.length - 1))] ?? plain;
  }
  const regex = limits.patterns.length > 0 ? regexOf(limits.patterns[0] ?? '') : undefined;
  const matching = regex && (repeatedOf(regex, limits) ?? matchingOf(regex, limits));
  const most = Math.min(limits.maxLength, Math.max(limits.minLength, 24));
  const onlyLength = !matching && limits.patterns.length === 0 && !format && limits.excluded.length === 0;
  return ({ random }) => {
    let text = matching?.(random) ?? '';
    if (!matching) {
      const pieces = random.nextInt(0, 3);
      for (let index = 0; index < pieces; index++) {
        const list = random.nextInt(0, 3) === 0 ? wild : words;
        text += (index > 0 ? ' ' : '') + (list[random.nextInt(0, list.length - 1)] ?? '');
      }
      // Code units are never fewer than code points.
      if (onlyLength && text.length <= most && limits.minLength === 0) return text;
      const length = lengthOf(text);
      if (length > most) text = [...text].slice(0, most).join('');
      if (length < limits.minLength) text = text.padEnd(text.length + limits.minLength - length, 'x');
    }
    return textFits(limits, text) ? text : plain;
  };
}

function matchingOf(regex: RegExp, limits: Limits): ((random: Random) => string) | undefined {
  try {
    const texts = stringMatching(regex, Number.isFinite(limits.maxLength) ? { maxLength: limits.maxLength } : {});
    return (random) => texts.generate(random, undefined).value;
  } catch {
    return undefined;
  }
}

/** Values of one schema as a fast-check arbitrary: every draw is valid, and shrinks by losing members first. */
export class SchemaArbitrary extends Arbitrary<Json> {
  readonly #drawer: Drawer;
  readonly #places: readonly Place[];
  readonly #accepts: (value: Json) => boolean;

  constructor(drawer: Drawer, places: readonly Place[], accepts: (value: Json) => boolean) {
    super();
    this.#drawer = drawer;
    this.#places = places;
    this.#accepts = accepts;
  }

  override generate(random: Random): Value<Json> {
    const value = this.#drawer.draw(this.#places, random, 'value');
    if (value === undefined) throw new Error(`No value satisfies ${keyOf(this.#places)}.`);
    return new Value(value, undefined);
  }

  override canShrinkWithoutContext(value: unknown): value is Json {
    return this.#accepts(value as Json);
  }

  override shrink(value: Json): Stream<Value<Json>> {
    const smaller = function* (accepts: (value: Json) => boolean): Generator<Value<Json>> {
      for (const one of smallerValues(value)) if (accepts(one)) yield new Value(one, undefined);
    };
    return new Stream(smaller(this.#accepts));
  }
}
