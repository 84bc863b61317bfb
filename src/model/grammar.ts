import type { Json, Pointer } from './json.ts';
import type { Level, SourceClass } from './verdict.ts';

/** One rule of a stream, with what `explain` shows of it. */
export interface StreamRule {
  readonly id: string;
  readonly level: Level;
  readonly source: SourceClass;
  readonly text: string;
  /** What breaks without it, or where it is written. */
  readonly reason: string;
  /** The smallest bad stream, as lines of the wire. */
  readonly example?: string;
}

/**
 * A place, dotted: `delta.role` in the subject of the step, `$.id` in the whole payload, `?.n` in the request's context,
 * `@.item.type` in the object that opened the entity. `''` is the subject itself.
 */
export type GrammarPath = string;

export type ValueType = 'string' | 'nonempty' | 'integer' | 'number' | 'boolean' | 'object' | 'array' | 'null' | 'base64';

/** What must hold at one moment. Marks are set by ops: `x` on the stream, `@x` on the entity, `^x` on its parent. */
export type Test =
  | { readonly has: GrammarPath }
  | { readonly present: GrammarPath }
  | { readonly empty: GrammarPath }
  | { readonly is: readonly [GrammarPath, ValueType] }
  | { readonly eq: readonly [GrammarPath, Json] }
  | { readonly in: readonly [GrammarPath, readonly Json[]] }
  | { readonly same: readonly [GrammarPath, GrammarPath] }
  | { readonly atMost: readonly [GrammarPath, GrammarPath] }
  | { readonly below: readonly [GrammarPath, GrammarPath] }
  | { readonly sum: readonly [readonly GrammarPath[], GrammarPath] }
  | { readonly sameLength: readonly GrammarPath[] }
  | { readonly seen: string }
  /** The named text of the entity is not empty. */
  | { readonly text: string }
  /** The named text of the entity is JSON. */
  | { readonly json: string }
  /** Two byte streams of the entity (see the op `bytes`) held the same bytes. */
  | { readonly agree: string }
  /** The entity has children of that name. */
  | { readonly children: string }
  /** A child of the stream, still open, whose opening object has at the first path what the subject has at the second. */
  | { readonly openWith: readonly [entity: string, path: GrammarPath, value: GrammarPath] }
  /** The entity was opened by an event of its own. */
  | { readonly opened: true }
  /** The request is known. */
  | { readonly asked: true }
  | { readonly firstEvent: true }
  | { readonly all: readonly Test[] }
  | { readonly any: readonly Test[] }
  | { readonly not: Test };

/** A rule at one moment. */
export interface Assertion {
  readonly rule: string;
  readonly when?: Test;
  /** Absent: whatever `when` admits is a violation. */
  readonly that?: Test;
  /** Where in the subject, for reports and for schema errors of the same place. */
  readonly at?: GrammarPath;
  readonly expected?: string;
  /** The subject cannot be read further. */
  readonly stop?: boolean;
  /** Show the event that set this mark instead of the present one. */
  readonly markedBy?: string;
}

/** Where a final value must come from. */
export type Source =
  | { readonly text: string }
  | { readonly list: string }
  | { readonly merged: GrammarPath }
  | { readonly opened: GrammarPath }
  /** The closing objects of the children, or a text of each, or the entries of a list in each. */
  | { readonly children: string; readonly text?: string; readonly flat?: GrammarPath }
  /** The merged values of all open children, entries with these members only. */
  | { readonly openChildren: string; readonly merged: GrammarPath; readonly where: readonly [member: string, value: Json] };

/** Deltas = done = final. */
export interface Equality {
  readonly rule: string;
  /** In the entity's object. */
  readonly at: GrammarPath;
  readonly from: Source;
  readonly when?: Test;
  /** Names of members that are not compared, beside the grammar's own. */
  readonly ignore?: readonly string[];
}

/** How a value becomes text: as it is, its words with one blank between any two, without blanks, or the entries of a list one by one. */
export type TextForm = 'words' | 'letters' | 'entries';

/** What an event does to an entity. */
export type Op =
  | { readonly append: string; readonly from: GrammarPath; readonly form?: TextForm; readonly when?: Test }
  /** The text is complete: equals what came, and nothing may follow. */
  | {
      readonly settle: string;
      readonly from: GrammarPath;
      readonly rule: string;
      readonly again?: string;
      readonly form?: TextForm;
      readonly when?: Test;
    }
  /** Folds the delta into the entity's value: strings append, numbers add, arrays merge by `index`. */
  | { readonly merge: GrammarPath }
  | { readonly mark: string; readonly when?: Test }
  /** Values that come once. */
  | { readonly once: readonly GrammarPath[]; readonly rule: string }
  /** The entity's progress events come in the order of its kind's list, each once. */
  | { readonly progress: string; readonly rule: string }
  /** Adds to a list whose index is the number of entries so far. */
  | { readonly entry: string; readonly index: GrammarPath; readonly from?: GrammarPath; readonly rule: string }
  /** Compares the bytes of a text with those of its tokens as both arrive. */
  | { readonly bytes: string; readonly text: GrammarPath; readonly tokens: GrammarPath; readonly when?: Test }
  /** Moves a machine of the stream; the move must be in its table. */
  | { readonly move: string; readonly to: string; readonly rule: string; readonly when?: Test }
  /** Numbers that never fall: over the arrays or the values at the path. */
  | { readonly rising: GrammarPath; readonly rule: string }
  /** The entity has ended without a closing event of its own. */
  | { readonly close: true; readonly when?: Test };

/** How one event, or one entry of an array in it, reaches an entity, and what it does there. Without `entity` it concerns the stream. */
export interface Step {
  readonly entity?: string;
  readonly when?: Test;
  readonly at?: GrammarPath;
  /** Every entry of the array at this path. */
  readonly each?: GrammarPath;
  readonly key?: GrammarPath;
  /** Must be the id of the entity that the key names. */
  readonly id?: GrammarPath;
  /** The object that opens or closes the entity; the subject where absent. */
  readonly object?: GrammarPath;
  /** `auto` opens what is new. */
  readonly action?: 'auto' | 'open' | 'touch' | 'close';
  /** Kinds of the entity that the event belongs to. */
  readonly kinds?: readonly string[];
  /** The rule for an unknown key, instead of the entity's. */
  readonly unknown?: string;
  /** Where an unknown key is no fault. */
  readonly unknownWhen?: Test;
  /** A text that must not be settled yet. */
  readonly unsettled?: string;
  /** Checks of the shape, made before the entity is sought. */
  readonly shape?: readonly Assertion[];
  readonly checks?: readonly Assertion[];
  readonly do?: readonly Op[];
  readonly equals?: readonly Equality[];
  readonly inside?: readonly Step[];
}

/** One type of event. */
export interface EventRow extends Step {
  /** Members that the type requires, by name. */
  readonly required?: Readonly<Record<string, ValueType>>;
  /** The stream is over, but for the sentinel. */
  readonly terminal?: boolean;
  /** Children of the stream must be closed now, those of these entities. */
  readonly settles?: readonly string[];
  /** An error of the stream: what is missing afterwards is no fault. */
  readonly error?: boolean;
  /** May come between the error and the end of the stream. */
  readonly afterError?: boolean;
  /** May come after the terminal event, under this rule. */
  readonly trailing?: string;
  /** The type belongs to one vintage; in the other it is unknown. */
  readonly vintage?: string;
}

/** What is special about one kind of an entity. */
export interface KindRow {
  /** Members that are empty (or null) at opening. */
  readonly zero?: readonly GrammarPath[];
  readonly made?: readonly Equality[];
  /** Texts that must be settled before the entity closes. */
  readonly settled?: readonly string[];
  /** Names in order; `a|b` are alternatives, `a*` may repeat. */
  readonly progress?: readonly string[];
  /** Progress names of which one must have come, group by group, when the entity closes completed. */
  readonly progressNeeds?: readonly (readonly string[])[];
  readonly openChecks?: readonly Assertion[];
  readonly closeChecks?: readonly Assertion[];
}

/** One kind of thing that a stream opens, feeds and closes. */
export interface EntityRow {
  /** A new key is the number of entities so far. */
  readonly order?: string;
  /** The opening event came for a key that is known. */
  readonly again?: string;
  /** An event for a key that was not opened. */
  readonly unknown?: string;
  /** An event after the entity closed. */
  readonly after?: string;
  /** Where the id stands in the object, the rule that no two are equal, and the rule that other events name it. */
  readonly id?: { readonly path: GrammarPath; readonly unique?: string; readonly ref?: string };
  readonly kind?: { readonly path: GrammarPath; readonly rule: string };
  /** One open entity at a time. */
  readonly serial?: string;
  /** No event for an earlier entity once a later one opened. */
  readonly interleave?: string;
  /** All have opened before those known have all closed. */
  readonly together?: string;
  readonly count?: { readonly rule: string; readonly from: readonly GrammarPath[] };
  /** Open when the parent (or the stream) ends. */
  readonly unclosed?: string;
  /** Members with the same value in the opening and the closing object. */
  readonly identity?: { readonly rule: string; readonly paths: readonly GrammarPath[] };
  readonly zero?: string;
  readonly unsettled?: string;
  /** A text event after the text was settled. */
  readonly afterSettled?: string;
  readonly progressRule?: string;
  readonly kinds?: Readonly<Record<string, KindRow>>;
  /** Holds for kinds that are not listed. */
  readonly anyKind?: KindRow;
  readonly openChecks?: readonly Assertion[];
  readonly closeChecks?: readonly Assertion[];
  /** Made for every one when its parent closes; the subject is that of the event that closed the parent. */
  readonly parentCloseChecks?: readonly Assertion[];
}

/** A value that never changes while the stream lasts. */
export interface Constant {
  /** Constants of one name are compared with each other. */
  readonly name: string;
  readonly path: GrammarPath;
  readonly rule: string;
  /** Types of event that carry it; all where absent. A `*` at the end is a prefix. */
  readonly events?: readonly string[];
}

export interface Framing {
  /** How the type of an event is known: by its event line, by a member of the payload, or there is one type only. */
  readonly type:
    | { readonly from: 'event-line' }
    | { readonly from: 'payload'; readonly path: GrammarPath; readonly rule: string }
    | { readonly from: 'constant'; readonly type: string };
  /** `none`: messages of a socket, which have no lines. */
  readonly eventLine: 'forbid' | 'require' | 'equals-type' | 'none';
  readonly sentinel?: { readonly data: string; readonly policy: 'require' | 'allow'; readonly event?: string };
  /** Payloads of the error path that no row describes: the member that holds the error. */
  readonly error?: { readonly member: string; readonly shape: string };
}

/** Where the engine reads the context in a request: pointers into body and query, or fixed by operation. */
export interface RequestSource {
  readonly body?: Pointer;
  readonly query?: string;
  /** The length of the array at `body`, 1 for anything else that is there, and for a list of numbers: the tokens of one text. */
  readonly count?: boolean;
  readonly byOperation?: Readonly<Record<string, Json>>;
}

/** The rule that a schema error at a place stands for. */
export interface SchemaRule {
  /** Types of event; all where absent. */
  readonly events?: readonly string[];
  /** Pointer pattern: `*` is one token, `**` at the end any number. */
  readonly at: string;
  /** Only where this came: nothing, null, or some text. */
  readonly came?: 'nothing' | 'null' | 'string';
  /** `null`: the schema is wrong here, and practice and prose say why. */
  readonly rule: string | null;
  readonly because?: string;
}

/** The order rules of one event stream, as data. */
export interface StreamGrammar {
  /** Short name, the first part of its rule ids. */
  readonly id: string;
  /** Operations whose streams it judges. */
  readonly operations: readonly string[];
  readonly framing: Framing;
  readonly request: Readonly<Record<string, RequestSource>>;
  /** Whether a payload of unknown origin belongs to such a stream. */
  readonly recognise: Test;
  /** At least one event beside the sentinel. */
  readonly nonempty?: string;
  readonly unknownEvent?: string;
  /** What the members above miss. */
  readonly requiredRule?: string;
  readonly sequence?: {
    readonly path: GrammarPath;
    /** The vintage in which it is required. */
    readonly vintage: string;
    readonly missing: string;
    readonly order: string;
    readonly step: string;
    readonly resume: string;
    /** Context member that says after which number a resumed stream starts. */
    readonly startsAfter: string;
  };
  readonly vintages?: { readonly withSequence: string; readonly without: string };
  readonly first?: readonly { readonly type: string; readonly rule: string; readonly when?: Test }[];
  readonly constants?: readonly Constant[];
  readonly machines?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  /** By type; what we send on a socket as `out:TYPE`, where a rule needs to see it. */
  readonly events: Readonly<Record<string, EventRow>>;
  readonly entities: Readonly<Record<string, EntityRow>>;
  readonly terminal?: { readonly missing: string; readonly after: string; readonly afterError?: string; readonly errorEnds?: boolean };
  /** Made when the stream ends (and did not break off). */
  readonly end?: readonly Assertion[];
  /** Entities of the stream that must be closed when it ends. */
  readonly endSettles?: readonly string[];
  /** Members that no comparison looks at. */
  readonly ignore?: readonly string[];
  /** Schema of a type of event, by component name, where the contract has one: tried in order. */
  readonly schemas?: Readonly<Record<string, readonly string[]>>;
  /** A component that unites the schemas of all events, told apart by a member; `payload`: the member whose schema is the payload's. */
  readonly union?: { readonly component: string; readonly tag: string; readonly payload?: string };
  readonly schemaRules?: readonly SchemaRule[];
  readonly rules: readonly StreamRule[];
}
