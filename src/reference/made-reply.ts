import { generateSync } from 'json-schema-faker';
import { createShapes, refTarget } from '../generators/alternatives.ts';
import { createBuilder } from '../generators/build.ts';
import type {
  Contract,
  Json,
  MediaType,
  NameValue,
  Operation,
  ReferenceReply,
  Response,
  ResponseHeader,
  SchemaJudge,
  SchemaRef,
} from '../model/index.ts';

/** How often the plausible generator was good enough, out of the values that were needed. */
export interface MadeCounts {
  values: number;
  /** Accepted by the judge within three tries of json-schema-faker. */
  plausible: number;
  /** Taken from our own generator instead. */
  generated: number;
  /** Neither was accepted: the reply has a value that breaks the contract, or none. */
  failed: number;
}

/** Makes replies from the contract alone, for operations without a behaviour. */
export interface ReplyMaker {
  readonly counts: MadeCounts;
  /** The success that the operation declares, in a media type that was asked for if there is one. */
  success(operation: Operation, accept: string | undefined): ReferenceReply;
  /**
   * The failure that the operation declares for that status, or for one that says the same; the envelope where the declared
   * schema accepts it or there is none.
   */
  failure(operation: Operation | undefined, status: number, envelope: Json): ReferenceReply;
}

/** What else a document may declare for a refusal of that kind. */
const synonyms: Readonly<Record<number, readonly number[]>> = { 400: [422], 401: [403], 413: [400, 422], 415: [400, 422] };

// json-schema-faker is right for most schemas at the first try and hardly ever after the third (research: 46% to 100% of values).
const tries = 3;

/** A maker whose replies depend on the seed and on how many it has made before. */
export function createReplyMaker(contract: Contract, judge: SchemaJudge, seed: number): ReplyMaker {
  const builder = createBuilder(createShapes(contract.document), judge);
  const counts: MadeCounts = { values: 0, plausible: 0, generated: 0, failed: 0 };
  let draw = seed;

  function value(schema: SchemaRef, isFit: (made: Json) => boolean = () => true): Json | undefined {
    counts.values += 1;
    for (let attempt = 0; attempt < tries; attempt += 1) {
      draw += 1;
      const made = plausible(contract, schema, draw);
      if (made === undefined || !isFit(made) || !judge.accepts(schema, made)) continue;
      counts.plausible += 1;
      return made;
    }
    const place = refTarget(contract.document, `#${schema}`);
    const made = place && builder.smallest([place], 'value');
    if (made !== undefined && judge.accepts(schema, made)) {
      counts.generated += 1;
      return made;
    }
    counts.failed += 1;
    return made;
  }

  function headersOf(response: Response): NameValue[] {
    return response.headers
      .filter((header) => header.schema !== undefined && header.name.toLowerCase() !== 'content-type')
      .map((header) => [header.name, headerText(value(header.schema ?? ''), header)]);
  }

  return {
    counts,
    success(operation, accept) {
      const response = successOf(operation);
      if (response === undefined) return { status: 200 };
      const status = statusOf(response);
      const headers = headersOf(response);
      const media = chooseMedia(response.content, accept);
      if (media === undefined || status === 204) return { status, headers };
      // A text of no characters is no body on the wire.
      const isFit = isJson(media.mediaType) ? undefined : (made: Json): boolean => made !== '';
      return { status, headers, ...bodyOf(media, media.schema === undefined ? 'ok' : value(media.schema, isFit)) };
    },
    failure(operation, wanted, envelope) {
      const declared = operation && [wanted, ...(synonyms[wanted] ?? [])].find((status) => declaredFor(operation, status) !== undefined);
      const status = declared ?? wanted;
      const response = operation && declaredFor(operation, status);
      const media = response?.content.find(({ mediaType }) => isJson(mediaType));
      if (!response || !media) return { status, json: envelope };
      const headers = headersOf(response);
      const mediaType = concreteOf(media.mediaType);
      if (media.schema === undefined || judge.accepts(media.schema, envelope)) return { status, headers, mediaType, json: envelope };
      return { status, headers, mediaType, json: value(media.schema) ?? envelope };
    },
  };
}

function plausible(contract: Contract, schema: SchemaRef, seed: number): Json | undefined {
  try {
    // References are resolved from the root, so the root is the whole document with a reference on top.
    const made = generateSync({ ...contract.document, $ref: `#${schema}` }, { seed, optionalsProbability: 0.5, maxDepth: 8 });
    return JSON.parse(JSON.stringify(made)) as Json;
  } catch {
    return undefined;
  }
}

/** The declared success: the lowest 2xx, then a 2XX range, then a redirect where there is nothing else, then `default`. */
function successOf(operation: Operation): Response | undefined {
  const statuses = operation.responses.toSorted((a, b) => a.status.localeCompare(b.status));
  return (
    statuses.find(({ status }) => /^2\d\d$/.test(status)) ??
    statuses.find(({ status }) => /^2XX$/i.test(status)) ??
    statuses.find(({ status }) => /^3\d\d$/.test(status)) ??
    statuses.find(({ status }) => status === 'default')
  );
}

/** What the operation declares for a status: exact, then its range, then `default`. */
export function declaredFor(operation: Operation, status: number): Response | undefined {
  return [String(status), `${Math.floor(status / 100)}XX`, 'DEFAULT']
    .map((name) => operation.responses.find((response) => response.status.toUpperCase() === name))
    .find((response) => response !== undefined);
}

function statusOf(response: Response): number {
  return /^\d+$/.test(response.status) ? Number(response.status) : 200;
}

function chooseMedia(content: readonly MediaType[], accept: string | undefined): MediaType | undefined {
  const wanted = (accept ?? '*/*').split(',').map((range) => essence(range));
  const accepted = content.filter(({ mediaType }) =>
    wanted.some((range) => range === '*/*' || range === essence(mediaType) || range === `${essence(mediaType).split('/')[0]}/*`),
  );
  const candidates = accepted.length > 0 ? accepted : content;
  return candidates.find(({ mediaType }) => isJson(mediaType)) ?? candidates[0];
}

function bodyOf(media: MediaType, value: Json | undefined): Partial<ReferenceReply> {
  const mediaType = concreteOf(media.mediaType);
  if (isJson(mediaType)) return { mediaType, json: value ?? null };
  if (essence(mediaType) === 'text/event-stream') return { mediaType, events: [{ data: value ?? null }] };
  if (essence(mediaType) === 'application/x-www-form-urlencoded') return { mediaType, bytes: Buffer.from(formText(value)) };
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? '');
  return { mediaType, bytes: Buffer.from(text) };
}

/** A media range has no type of its own: any type inside it will do. */
function concreteOf(mediaType: string): string {
  const [type = '*', subtype = '*'] = essence(mediaType).split('/');
  if (type === '*') return 'application/json';
  if (subtype !== '*') return mediaType;
  return type === 'text' ? 'text/plain' : `${type}/octet-stream`;
}

function formText(value: Json | undefined): string {
  if (typeof value !== 'object' || value === null) return '';
  const pairs = Object.entries(value).map(([name, member]): [string, string] => [
    name,
    typeof member === 'string' ? member : JSON.stringify(member),
  ]);
  return new URLSearchParams(pairs).toString();
}

function headerText(value: Json | undefined, header: ResponseHeader): string {
  if (header.mediaType !== undefined) return ascii(JSON.stringify(value ?? null));
  if (Array.isArray(value)) return ascii(value.join(','));
  if (typeof value !== 'object' || value === null) return ascii(String(value ?? ''));
  const pairs = Object.entries(value).map(([name, member]) => `${name}${header.explode ? '=' : ','}${String(member)}`);
  return ascii(pairs.join(','));
}

function ascii(text: string): string {
  return text.replaceAll(/[^\u0020-\u007e]/g, '?');
}

/** The type without its parameters, in lower case. */
function essence(mediaType: string): string {
  return (mediaType.split(';')[0] ?? '').trim().toLowerCase();
}

export function isJson(mediaType: string): boolean {
  return /^application\/json$|\+json$/.test(essence(mediaType));
}
