import type { Method, ParameterPlace } from './contract.ts';
import type { Json, JsonObject, NameValue, Pointer } from './json.ts';
import type { Level } from './verdict.ts';

/** `valid`, `invalid` (exactly one mutation) or `probe` (robustness: no oracle on accept or refuse). */
export type CaseMode = 'valid' | 'invalid' | 'probe';

/**
 * The part of the plan a case belongs to. `set-up` cases make what slots need and belong to no shard; `recorded` stands for an
 * exchange that nobody planned: of a recording, or passing through the proxy.
 */
export type Phase =
  | 'smoke'
  | 'set-up'
  | 'valid'
  | 'invalid'
  | 'coverage'
  | 'pairs'
  | 'property'
  | 'probe'
  | 'stream'
  | 'scenario'
  | 'recorded';

/** The effect classes of an operation; costly and admin need `--allow` on a foreign target. */
export type OperationClass = 'read' | 'create' | 'mutate' | 'delete' | 'costly' | 'admin';

/** Which credentials a case is sent with. */
export type Credentials = 'given' | 'none' | 'wrong';

/** One part of a multipart body. `base64` holds bytes that are not text. */
export interface Part {
  readonly name: string;
  readonly filename?: string;
  readonly contentType?: string;
  readonly headers?: readonly NameValue[];
  readonly text?: string;
  readonly base64?: string;
}

/**
 * A body before it is serialised. `json` is serialised by JSON.stringify, `form` as
 * application/x-www-form-urlencoded, `parts` as multipart, `text` as UTF-8, `base64` as bytes as they are.
 */
export type PlannedBody =
  | { readonly mediaType: string; readonly json: Json }
  | { readonly mediaType: string; readonly form: readonly NameValue[] }
  | { readonly mediaType: string; readonly parts: readonly Part[] }
  | { readonly mediaType: string; readonly text: string }
  | { readonly mediaType: string; readonly base64: string };

/** A concrete request without origin and credentials; the content-type header follows from the body unless stated in `headers`. */
export interface PlannedRequest {
  readonly method: Method;
  /** The serialised path; made again from the template when a slot overwrites a path parameter. */
  readonly path: string;
  /** Serialised values of the path parameters by name, before percent-encoding. */
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly query: readonly NameValue[];
  readonly headers: readonly NameValue[];
  readonly cookies?: readonly NameValue[];
  readonly body?: PlannedBody;
}

/** A place in a planned request whose value comes from the run. */
export interface Slot {
  /** Pointer into the {@link PlannedRequest}: `/pathParameters/thread_id`, `/body/json/owner_id`, `/query/0/1`, `/body/parts/1/text`. */
  readonly at: Pointer;
  /** What fills it: `<family>.id` of a resource family, or a named binding of the run such as `model` or `now`. */
  readonly from: string;
  /** A new resource each time, for operations that use up what they act on. */
  readonly fresh?: boolean;
}

/** What an invalid case broke. */
export interface Mutation {
  /** The JSON Schema keyword, or one of `syntax`, `media-type`, `credentials`, `unknown-id`, `method`, `route`, `x-assay-rule`. */
  readonly keyword: string;
  readonly in: ParameterPlace | 'body' | 'request';
  /** Place in the instance: for a parameter `/<name>` followed by the place in its value; for a body the place in the body. */
  readonly instancePath: Pointer;
  /** The place that was changed, where it is not `instancePath`: the member left out or added, in the same form. */
  readonly at?: Pointer;
  /** Place of the keyword in {@link Contract.document}; absent where no schema says it. */
  readonly schemaPath?: Pointer;
  /** Absent means that nothing was there, or is there now. */
  readonly before?: Json;
  readonly after?: Json;
  /** The member of the object at `instancePath` that is missing or too many, where the keyword speaks of one. */
  readonly member?: string;
  /** The `x-assay-rules` id, where a rule of the prose was broken. */
  readonly rule?: string;
  /** How much it matters that a target refuses it, where that differs from the check's level (`pattern` and `format`: SHOULD). */
  readonly level?: Level;
  /** One sentence for reports. */
  readonly what: string;
}

/** A keyword of a schema at one place that a case exercises: the row of the coverage table. */
export interface Cell {
  readonly in: ParameterPlace | 'body' | 'request';
  /** Schema pointer of the keyword's parent, in {@link Contract.document}. */
  readonly schema: Pointer;
  readonly keyword: string;
  /** Which of the keyword's values: an enum member, a branch, `present`, `absent`, `min`, `max`, … */
  readonly aspect?: string;
}

/** One planned request. `id` is a short hash of contract hash, operationId, phase and recipe. */
export interface Case {
  readonly id: string;
  readonly operationId: string;
  readonly phase: Phase;
  readonly mode: CaseMode;
  readonly request: PlannedRequest;
  readonly slots: readonly Slot[];
  readonly credentials: Credentials;
  /** The accepted valid case that an invalid case differs from in one place. */
  readonly control?: string;
  /**
   * Present where the target refused the planned control and `control` stands in for it: once, and proven like any other.
   * Without the place in it, a refusal may be one of what came with the place, as that of the planned control was.
   */
  readonly standIn?: { readonly refused: string; readonly holdsPlace: boolean };
  readonly mutation?: Mutation;
  /** The kind of a probe: `duplicate-keys`, `bom`, … */
  readonly probe?: string;
  /** What it serves in the coverage table. */
  readonly cells: readonly Cell[];
  /** What is needed to make it again, deterministic and free of run values. */
  readonly recipe: JsonObject;
  readonly classes: readonly OperationClass[];
  /** How much it matters that a valid request is accepted, where that differs from the check's level. */
  readonly level?: Level;
  /** Whether the answer is expected to be an event stream (the request asked for one). */
  readonly stream?: boolean;
}
