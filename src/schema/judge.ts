import type { ErrorObject } from 'ajv/dist/2020.js';
import type { Json, JsonObject, Pointer, SchemaError, SchemaJudge, SchemaRef } from '../model/index.ts';
import { createExplainer } from './explain.ts';
import { describeExpectation, quote, typeOf } from './describe.ts';
import { isObject } from './json.ts';
import { pointerOf } from './pointer.ts';
import { createValidators, lazily } from './validators.ts';

/**
 * Judges values against the schemas of one converted document (`Contract.document`): one validator for the whole document, every schema
 * compiled when it is first asked for. Formats that nobody registered, and those that only say how a number is stored, accept everything.
 */
export function createJudge(document: JsonObject): SchemaJudge {
  const validators = createValidators(document);
  const pointers = lazily(() => schemaPointers(document));
  const explainer = createExplainer(document, validators.hasFormat);

  const errors = (ref: SchemaRef, value: unknown): readonly SchemaError[] => {
    const validate = validators.thorough(ref);
    if (validate(value)) return [];
    return (validate.errors ?? []).map((error) => toSchemaError(error, pointers(), ref));
  };

  return {
    accepts: (ref, value) => validators.quick(ref)(value),
    errors,
    explain: (ref, value) => {
      if (validators.quick(ref)(value)) return [];
      const explained = explainer(ref, value);
      return explained.length > 0 ? explained : errors(ref, value);
    },
  };
}

/** ajv's own errors carry the schema that the keyword stands in; where that is in the document tells the map. A boolean schema has no identity. */
function toSchemaError(error: ErrorObject, pointers: ReadonlyMap<unknown, Pointer>, ref: SchemaRef): SchemaError {
  const schema = error.parentSchema;
  const place = pointers.get(schema);
  const { missingProperty: missing, additionalProperty, unevaluatedProperty } = error.params as Readonly<Record<string, unknown>>;
  const name = missing ?? additionalProperty ?? unevaluatedProperty;
  return {
    instancePath: error.instancePath,
    schemaPath: place === undefined ? ref + error.schemaPath.replace(/^[^#]*#/, '') : place + pointerOf(error.keyword),
    keyword: error.keyword,
    expected: describeExpectation(error.keyword, schema as Json | undefined, error.params),
    actual: quote(error.data),
    actualType: missing === undefined ? typeOf(error.data) : 'absent',
    ...(typeof name === 'string' ? { member: name } : {}),
  };
}

/** The pointer of every object of the document, by identity. */
function schemaPointers(document: JsonObject): ReadonlyMap<unknown, Pointer> {
  const pointers = new Map<unknown, Pointer>();
  const visit = (value: Json, at: Pointer): void => {
    if (Array.isArray(value)) value.forEach((entry, index) => visit(entry, at + pointerOf(index)));
    else if (isObject(value)) {
      pointers.set(value, at);
      for (const [name, member] of Object.entries(value)) visit(member, at + pointerOf(name));
    }
  };
  visit(document, '');
  return pointers;
}
