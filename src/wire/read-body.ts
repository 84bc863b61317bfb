import type { Json, JsonObject, MediaType, NameValue, SchemaRef } from '../model/index.ts';
import { bodyOf } from './body.ts';
import { textOfBody } from './charset.ts';
import { parsePairs } from './forms.ts';
import type { WireLimits } from './limits.ts';
import { defaultLimits, parseJson } from './limits.ts';
import { isJsonMediaType, parseMediaType } from './media-type.ts';
import type { ParsedPart } from './parse-multipart.ts';
import { parseMultipart } from './parse-multipart.ts';
import type { ReadOptions } from './read-value.ts';
import { pick, readPairs, readScalar } from './read-value.ts';
import type { Shape } from './shape.ts';
import { namesType, shapeOf } from './shape.ts';
import { textOfPart } from './views.ts';

/** A body as a value, with the files of a multipart body beside it, or why it is none. */
export type ReadBody = { readonly value: Json; readonly files: readonly ParsedPart[] } | { readonly problem: string };

/** Reads a request body as a server would: by its content-type, with the schema and encoding of the declared media type. */
export function parseBody(
  media: MediaType,
  contentType: string,
  bytes: Uint8Array,
  options: ReadOptions,
  limits: WireLimits = defaultLimits,
): ReadBody {
  const essence = parseMediaType(contentType)?.essence ?? '';
  const schemas = media.schema === undefined ? [] : [media.schema];
  if (isJsonMediaType(essence)) {
    const text = textOfBody(bodyOf(bytes), contentType);
    if ('problem' in text) return text;
    const parsed = parseJson(text.text, limits);
    return 'value' in parsed ? { value: parsed.value, files: [] } : { problem: parsed.problem };
  }
  const shape = shapeOf(options.document, schemas);
  if (essence === 'application/x-www-form-urlencoded') {
    const pairs = parsePairs(Buffer.from(bytes).toString('utf8'));
    if (pairs.length > limits.pairs) return { problem: `more than ${limits.pairs} pairs (limit pairs)` };
    return { value: formObject(media, pairs, shape, options), files: [] };
  }
  if (essence === 'multipart/form-data') {
    const parsed = parseMultipart(contentType, bytes, limits);
    if ('problem' in parsed) return { problem: parsed.problem };
    return {
      value: multipartObject(media, parsed.parts, shape, options),
      files: parsed.parts.filter((part) => part.filename !== undefined),
    };
  }
  const text = textOfPart(bytes);
  return { value: readScalar(text, schemas, options), files: [] };
}

function formObject(media: MediaType, pairs: readonly NameValue[], shape: Shape, options: ReadOptions): JsonObject {
  const names = new Set(pairs.map(([name]) => memberOf(name, shape, options)));
  const members: [string, Json][] = [];
  for (const name of names) {
    const encoding = media.encoding.get(name);
    const schemas = shape.members.get(name) ?? shape.otherMembers;
    const style = encoding?.style ?? 'form';
    const styled = encoding?.style !== undefined || encoding?.explode !== undefined;
    const value = readPairs({ name, style, explode: encoding?.explode ?? style === 'form', schemas }, pairs, options);
    const json = styled ? undefined : jsonOf(pairs.findLast(([own]) => own === name)?.[1], schemas, options);
    const chosen = pick(
      [value, json].filter((one) => one !== undefined),
      schemas,
      options.judge,
    );
    if (chosen !== undefined) members.push([name, chosen]);
  }
  return Object.fromEntries(members);
}

/** Which member a pair belongs to: `a[]` and `a[b]` are of `a` where the schema knows `a` and not the whole name. */
function memberOf(name: string, shape: Shape, options: ReadOptions): string {
  const bracket = name.indexOf('[');
  if (bracket <= 0 || shape.members.has(name)) return name;
  const stem = name.slice(0, bracket);
  return shape.members.has(stem) || options.reader === 'lenient' ? stem : name;
}

function multipartObject(media: MediaType, parts: readonly ParsedPart[], shape: Shape, options: ReadOptions): JsonObject {
  const groups = Map.groupBy(parts, (part) => memberOf(part.name, shape, options));
  const members: [string, Json][] = [];
  for (const [name, group] of groups) {
    const schemas = shape.members.get(name) ?? shape.otherMembers;
    const encoding = media.encoding.get(name);
    const wanted = shapeOf(options.document, schemas);
    if (encoding?.style !== undefined || encoding?.explode !== undefined) {
      const pairs = group.map((part): NameValue => [part.name, textOfPart(part.bytes)]);
      const style = encoding.style ?? 'form';
      const value = readPairs({ name, style, explode: encoding.explode ?? style === 'form', schemas }, pairs, options);
      if (value !== undefined) members.push([name, value]);
      continue;
    }
    const present = group.filter((part) => options.reader === 'strict' || part.filename !== undefined || part.bytes.length > 0);
    const value = pick(partReadings(present, schemas, wanted, options), schemas, options.judge);
    if (value !== undefined) members.push([name, value]);
  }
  return Object.fromEntries(members);
}

function partReadings(parts: readonly ParsedPart[], schemas: readonly SchemaRef[], wanted: Shape, options: ReadOptions): Json[] {
  const last = parts.at(-1);
  if (last === undefined) return [];
  const list = (entries: readonly SchemaRef[]) => parts.map((part) => partValue(part, entries, options));
  const single = () => partValue(last, schemas, options);
  const isList = parts.length > 1 || last.name.endsWith('[]');
  if (!namesType(wanted, 'array')) return [isList && options.reader === 'strict' ? list(schemas) : single()];
  if (isList) return [list(wanted.entries)];
  const json = jsonOf(textOfPart(last.bytes), schemas, options);
  const isUnion = wanted.types !== 'any' && wanted.types.size > 1;
  return [list(wanted.entries), ...(isUnion ? [single()] : []), ...(json === undefined ? [] : [json])];
}

function partValue(part: ParsedPart, schemas: readonly SchemaRef[], options: ReadOptions): Json {
  const text = textOfPart(part.bytes);
  const essence = part.contentType === undefined ? undefined : parseMediaType(part.contentType)?.essence;
  if (essence !== undefined && isJsonMediaType(essence) && part.filename === undefined) {
    const parsed = parseJson(text);
    return 'value' in parsed ? parsed.value : text;
  }
  if (part.filename !== undefined) return text;
  const scalar = readScalar(text, schemas, options);
  return (
    pick(
      [scalar, jsonOf(text, schemas, options)].filter((one) => one !== undefined),
      schemas,
      options.judge,
    ) ?? scalar
  );
}

/** A text as JSON where the schema wants an array or an object and the text is one. */
function jsonOf(text: string | undefined, schemas: readonly SchemaRef[], options: ReadOptions): Json | undefined {
  const wanted = shapeOf(options.document, schemas);
  if (text === undefined || !(namesType(wanted, 'object') || namesType(wanted, 'array')) || !/^\s*[[{]/.test(text)) return undefined;
  const parsed = parseJson(text);
  return 'value' in parsed ? parsed.value : undefined;
}
