import type { Json, JsonObject, NameValue, ParameterStyle, SchemaJudge, SchemaRef } from '../model/index.ts';
import { parseJson } from './limits.ts';
import { isJsonMediaType, parseMediaType } from './media-type.ts';
import { delimiters } from './parameters.ts';
import type { Shape, WantedTypes } from './shape.ts';
import { namesType, shapeOf } from './shape.ts';

/**
 * How a server reads texts. `strict` takes what the specification says and no more. `lenient` trims, takes leading
 * zeros, `yes`/`no`/`1`/`0` for booleans, an empty text as absent, repeated names as an array or as the last, `a[]` as `a`.
 */
export type Reader = 'strict' | 'lenient';

/** What is needed to read texts as values: schemas tell the wanted types, the judge picks among possible readings. */
export interface ReadOptions {
  readonly reader: Reader;
  /** {@link Contract.document} */
  readonly document: JsonObject;
  readonly judge: SchemaJudge;
}

/** A value to be read: its serialisation and the schemas that describe it. */
export interface Readable {
  readonly name: string;
  readonly style: ParameterStyle;
  readonly explode: boolean;
  readonly mediaType?: string;
  readonly schemas: readonly SchemaRef[];
}

const number = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;
const lenientNumber = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const lenientBooleans: ReadonlyMap<string, boolean> = new Map([
  ...['true', 'yes', 'y', 'on', 't', '1'].map((text) => [text, true] as const),
  ...['false', 'no', 'n', 'off', 'f', '0'].map((text) => [text, false] as const),
]);

/** The value that a schema accepts among the possible readings, else the first of them. */
export function pick(candidates: readonly Json[], schemas: readonly SchemaRef[], judge: SchemaJudge): Json | undefined {
  if (candidates.length < 2) return candidates[0];
  return candidates.find((candidate) => schemas.some((schema) => judge.accepts(schema, candidate))) ?? candidates[0];
}

/** One text as a scalar. */
export function readScalar(text: string, schemas: readonly SchemaRef[], options: ReadOptions): Json {
  const { types } = shapeOf(options.document, schemas);
  return pick(scalarsOf(text, types, options.reader), schemas, options.judge) ?? text;
}

function scalarsOf(text: string, types: WantedTypes, reader: Reader): Json[] {
  const wants = (type: string) => types === 'any' || types.has(type);
  const lenient = reader === 'lenient';
  const trimmed = lenient ? text.trim() : text;
  const found: Json[] = [];
  if (wants('string')) found.push(text, ...(trimmed === text ? [] : [trimmed]));
  if ((wants('number') || wants('integer')) && (lenient ? lenientNumber : number).test(trimmed)) {
    const value = Number(trimmed);
    if (Number.isFinite(value)) found.push(value);
  }
  if (wants('boolean')) {
    const value = lenient ? lenientBooleans.get(trimmed.toLowerCase()) : { true: true, false: false }[trimmed];
    if (value !== undefined) found.push(value);
  }
  if (wants('null') && (trimmed === '' || trimmed === 'null')) found.push(null);
  return found.length === 0 ? [text] : found;
}

/** A path or header parameter; `undefined` where the reader takes it as absent. */
export function readText(readable: Readable, text: string, options: ReadOptions): Json | undefined {
  const body = unwrapped(readable, text);
  if (options.reader === 'lenient' && text.trim() === '') return undefined;
  if (readable.mediaType !== undefined) return readContent(readable.mediaType, text, readable.schemas, options);
  const shape = shapeOf(options.document, readable.schemas);
  const candidates: Json[] = [];
  if (namesType(shape, 'array')) candidates.push(readArray(entriesOf(readable, body), shape, options));
  if (namesType(shape, 'object')) {
    const members = membersOf(readable, body);
    if (members !== undefined) candidates.push(readObject(members, shape, options));
  }
  const scalar = readable.style === 'matrix' ? body.replace(`${readable.name}=`, '') : body;
  if (candidates.length === 0 || wantsScalar(shape.types)) candidates.push(readScalar(scalar, readable.schemas, options));
  return pick(candidates, readable.schemas, options.judge);
}

/** A value from query, cookie or form pairs; `undefined` where none of the pairs are its own. */
export function readPairs(
  readable: Readable,
  pairs: readonly NameValue[],
  options: ReadOptions,
  taken: ReadonlySet<string> = new Set(),
): Json | undefined {
  const lenient = options.reader === 'lenient';
  const shape = shapeOf(options.document, readable.schemas);
  const candidates: Json[] = [];
  const deep = pairs.filter(([name]) => name.startsWith(`${readable.name}[`) && name !== `${readable.name}[]`);
  if (deep.length > 0 && (readable.style === 'deepObject' || lenient))
    candidates.push(deepObject(readable.name, deep, readable.schemas, options));
  if (readable.style === 'form' && readable.explode && readable.mediaType === undefined && namesType(shape, 'object')) {
    const own = pairs.filter(([name]) => shape.members.has(name) || (shape.otherMembers.length > 0 && !taken.has(name)));
    if (own.length > 0) candidates.push(readObject(own, shape, options));
  }
  const texts = pairs.filter(([name]) => sameName(name, readable.name, lenient)).map(([, value]) => value);
  const present = lenient ? texts.filter((text) => text.trim() !== '') : texts;
  if (present.length > 0) candidates.push(...textReadings(readable, present, shape, options));
  return pick(candidates, readable.schemas, options.judge);
}

function textReadings(readable: Readable, texts: readonly string[], shape: Shape, options: ReadOptions): Json[] {
  const { mediaType, schemas, style, explode } = readable;
  const lenient = options.reader === 'lenient';
  const last = texts.at(-1) ?? '';
  if (mediaType !== undefined) return [readContent(mediaType, last, schemas, options)];
  const found: Json[] = [];
  if (namesType(shape, 'array')) {
    if (explode || texts.length > 1) found.push(readArray(texts, shape, options));
    if (!explode || lenient)
      found.push(
        readArray(
          texts.flatMap((text) => text.split(delimiters[style])),
          shape,
          options,
        ),
      );
  }
  if (namesType(shape, 'object') && !(explode && style === 'form')) {
    const members = alternating(last.split(delimiters[style]));
    if (members !== undefined) found.push(readObject(members, shape, options));
  }
  const wantsText = wantsScalar(shape.types);
  if (texts.length === 1 && (wantsText || found.length === 0)) found.push(readScalar(last, schemas, options));
  if (texts.length > 1 && lenient && wantsText)
    found.push(readScalar(last, schemas, options), readScalar(texts[0] ?? '', schemas, options));
  return found.length === 0 ? [readArray(texts, shape, options)] : found;
}

function readContent(mediaType: string, text: string, schemas: readonly SchemaRef[], options: ReadOptions): Json {
  if (!isJsonMediaType(parseMediaType(mediaType)?.essence ?? '')) return readScalar(text, schemas, options);
  const parsed = parseJson(text);
  return 'value' in parsed ? parsed.value : text;
}

function readArray(texts: readonly string[], shape: Shape, options: ReadOptions): Json {
  const lenient = options.reader === 'lenient';
  const present = lenient ? texts.filter((text) => text.trim() !== '') : texts;
  return present.map((text) => readScalar(text, shape.entries, options));
}

function readObject(members: readonly NameValue[], shape: Shape, options: ReadOptions): Json {
  const groups = Map.groupBy(members, ([name]) => name);
  const entries = Array.from(groups, ([name, group]): [string, Json] => {
    const schemas = shape.members.get(name) ?? shape.otherMembers;
    const texts = group.map(([, text]) => text);
    const inner = shapeOf(options.document, schemas);
    if (texts.length > 1 && (options.reader === 'strict' || namesType(inner, 'array'))) return [name, readArray(texts, inner, options)];
    return [name, readScalar(texts.at(-1) ?? '', schemas, options)];
  });
  return Object.fromEntries(entries);
}

function deepObject(prefix: string, pairs: readonly NameValue[], schemas: readonly SchemaRef[], options: ReadOptions): Json {
  const shape = shapeOf(options.document, schemas);
  const groups = Map.groupBy(pairs, ([name]) => name.slice(prefix.length + 1, memberEnd(name, prefix)));
  const entries = Array.from(groups, ([name, group]): [string, Json] => {
    const own = shape.members.get(name) ?? shape.otherMembers;
    const place = `${prefix}[${name}]`;
    const deeper = group.filter(([full]) => full.length > place.length);
    if (deeper.length > 0) return [name, deepObject(place, deeper, own, options)];
    const inner = shapeOf(options.document, own);
    const texts = group.map(([, text]) => text);
    if (namesType(inner, 'array')) return [name, readArray(texts, inner, options)];
    return [name, readScalar(texts.at(-1) ?? '', own, options)];
  });
  return Object.fromEntries(entries);
}

function memberEnd(name: string, prefix: string): number {
  const end = name.indexOf(']', prefix.length);
  return end < 0 ? name.length : end;
}

/** The text without what the style puts before it. */
function unwrapped({ style }: Readable, text: string): string {
  if (style === 'label') return text.startsWith('.') ? text.slice(1) : text;
  return style === 'matrix' && text.startsWith(';') ? text.slice(1) : text;
}

function entriesOf({ name, style, explode }: Readable, body: string): string[] {
  if (style === 'label') return body.split(explode ? '.' : ',');
  if (style === 'matrix') {
    const values = body.split(';').map((piece) => piece.replace(`${name}=`, ''));
    return explode ? values : values.flatMap((value) => value.split(','));
  }
  return body.split(',').map((entry) => entry.trim());
}

function membersOf({ name, style, explode }: Readable, body: string): readonly NameValue[] | undefined {
  const separator = { label: '.', matrix: ';' }[style as 'label' | 'matrix'] ?? ',';
  if (!explode) return alternating((style === 'matrix' ? body.replace(`${name}=`, '') : body).split(','));
  const pieces = body.split(separator).map((piece) => piece.split('='));
  return pieces.every((piece) => piece.length >= 2) ? pieces.map(([key = '', ...rest]) => [key, rest.join('=')]) : undefined;
}

function alternating(pieces: readonly string[]): readonly NameValue[] | undefined {
  if (pieces.length % 2 === 1) return undefined;
  return pieces.flatMap((piece, index) => (index % 2 === 0 ? [[piece, pieces[index + 1] ?? ''] as const] : []));
}

function sameName(came: string, declared: string, lenient: boolean): boolean {
  if (came === declared) return true;
  return lenient && (came === `${declared}[]` || `${came}[]` === declared);
}

function wantsScalar(types: WantedTypes): boolean {
  return types === 'any' || ['string', 'number', 'integer', 'boolean', 'null'].some((type) => types.has(type));
}
