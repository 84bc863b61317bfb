import type { OperationClass, PlannedBody, PlannedRequest, Slot } from './case.ts';
import type { Check } from './check.ts';
import type { Operation, ParameterPlace } from './contract.ts';
import type { StreamEvent } from './exchange.ts';
import type { GrammarPath, StreamGrammar } from './grammar.ts';
import type { Json, JsonObject, Pointer } from './json.ts';
import type { Fault, MakeBehaviours } from './reference.ts';
import type { Level } from './verdict.ts';

/** One edition of the API's document, shipped as a file. */
export interface PackDocument {
  /** `2025-03`; the contract's id is `<pack>@<version>`. */
  readonly version: string;
  /** Absolute path of the document. */
  readonly file: string;
  /** Absolute paths of the overlays to apply, in order. */
  readonly overlays: readonly string[];
}

/**
 * A family of operations around one kind of resource, or one state of such a kind (`finished_run` beside `run`).
 *
 * Slots of one request that name a family and its `parent` belong to one line: the child is found or made first,
 * the ancestors are those it was made under. While an operation runs for a family's sake (set-up, `waitFor`,
 * `seeded`, clean-up), path parameters that an ancestor names as its `pathParameter` are filled from the line.
 */
export interface ResourceFamily {
  /** Singular, as slots name it: `assistant` gives `assistant.id`. */
  readonly name: string;
  readonly idPrefix?: string;
  readonly parent?: string;
  readonly create?: string;
  readonly list?: string;
  readonly get?: string;
  readonly modify?: string;
  readonly delete?: string;
  /** What ends one that nothing deletes: cancels a job, archives a project. */
  readonly cancel?: string;
  /**
   * Where `get` shows the state, and the states in which a refused `cancel` has no excuse: there was something to end, or
   * the refusal ended it all the same. In any other state the job was over before it could be cancelled.
   */
  readonly cancellable?: { readonly at: Pointer; readonly values: readonly string[] };
  /** Pointer of the id in the answer of `create` (or of the `get` that `waitFor` saw); `/id` where absent. */
  readonly id?: Pointer;
  /** The path parameter that carries the id. */
  readonly pathParameter?: string;
  /**
   * Where a server has the resource without anyone creating it: the first row of the answer for which `where` holds,
   * the last one not yet used for a `fresh` slot. `*` stands for the row in both pointers. Tried before `create`.
   */
  readonly seeded?: {
    readonly operation: string;
    readonly at: Pointer;
    readonly where?: { readonly at: Pointer; readonly values: readonly Json[] };
  };
  /** Where an event of `create`'s stream holds the id: that of the first event that has it counts. */
  readonly streamed?: Pointer;
  /**
   * The boolean member of `create`'s request that decides whether the resource is kept at all; absent or null counts as
   * `absent`. What is not kept is nobody's to read or to remove.
   */
  readonly keptIf?: { readonly at: Pointer; readonly absent: boolean };
  /** Other operations that make one on the way, with the pointer of its id in their answer or in an event of their stream. */
  readonly alsoMadeBy?: readonly { readonly operation: string; readonly at: Pointer }[];
  /** Names of families that `create` makes on the way, with the pointer of their id in its answer. */
  readonly alsoCreates?: readonly { readonly family: string; readonly at: Pointer }[];
  /** How set-up differs from the smallest valid case of `create`. */
  readonly setUp?: {
    /** Merged over the JSON body or, as text, over the parts of a multipart body. */
    readonly body?: JsonObject;
    /** The whole body, where merging cannot say it. */
    readonly wholeBody?: PlannedBody;
    /** The resource is ready when `get` of the family answers one of the values there; other values in `fails` end the waiting. */
    readonly waitFor?: { readonly at: Pointer; readonly values: readonly string[]; readonly fails?: readonly string[] };
  };
}

/**
 * A value that no schema knows, at one place of one or more operations. It is put where the generated request has the
 * place; the first binding that fits wins; one that would make the request invalid against its schema does nothing.
 */
export interface Binding {
  /** Operation id globs. */
  readonly operations: readonly string[];
  readonly in: ParameterPlace | 'body';
  /** Pointer pattern with `*` for any entry: `/model`, `/tool_resources/file_search/vector_store_ids/*`; for a parameter `/<name>`. */
  readonly at: Pointer;
  /** Only where a member beside the bound one has one of these values: a file by its `purpose`, an id by its item's `type`. */
  readonly where?: { readonly member: string; readonly values: readonly Json[] };
  /** A fixed value (or one of several, drawn) … */
  readonly values?: readonly Json[];
  /** … or a slot (`assistant.id`, `model`), with the values above as deterministic samples. */
  readonly slot?: string;
  readonly fresh?: boolean;
  /** … or a file of a multipart body. */
  readonly file?: { readonly filename: string; readonly contentType: string; readonly text?: string; readonly base64?: string };
  /** Leave the member (or query parameter) out unless a case is about it. */
  readonly omit?: boolean;
}

/** A binding of the run that is found by asking the target, unless its flag gives it. */
export interface Discovery {
  readonly slot: string;
  readonly operation: string;
  /** Pointer of the candidates, with `*` for any row. */
  readonly at: Pointer;
  /** The command line option that gives it instead. */
  readonly flag?: string;
  /** The first of these that is among the candidates is taken … */
  readonly prefer?: readonly string[];
  /** … else the first candidate that this pattern fits, else the value of the slot `otherwise`, else the first candidate. */
  readonly like?: string;
  readonly otherwise?: string;
}

/**
 * One request that a real client sends and no schema singles out: a tool's answer that comes back, a list of inputs, a
 * limit that cuts the text. One whose body the contract's edition refuses is left out.
 */
export interface Situation {
  /** What is special about it: `several-tools`, `length`; unique for its operation. */
  readonly name: string;
  readonly operation: string;
  /** Merged over the body of the smallest valid case: JSON members, or text parts of a form by name. */
  readonly body: JsonObject;
  /** The path in place of the operation's: one that the document lacks. */
  readonly path?: string;
  /** For a request that must be refused: the keyword that is broken, the member, and what is bad about it. */
  readonly breaks?: { readonly keyword: string; readonly at: Pointer; readonly what: string };
  /** Slots of the smallest valid case that take another binding: a model that streams. */
  readonly rebind?: Readonly<Record<string, string>>;
  /** Slots beside those of the smallest valid case: the id of an earlier answer. */
  readonly slots?: readonly Slot[];
  /** How much it matters that the request is accepted, where real services differ in what they support. */
  readonly level?: Level;
}

/** One request of the stream phase: it changes the stream in one way that is worth seeing. */
export interface StreamVariant extends Situation {
  /** `aborted`: the client goes away after a few events; `refused`: the request is bad and known to be before the first byte. */
  readonly kind?: 'answered' | 'aborted' | 'refused';
  /** How the folded stream is compared with the answer to the same request without a stream. */
  readonly twin?: StreamTwin;
}

export interface StreamTwin {
  /** Members of the body that ask for the stream; left out of the plain request. */
  readonly without: readonly string[];
  /** Puts the events together as an official client does; `undefined` where they do not make an answer. */
  readonly fold: (events: readonly StreamEvent[]) => Json | undefined;
  /** Pointer patterns (`*` for any entry) of members that two answers may differ in. */
  readonly ignore: readonly string[];
  /** Pointers of members that no two answers may share: an id. */
  readonly unique?: readonly Pointer[];
}

/** A list with a cursor, of whose rows two are made so that it can be walked page by page. */
export interface ListWalk {
  readonly operation: string;
  /** The family of its rows. */
  readonly family: string;
  /** Query parameters: the size of a page, and the id that a page comes after. */
  readonly limit: string;
  readonly after: string;
  /** Pointers of the rows in a page, of the id in a row, and of what says that there are more pages. */
  readonly rows: Pointer;
  readonly id: Pointer;
  readonly more: Pointer;
}

/** How a request asks for an event stream. */
export interface StreamSwitch {
  /** Operation id globs. */
  readonly operations: readonly string[];
  /** Member of the body (or part of the form) and the value of it that asks for a stream. */
  readonly member: string;
  readonly value: Json;
  /** With one of these values of another member the request is answered without a stream all the same. */
  readonly unless?: { readonly member: string; readonly values: readonly Json[] };
}

/** A promise a target can make or not: operations and checks that apply; never weakens a rule. */
export interface Feature {
  readonly id: string;
  readonly text: string;
  /** Operation id globs. */
  readonly operations: readonly string[];
}

/** Known deviations of one service that a reading turns into notes. */
export interface PracticeReading {
  readonly name: string;
  /** Hosts whose recorded traffic takes this reading by itself. */
  readonly hosts: readonly string[];
  /** Places of an answer, or of the first event of a stream, where it says when it was made (Unix seconds). */
  readonly times?: readonly Pointer[];
  readonly excuses: readonly Excuse[];
}

/** A check or stream rule that one service is known to break, and why; the other members narrow where. */
export interface Excuse {
  readonly rule: string;
  readonly reason: string;
  readonly operations?: readonly string[];
  readonly at?: string;
  /** Only where the request asks for it: what stands there is this value, or a list that holds it. */
  readonly asked?: { readonly at: Pointer; readonly includes: Json };
  /** Only for an event that holds one of these values there, or anything at all, or nothing. */
  readonly event?: { readonly at: GrammarPath; readonly in: readonly Json[] } | { readonly at: GrammarPath; readonly has: boolean };
  /** Only for answers with one of these statuses, or of this media type. */
  readonly statuses?: readonly number[];
  readonly mediaType?: string;
  /** Only in recordings: what their recorder did, not the service. */
  readonly recorded?: true;
  /** Only for answers of that day and later, or of days before: `2024-11-01`. */
  readonly since?: string;
  readonly until?: string;
}

/** Everything about one API. */
export interface Pack {
  readonly name: string;
  readonly title: string;
  readonly documents: readonly PackDocument[];
  /** Version of the document taken by default. */
  readonly defaultVersion: string;
  /** Environment variable of the API key. */
  readonly apiKeyEnv: string;
  readonly families: readonly ResourceFamily[];
  /** Classes by operation id; what is absent is classed by its method. */
  readonly classes: ReadonlyMap<string, readonly OperationClass[]>;
  readonly bindings: readonly Binding[];
  /** Makes a generated request one that is meant well where bindings cannot say it; must keep it schema-valid. Pure. */
  readonly wellMeant?: (operation: Operation, request: PlannedRequest) => PlannedRequest;
  /** The run's bindings found by asking the target: the model. */
  readonly discover: readonly Discovery[];
  /** The cheapest read that shows that the target answers: the smoke test. */
  readonly smoke: readonly string[];
  readonly grammars: readonly StreamGrammar[];
  readonly streamSwitches: readonly StreamSwitch[];
  readonly streamVariants: readonly StreamVariant[];
  /** Plain requests of the scenario phase. */
  readonly situations?: readonly Situation[];
  /** Lists that the scenario phase walks. */
  readonly listWalks?: readonly ListWalk[];
  readonly checks: readonly Check[];
  readonly features: readonly Feature[];
  readonly profiles: ReadonlyMap<string, readonly string[]>;
  readonly readings: readonly PracticeReading[];
  /** Names of response members whose values are secrets minted by the API. */
  readonly secretMembers: readonly string[];
  /** Cheap limits set on requests to a foreign target: member by body pointer. */
  readonly thrift: readonly { readonly operations: readonly string[]; readonly at: Pointer; readonly value: Json }[];
  readonly reference?: MakeBehaviours;
  readonly faults: readonly Fault[];
}
