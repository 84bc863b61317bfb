import type { EventRow, Json, JsonObject, StreamEvent, StreamGrammar, StreamRule, ValueType } from '../model/index.ts';
import type { CompiledEntity } from './entities.ts';
import { compileEntity } from './entities.ts';
import type { CompiledEquality } from './equality.ts';
import { compileEqualities } from './equality.ts';
import type { Framed, Tell } from './framing.ts';
import { createFramer } from './framing.ts';
import type { Assertions } from './run.ts';
import { compileAssertions } from './run.ts';
import type { SchemaMapper } from './schema-rules.ts';
import { createSchemaMapper } from './schema-rules.ts';
import type { Action } from './series.ts';
import { compileSeries } from './series.ts';
import { compileStep } from './steps.ts';
import type { Condition } from './tests.ts';
import { compileTest, readPath, valueIn } from './tests.ts';

interface CompiledConstant {
  /** Constants of one name share their place. */
  readonly slot: number;
  readonly path: string;
  readonly rule: string;
  readonly read: (payload: unknown) => unknown;
}

export interface CompiledRow {
  readonly row: EventRow;
  readonly required: readonly (readonly [name: string, type: ValueType])[];
  readonly constants: readonly CompiledConstant[];
  readonly step: Action | undefined;
  readonly equals: readonly CompiledEquality[];
}

/** A grammar as functions; made once. */
export interface CompiledGrammar {
  readonly grammar: StreamGrammar;
  readonly frame: (event: StreamEvent, tell: Tell) => Framed;
  readonly rules: ReadonlyMap<string, StreamRule>;
  readonly rows: ReadonlyMap<string, CompiledRow>;
  readonly entities: ReadonlyMap<string, CompiledEntity>;
  readonly first: readonly { readonly type: string; readonly rule: string; readonly when: Condition | undefined }[];
  readonly end: Assertions;
  readonly ignore: ReadonlySet<string>;
  readonly readSequence: ((payload: unknown) => unknown) | undefined;
  readonly readError: ((payload: unknown) => unknown) | undefined;
  readonly mapSchemaError: SchemaMapper;
}

const compiled = new WeakMap<StreamGrammar, CompiledGrammar>();

/** Compiles a grammar, or gives what it compiled to before. Throws where the grammar names what it does not define. */
export function compileGrammar(grammar: StreamGrammar): CompiledGrammar {
  const known = compiled.get(grammar);
  if (known !== undefined) return known;
  const entities = new Map(Object.entries(grammar.entities).map(([name, row]) => [name, compileEntity(name, row)]));
  const slots = [...new Set((grammar.constants ?? []).map((constant) => constant.name))];
  const context = { entities, machines: grammar.machines ?? {} };
  const rows = new Map(
    Object.entries(grammar.events).map(([type, row]): [string, CompiledRow] => [
      type,
      {
        row,
        required: Object.entries(row.required ?? {}),
        constants: (grammar.constants ?? [])
          .filter((constant) => constant.events === undefined || constant.events.some((pattern) => fits(pattern, type)))
          .map(({ name, path, rule }) => ({ slot: slots.indexOf(name), path, rule, read: readPath(path) })),
        step: compileSeries([compileStep(row, context)]),
        equals: compileEqualities(row.equals),
      },
    ]),
  );
  const made: CompiledGrammar = {
    grammar,
    frame: createFramer(grammar.framing),
    rules: new Map(grammar.rules.map((rule) => [rule.id, rule])),
    rows,
    entities,
    first: (grammar.first ?? []).map(({ type, rule, when }) => ({ type, rule, when: when && compileTest(when) })),
    end: compileAssertions(grammar.end),
    ignore: new Set(grammar.ignore),
    readSequence: grammar.sequence && readPath(grammar.sequence.path),
    readError: grammar.framing.error && readPath(grammar.framing.error.member),
    mapSchemaError: createSchemaMapper(grammar.schemaRules ?? []),
  };
  compiled.set(grammar, made);
  return made;
}

function fits(pattern: string, type: string): boolean {
  return pattern.endsWith('*') ? type.startsWith(pattern.slice(0, -1)) : pattern === type;
}

/** The context of a request, as the tests of a grammar see it: its body, its query, its operation. */
export function contextOf(
  grammar: StreamGrammar,
  operationId: string,
  body: Json | undefined,
  query: readonly (readonly [string, string])[] = [],
): JsonObject {
  const context: [string, Json][] = [];
  for (const [name, source] of Object.entries(grammar.request)) {
    const fixed = source.byOperation?.[operationId];
    const inBody = source.body === undefined ? undefined : valueIn(body, source.body.slice(1), '/');
    const inQuery = source.query === undefined ? undefined : query.find(([key]) => key === source.query)?.[1];
    const found = fixed ?? inBody ?? numberOr(inQuery);
    if (found === undefined) continue;
    context.push([name, source.count === true ? countOf(found) : (found as Json)]);
  }
  return Object.fromEntries(context);
}

/** A list of numbers is one thing, written as its tokens. */
function countOf(value: unknown): number {
  return Array.isArray(value) && !value.every((entry) => typeof entry === 'number') ? value.length : 1;
}

function numberOr(text: string | undefined): Json | undefined {
  return text === undefined || text === '' || Number.isNaN(Number(text)) ? text : Number(text);
}
