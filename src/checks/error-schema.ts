import type { CheckContext, JsonObject, MediaType, ResponseView, SchemaRef } from '../model/index.ts';
import { isObject, member, objectMember } from '../schema/json.ts';
import { valueAt } from '../schema/pointer.ts';
import { isJson, isOffRoute } from './answer.ts';

/** What the contract says of the bodies of error answers at this status. */
export interface DeclaredError {
  readonly content: readonly MediaType[];
  /** Stated for this very status, not taken from another error answer of the operation. */
  readonly exact: boolean;
}

/**
 * The content declared for an error status; where that status (or its content) is not declared, that of another error
 * answer of the operation, since an API has one shape of errors.
 */
export function declaredErrorOf(context: CheckContext, response: ResponseView): DeclaredError | undefined {
  // A path that the document lacks has no declared answers; those of the operation show the shape.
  const isDeclared = !isOffRoute(context);
  if (response.declared !== undefined && response.declared.content.length > 0)
    return { content: response.declared.content, exact: isDeclared };
  const other = context.operation.responses.find(
    ({ status, content }) => /^[45]|^default$/.test(status) && content.some(({ mediaType }) => isJson(mediaType)),
  );
  return other === undefined ? undefined : { content: other.content, exact: false };
}

/** Whether an error object by this schema holds the message at `/error/message`, so that its other members are details. */
export function hasErrorMember(document: JsonObject, ref: SchemaRef | undefined, name: string): boolean {
  if (ref === undefined) return false;
  const known = members.get(document) ?? new Map<string, boolean>();
  members.set(document, known);
  const key = `${name} ${ref}`;
  const has = known.get(key) ?? propertyOf(document, propertyOf(document, valueAt(document, ref), 'error', 8), name, 8) !== undefined;
  known.set(key, has);
  return has;
}

/** Asked of every refusal; a document has few error schemas. */
const members = new WeakMap<JsonObject, Map<string, boolean>>();

/** The subschema of a property, through `$ref`, `allOf`, `anyOf` and `oneOf`; `depth` ends a circle of references. */
function propertyOf(document: JsonObject, schema: unknown, name: string, depth: number): unknown {
  if (!isObject(schema) || depth === 0) return undefined;
  const own = member(objectMember(schema, 'properties'), name);
  if (own !== undefined) return own;
  const referred = typeof schema['$ref'] === 'string' ? [valueAt(document, schema['$ref'].slice(1))] : [];
  const parts = ['allOf', 'anyOf', 'oneOf'].flatMap((keyword) => {
    const list = member(schema, keyword);
    return Array.isArray(list) ? list : [];
  });
  for (const part of [...referred, ...parts]) {
    const found = propertyOf(document, part, name, depth - 1);
    if (found !== undefined) return found;
  }
  return undefined;
}
