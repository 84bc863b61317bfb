import { hash } from 'node:crypto';
import type {
  Binding,
  Case,
  Contract,
  Json,
  JsonObject,
  MediaType,
  Operation,
  OperationClass,
  Parameter,
  PlannedRequest,
  Pointer,
  SchemaJudge,
} from '../model/index.ts';
import { sameJson } from '../schema/json.ts';
import { pointerOf, tokensOf, valueAt } from '../schema/pointer.ts';
import { textOf } from '../wire/index.ts';
import { bindBody, boundFile, boundIn, boundValue, slotsOf, type Bound } from './bindings.ts';
import type { Builder } from './builder.ts';
import type { Shapes } from './alternatives.ts';
import { movedTo } from './moved.ts';
import { bodyKind, hasUnsayable, requestOf, reservedHeaders, type Draft, type Files } from './request.ts';
import type { Place } from './shape.ts';

/** What all operations of one generator share. */
export interface Shop {
  readonly contract: Contract;
  readonly judge: SchemaJudge;
  readonly bindings: readonly Binding[];
  readonly wellMeant: ((operation: Operation, request: PlannedRequest) => PlannedRequest) | undefined;
  readonly classesOf: (operationId: string) => readonly OperationClass[];
  readonly seed: number;
  readonly shapes: Shapes;
  readonly build: Builder;
}

/** A part of a request that has a schema: one parameter, or the body in one media type. */
export type Root =
  | { readonly in: 'body'; readonly media: MediaType; readonly places: readonly Place[]; readonly key: string; readonly hint: string }
  | {
      readonly in: Parameter['in'];
      readonly parameter: Parameter;
      readonly places: readonly Place[];
      readonly key: string;
      readonly hint: string;
    };

/** A valid request made from values, or why there is none. */
export type Made =
  | {
      readonly request: PlannedRequest;
      readonly draft: Draft;
      readonly slots: Case['slots'];
      /** Where a place of the body that was asked for stands in the request: the pack may put something before it. */
      readonly placed: (at: Pointer) => Pointer;
    }
  | { readonly problem: string };

/** What a case is about: a place of one root. With `keepsAll` nothing that is there is left out. */
export interface About {
  readonly root: Root;
  readonly at: Pointer;
  readonly keepsAll?: boolean;
}

/** One operation at work: its roots, and how values become cases. */
export interface Workbench {
  readonly shop: Shop;
  readonly operation: Operation;
  readonly bound: Bound;
  readonly roots: readonly Root[];
  readonly parameters: readonly Parameter[];
  /** The smallest meant-well draft: required parameters, and the body of that media type, if any. */
  draft(media: MediaType | undefined): Draft | { readonly problem: string };
  /** Binds, serialises, makes well meant, judges. `about` keeps what the case is about from being overwritten. */
  make(draft: Draft, about?: About): Made;
  readonly files: Files;
  caseOf(parts: Pick<Case, 'phase' | 'mode' | 'request' | 'cells' | 'recipe'> & Partial<Case>): Case;
}

export function createWorkbench(shop: Shop, operation: Operation): Workbench {
  const { judge, build, shapes, contract } = shop;
  const bound = boundIn(shop.bindings, operation);
  const parameters = operation.parameters.filter((one) => one.in !== 'header' || !reservedHeaders.has(one.name.toLowerCase()));
  const parameterRoots = parameters.map((parameter): Root => {
    return {
      in: parameter.in,
      parameter,
      places: [shapes.placeOf(parameter.schema)],
      key: `${parameter.in} ${parameter.name}`,
      hint: parameter.name,
    };
  });
  const bodyRoots = (operation.requestBody?.content ?? []).map((media): Root => {
    return {
      in: 'body',
      media,
      places: media.schema === undefined ? [] : [shapes.placeOf(media.schema)],
      key: `body ${media.mediaType}`,
      hint: 'body',
    };
  });
  const files: Files = {
    document: contract.document,
    headerText: (schema) => textOf((schema === undefined ? undefined : build.smallest([shapes.placeOf(schema)], 'value')) ?? 'value'),
    fileAt: (body, at) => boundFile(bound.body, body, at),
  };
  const drafts = new Map<string, Draft | { readonly problem: string }>();
  const streams = operation.responses.some((response) => response.content.some((media) => media.mediaType.startsWith('text/event-stream')));
  return { shop, operation, bound, roots: [...parameterRoots, ...bodyRoots], parameters, draft, make, files, caseOf };

  function draft(media: MediaType | undefined): Draft | { readonly problem: string } {
    const key = media?.mediaType ?? '';
    const known = drafts.get(key) ?? smallestDraft(media);
    drafts.set(key, known);
    return known;
  }

  function smallestDraft(media: MediaType | undefined): Draft | { readonly problem: string } {
    const values = new Map<Parameter, Json>();
    for (const parameter of parameters.filter((one) => one.required)) {
      const value = parameterValue(parameter);
      if (value === undefined) return { problem: `no value satisfies the schema of the ${parameter.in} parameter ${parameter.name}` };
      values.set(parameter, value);
    }
    if (!media) return { parameters: values };
    const root = bodyRoots.find((one) => one.in === 'body' && one.media === media);
    const value = media.schema === undefined ? plainBody(media) : build.smallest(root?.places ?? [], 'body');
    if (value === undefined) return { problem: `no value satisfies the schema of the body ${media.mediaType}` };
    return { parameters: values, body: { media, value } };
  }

  function plainBody(media: MediaType): Json {
    return bodyKind(media.mediaType) === 'text' ? 'body' : {};
  }

  function parameterValue(parameter: Parameter): Json | undefined {
    const plain = build.smallest([shapes.placeOf(parameter.schema)], parameter.name);
    return plain === undefined ? undefined : boundParameter(parameter, plain);
  }

  /** The value the pack binds, where it is one that the schema takes. */
  function boundParameter(parameter: Parameter, plain: Json): Json {
    for (const binding of bound.parameter(parameter.in, parameter.name)) {
      const value = boundValue(binding);
      if (value === undefined) continue;
      const whole = tokensOf(binding.at).length > 1 ? (Array.isArray(plain) ? [value] : plain) : value;
      if (judge.accepts(parameter.schema, whole)) return whole;
    }
    return plain;
  }

  function make(given: Draft, about?: About): Made {
    const values = new Map<Parameter, Json>();
    for (const [parameter, value] of given.parameters) {
      if (value === null) return { problem: `a ${parameter.in} parameter has no null` };
      const isAbout =
        about && about.root.in !== 'body' && about.root.parameter === parameter && !(typeof value === 'string' && about.at !== '');
      values.set(parameter, isAbout ? value : boundParameter(parameter, value));
      if (!judge.accepts(parameter.schema, values.get(parameter)))
        return { problem: `the ${parameter.in} parameter ${parameter.name} would be invalid` };
    }
    const body = given.body && boundBody(given.body, about);
    if (body && hasUnsayable(body)) return { problem: 'a form has no null' };
    const drafted: Draft = { parameters: values, ...(body && { body }) };
    if (body?.media.schema !== undefined && !judge.accepts(body.media.schema, body.value)) {
      return { problem: refusal(body.media.schema, body.value) };
    }
    const plain = requestOf(operation, drafted, files);
    const request = shop.wellMeant?.(operation, plain) ?? plain;
    const meant = request !== plain && request.body && 'json' in request.body ? request.body.json : undefined;
    if (meant !== undefined && body?.media.schema !== undefined && !judge.accepts(body.media.schema, meant)) {
      throw new Error(`The pack's well-meant form of ${operation.id} breaks its schema: ${refusal(body.media.schema, meant)}`);
    }
    const placed = (at: Pointer) => (meant === undefined ? at : movedTo(body?.value, meant, at));
    if (meant !== undefined && about?.root.in === 'body' && !stillThere(body?.value, about.at, meant, placed(about.at))) {
      return { problem: `the pack's well-meant form of the request does not keep ${about.at || 'the body'} as it is` };
    }
    const final = meant === undefined || !body ? drafted : { ...drafted, body: { media: body.media, value: meant } };
    return { request, draft: final, slots: slotsOf(bound, request), placed };
  }

  function boundBody(body: NonNullable<Draft['body']>, about: About | undefined): NonNullable<Draft['body']> {
    const schema = body.media.schema;
    const at = about?.root.in === 'body' ? about.at : undefined;
    const accepts = (value: Json) => schema === undefined || judge.accepts(schema, value);
    return { media: body.media, value: bindBody(bound.body, body.value, at, accepts, about?.keepsAll) };
  }

  function refusal(schema: string, value: Json): string {
    const error = judge.explain(schema, value)[0];
    return error
      ? `${error.keyword} at ${error.instancePath || 'the root'}: expected ${error.expected}, got ${error.actual.slice(0, 80)}`
      : 'refused';
  }

  function caseOf(parts: Pick<Case, 'phase' | 'mode' | 'request' | 'cells' | 'recipe'> & Partial<Case>): Case {
    const id = hashOf([contract.hash, operation.id, parts.phase, parts.recipe]).slice(0, 10);
    const body = parts.request.body;
    const stream = streams && body !== undefined && 'json' in body && valueAt(body.json, '/stream') === true;
    return {
      id,
      operationId: operation.id,
      slots: [],
      credentials: 'given',
      classes: shop.classesOf(operation.id),
      ...(stream && { stream: true }),
      ...parts,
    };
  }
}

/** Scalars must be as they were; what a container holds may have been made meaningful. */
function stillThere(before: Json | undefined, at: Pointer, after: Json, placed: Pointer): boolean {
  const was = valueAt(before, at);
  const is = valueAt(after, placed);
  if (was === undefined) return is === undefined;
  return typeof was === 'object' && was !== null ? is !== undefined : sameJson(was, is);
}

/** SHA-256 (hex) of a JSON value. */
export function hashOf(value: Json): string {
  return hash('sha256', JSON.stringify(value));
}

/** The recipe's name of a value: short, and the same for the same value. */
export function digestOf(value: Json | undefined): string {
  return value === undefined ? 'absent' : hashOf(value).slice(0, 10);
}

/** The root's value in a draft. */
export function valueOf(draft: Draft, root: Root): Json | undefined {
  return root.in === 'body' ? draft.body?.value : draft.parameters.get(root.parameter);
}

/** The draft with the root's value replaced; `undefined` leaves a parameter out. */
export function withRoot(draft: Draft, root: Root, value: Json | undefined): Draft {
  if (root.in === 'body') {
    const { body: _, ...rest } = draft;
    return value === undefined ? rest : { ...draft, body: { media: root.media, value } };
  }
  const parameters = new Map(draft.parameters);
  if (value === undefined) parameters.delete(root.parameter);
  else parameters.set(root.parameter, value);
  return { ...draft, parameters };
}

/** The place of a value in a mutation: a parameter's begins with its name. */
export function instancePathOf(root: Root, at: Pointer): Pointer {
  return root.in === 'body' ? at : pointerOf(root.parameter.name) + at;
}

/** Names a recipe's parts in one object. */
export function recipe(parts: Record<string, Json | undefined>): JsonObject {
  return Object.fromEntries(Object.entries(parts).filter((entry): entry is [string, Json] => entry[1] !== undefined));
}
