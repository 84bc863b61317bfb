import type { JsonObject, SchemaError, SchemaJudge, SchemaRef, StreamGrammar } from '../model/index.ts';
import { isObject } from './compare.ts';
import type { PayloadError, StreamContext } from './context.ts';
import { valueIn } from './tests.ts';

/**
 * Judges payloads by the schema that the contract has for their type, also where no operation refers to it. A stream of a later
 * edition is judged by it too, as whole answers are: what the API has grown since is for the contract's errata to say.
 */
export function payloadValidator(grammar: StreamGrammar, document: JsonObject, judge: SchemaJudge): NonNullable<StreamContext['validate']> {
  const refs = payloadSchemas(grammar, document);
  return (type, payload) => {
    const ref = refs.get(type);
    if (ref === undefined) return undefined;
    if (judge.accepts(ref, payload)) return noErrors;
    return judge.explain(ref, payload).map(toPayloadError);
  };
}

const noErrors: readonly PayloadError[] = [];

function toPayloadError(error: SchemaError): PayloadError {
  const member = error.member === undefined ? '' : `/${error.member.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  return { pointer: error.instancePath + member, expected: error.expected, actual: error.actual };
}

/** The schema of the payload of each type: by the grammar's own table, else by the union of events that it names. */
function payloadSchemas(grammar: StreamGrammar, document: JsonObject): ReadonlyMap<string, SchemaRef> {
  const refs = new Map<string, SchemaRef>();
  for (const [type, names] of Object.entries(grammar.schemas ?? {})) {
    const name = names.find((one) => componentOf(document, one) !== undefined);
    if (name !== undefined) refs.set(type, `/components/schemas/${name}`);
  }
  const { union } = grammar;
  if (union !== undefined) visitUnion(document, `/components/schemas/${union.component}`, union, refs, 0);
  return refs;
}

function componentOf(document: JsonObject, name: string): unknown {
  return at(document, `/components/schemas/${name}`);
}

function at(document: JsonObject, ref: SchemaRef): unknown {
  return valueIn(document, ref.slice(1), '/');
}

/** Unions nest a few levels deep; a document that refers to itself must not hang us. */
const deepestUnion = 8;

function visitUnion(
  document: JsonObject,
  ref: SchemaRef,
  union: NonNullable<StreamGrammar['union']>,
  refs: Map<string, SchemaRef>,
  depth: number,
): void {
  const schema = at(document, ref);
  if (!isObject(schema) || depth > deepestUnion) return;
  const target = schema['$ref'];
  if (typeof target === 'string') {
    if (target.startsWith('#/')) visitUnion(document, target.slice(1), union, refs, depth + 1);
    return;
  }
  for (const keyword of ['oneOf', 'anyOf', 'allOf']) {
    const branches = schema[keyword];
    if (Array.isArray(branches))
      branches.forEach((_branch, index) => visitUnion(document, `${ref}/${keyword}/${index}`, union, refs, depth + 1));
  }
  const properties = schema['properties'];
  const tag = isObject(properties) ? properties[union.tag] : undefined;
  const type = isObject(tag) ? (tag['const'] ?? (Array.isArray(tag['enum']) ? tag['enum'][0] : undefined)) : undefined;
  if (typeof type === 'string' && !refs.has(type)) refs.set(type, union.payload === undefined ? ref : `${ref}/properties/${union.payload}`);
}
