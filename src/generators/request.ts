import type {
  Json,
  JsonObject,
  MediaType,
  NameValue,
  Operation,
  Parameter,
  ParameterPlace,
  Part,
  PlannedBody,
  PlannedRequest,
  SchemaRef,
} from '../model/index.ts';
import { isObject, member } from '../schema/json.ts';
import { pointerOf } from '../schema/pointer.ts';
import { formPairs, isJsonMediaType, multipartParts, parseMediaType, pathOf, planBody, serialiseParameter } from '../wire/index.ts';
import type { BoundFile } from './bindings.ts';

/** The values of a request before they are serialised. */
export interface Draft {
  readonly parameters: ReadonlyMap<Parameter, Json>;
  readonly body?: { readonly media: MediaType; readonly value: Json };
}

/** What rendering must know beyond the values: the schemas, and which file a binding puts in place of a binary member. */
export interface Files {
  readonly document: JsonObject;
  /** The plainest text for a header of a part. */
  headerText(schema: SchemaRef | undefined): string;
  fileAt(body: Json, at: string): BoundFile | undefined;
}

/** Parameters and headers that HTTP itself or the sender sets: OpenAPI says that such header parameters are ignored. */
export const reservedHeaders: ReadonlySet<string> = new Set(['accept', 'content-type', 'authorization']);

/** Serialises a draft to a planned request. */
export function requestOf(operation: Operation, draft: Draft, files: Files): PlannedRequest {
  const body = draft.body && bodyOf(draft.body.media, draft.body.value, files);
  const pairs = (place: ParameterPlace): NameValue[] => {
    if (draft.parameters.size === 0) return [];
    return [...draft.parameters]
      .filter(([parameter]) => parameter.in === place)
      .flatMap(([parameter, value]) => serialiseParameter(parameter, value));
  };
  const pathParameters = Object.fromEntries(pairs('path'));
  const cookies = pairs('cookie');
  const headers = pairs('header');
  return {
    method: operation.method,
    path: pathOf(operation, pathParameters),
    pathParameters,
    query: [...operation.fixedQuery.map(([name, value]): NameValue => [name, value]), ...pairs('query')],
    headers,
    ...(cookies.length > 0 && { cookies }),
    ...(body && { body }),
  };
}

/** The media type that is sent for a declared one: a range such as `text/*` becomes one of its types. */
function concreteMediaType(declared: string): string {
  const essence = parseMediaType(declared)?.essence ?? declared;
  const [kind, subtype] = essence.split('/');
  if (subtype !== '*') return declared;
  const examples: Readonly<Record<string, string>> = {
    '*': 'application/json',
    text: 'text/plain',
    image: 'image/png',
    audio: 'audio/wav',
  };
  return (kind !== undefined && Object.hasOwn(examples, kind) ? examples[kind] : undefined) ?? 'application/octet-stream';
}

/** Which of the forms of a body a media type takes. */
export function bodyKind(mediaType: string): 'json' | 'form' | 'multipart' | 'text' {
  const essence = parseMediaType(mediaType)?.essence ?? mediaType;
  if (isJsonMediaType(essence)) return 'json';
  if (essence === 'application/x-www-form-urlencoded') return 'form';
  return essence.startsWith('multipart/') ? 'multipart' : 'text';
}

/** Whether a body holds what its media type cannot say: a form, also one of parts, has no null. */
export function hasUnsayable({ media, value }: NonNullable<Draft['body']>): boolean {
  const kind = bodyKind(media.mediaType);
  if ((kind !== 'form' && kind !== 'multipart') || !isObject(value)) return false;
  return Object.values(value).some((one) => one === null || (Array.isArray(one) && one.includes(null)));
}

/** Serialises the value of a body for its media type, with the files that the pack binds; `undefined` where it cannot say it. */
function bodyOf(media: MediaType, value: Json, files: Files): PlannedBody | undefined {
  const planned = planBody({ ...media, mediaType: concreteMediaType(media.mediaType) }, value, files.document);
  return planned && 'parts' in planned ? { ...planned, parts: withFiles(media, planned.parts, value, files) } : planned;
}

/** The pairs of one member of a form. */
export function formPairsOf(media: MediaType, name: string, body: Json): NameValue[] {
  const value = member(body, name);
  return value === undefined ? [] : formPairs(media, { [name]: value });
}

/** The parts of one member of a multipart body: an array gives one part for each entry. */
export function partsOf(media: MediaType, name: string, body: Json, files: Files): Part[] {
  const value = member(body, name);
  return value === undefined ? [] : withFiles(media, multipartParts(media, { [name]: value }, files.document), body, files);
}

/** Puts bound files in place of binary members, and the headers that the media type's encoding requires on the parts. */
function withFiles(media: MediaType, parts: readonly Part[], body: Json, files: Files): Part[] {
  const counts = new Map<string, number>();
  return parts.map((plain) => {
    const index = counts.get(plain.name) ?? 0;
    counts.set(plain.name, index + 1);
    const required = media.encoding.get(plain.name)?.headers.filter((header) => header.required) ?? [];
    const headers = required.map((header): NameValue => [header.name, files.headerText(header.schema)]);
    const part = headers.length > 0 ? { ...plain, headers: [...(plain.headers ?? []), ...headers] } : plain;
    if (part.filename === undefined) return part;
    const file = files.fileAt(body, pointerOf(part.name, index)) ?? files.fileAt(body, pointerOf(part.name));
    return file ? { name: part.name, ...file, ...(part.headers && { headers: part.headers }) } : part;
  });
}
