import type { JsonObject, Pointer, SchemaRef } from './json.ts';

/** The methods that OpenAPI 3.0 and 3.1 know, in capitals as on the wire. */
export type Method = 'GET' | 'PUT' | 'POST' | 'DELETE' | 'OPTIONS' | 'HEAD' | 'PATCH' | 'TRACE';

/** Where a parameter is sent; a mutation may also break the `body`. */
export type ParameterPlace = 'path' | 'query' | 'header' | 'cookie';

/** The serialisation styles of OpenAPI 3 for parameters and form members. */
export type ParameterStyle = 'matrix' | 'label' | 'simple' | 'form' | 'spaceDelimited' | 'pipeDelimited' | 'deepObject';

/** One parameter of an operation, with `style` and `explode` resolved to their defaults. */
export interface Parameter {
  readonly name: string;
  readonly in: ParameterPlace;
  readonly required: boolean;
  readonly style: ParameterStyle;
  readonly explode: boolean;
  readonly allowReserved: boolean;
  readonly allowEmptyValue: boolean;
  readonly schema: SchemaRef;
  /** Set where the parameter is declared with `content`: the value is serialised in this media type. */
  readonly mediaType?: string;
  readonly pointer: Pointer;
}

/** How one member of a form or multipart body is sent. */
export interface Encoding {
  readonly contentType?: string;
  readonly headers: readonly ResponseHeader[];
  readonly style?: ParameterStyle;
  readonly explode?: boolean;
  readonly allowReserved?: boolean;
}

/** One media type of a request or a response; without a schema anything goes. */
export interface MediaType {
  /** As the document spells it, parameters included; may be a range such as `image/*`. */
  readonly mediaType: string;
  readonly schema?: SchemaRef;
  readonly encoding: ReadonlyMap<string, Encoding>;
  readonly pointer: Pointer;
}

export interface RequestBody {
  readonly required: boolean;
  readonly content: readonly MediaType[];
  readonly pointer: Pointer;
}

export interface ResponseHeader {
  readonly name: string;
  readonly required: boolean;
  readonly schema?: SchemaRef;
  readonly style: ParameterStyle;
  readonly explode: boolean;
  readonly mediaType?: string;
}

/** What an operation declares for one status, range (`4XX`) or `default`. */
export interface Response {
  readonly status: string;
  readonly headers: readonly ResponseHeader[];
  readonly content: readonly MediaType[];
  readonly pointer: Pointer;
}

/** One alternative of `security`: every scheme named in it is needed together. An empty map means "no credentials". */
export type SecurityRequirement = ReadonlyMap<string, readonly string[]>;

export type SecurityScheme =
  | { readonly type: 'http'; readonly scheme: string }
  | { readonly type: 'apiKey'; readonly in: 'query' | 'header' | 'cookie'; readonly name: string }
  | { readonly type: 'oauth2' | 'openIdConnect' | 'mutualTLS' };

/** One method and path of the contract. */
export interface Operation {
  /** The operationId, else `GET /pets/{petId}`; unique in the contract. */
  readonly id: string;
  readonly method: Method;
  /** The path template as the document spells it, without a query string. */
  readonly path: string;
  /** Query pairs that the document wrote into the path key (`/a?beta=true`); always sent. */
  readonly fixedQuery: readonly (readonly [string, string])[];
  readonly tags: readonly string[];
  readonly deprecated: boolean;
  readonly parameters: readonly Parameter[];
  readonly requestBody?: RequestBody;
  readonly responses: readonly Response[];
  /** Alternatives; an empty list means that no credentials are needed. */
  readonly security: readonly SecurityRequirement[];
  /** The `servers` of the operation or its path, where they differ from the document's. */
  readonly servers?: readonly string[];
  /** Where the operation stands in the document. */
  readonly pointer: Pointer;
}

/** A fault of the document, named, placed and explained; never a fault of the target. */
export interface LintEntry {
  /** Kebab-case name of the lint rule: `duplicate-operation-id`, `dangling-ref`, … */
  readonly rule: string;
  readonly pointer: Pointer;
  readonly message: string;
  /** What the run leaves out because of it: an operation id or a schema pointer. */
  readonly skips?: string;
}

/** What happened to one action of one overlay. */
export interface AppliedAction {
  readonly overlay: string;
  /** `x-id` of the action, else its index. */
  readonly id: string;
  /** `wrong`: the document forbids what is really sent; `grew`: it lacks what came later; `rule`: it says so in prose only. */
  readonly kind: 'wrong' | 'grew' | 'rule';
  /** How many places of the document the target matched; 0 is stale. */
  readonly matched: number;
  /** Pointers of the places, in the document after the overlay. */
  readonly places: readonly Pointer[];
  readonly since?: string;
  readonly until?: string;
  readonly evidence?: string;
  readonly description?: string;
}

/** The document after the pack's overlays, resolved into operations. Plain data: schemas are compiled on demand by `src/schema`. */
export interface Contract {
  /** `acme@2025-03`, or `<title>@<version>` of a document without a pack. */
  readonly id: string;
  readonly title: string;
  readonly version: string;
  readonly openapi: '3.0' | '3.1';
  /** SHA-256 (hex) of the document after the overlays, with members in document order. */
  readonly hash: string;
  /** The bundled document after the overlays, not converted: what an independent validator reads. */
  readonly source: JsonObject;
  /**
   * The same document with every Schema Object converted in place to JSON Schema 2020-12 (nullable, boolean
   * exclusive bounds, `oneOf` read as `anyOf`, `x-assay-rules` added). Every `$ref` in it is local (`#/…`).
   */
  readonly document: JsonObject;
  readonly servers: readonly string[];
  readonly securitySchemes: ReadonlyMap<string, SecurityScheme>;
  readonly operations: readonly Operation[];
  readonly lint: readonly LintEntry[];
  readonly overlays: readonly AppliedAction[];
}
