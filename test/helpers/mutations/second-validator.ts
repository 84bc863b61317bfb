import * as openapi30 from '@hyperjump/json-schema/openapi-3-0';
import * as openapi31 from '@hyperjump/json-schema/openapi-3-1';
import type { Contract, Json, JsonObject, SchemaRef } from '../../../src/model/index.ts';

/** Judges values by a validator that nobody here wrote, on the document after the overlays, not on our conversion of it. */
export type SecondValidator = (schema: SchemaRef, value: Json) => Promise<boolean>;

/** The second validator of a contract. It knows no `x-` members: what an overlay adds beside the schema is not its business. */
export function secondValidatorOf(contract: Contract): SecondValidator {
  const { validate, registerSchema, setShouldValidateSchema } = contract.openapi === '3.0' ? openapi30 : openapi31;
  const dialect = `https://spec.openapis.org/oas/${contract.openapi}/${contract.openapi === '3.0' ? 'schema' : 'schema-base'}`;
  const uri = `https://assay.test/as-meant/${contract.hash}`;
  setShouldValidateSchema(false);
  registerSchema(asMeant(contract.source) as Parameters<typeof registerSchema>[0], uri, dialect);
  const known = new Map<SchemaRef, Promise<(value: Json) => boolean>>();
  const compiled = async (schema: SchemaRef): Promise<(value: Json) => boolean> => {
    const accepts = await validate(`${uri}#${encodeURI(schema).replaceAll('?', '%3F')}`);
    return (value) => accepts(value as Parameters<typeof accepts>[0], 'FLAG').valid;
  };
  return async (schema, value) => {
    const found = known.get(schema) ?? compiled(schema);
    known.set(schema, found);
    return (await found)(value);
  };
}

/** Where this project reads a document by its author's intent: `nullable` admits null beside a reference, a union or an enum, and `oneOf` is `anyOf`. */
function asMeant(document: JsonObject): JsonObject {
  const meant = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(meant);
    if (typeof value !== 'object' || value === null) return value;
    const members = Object.entries(value).map(([name, inner]): [string, Json] => [
      name === 'oneOf' && Array.isArray(inner) && !('anyOf' in value) ? 'anyOf' : name,
      meant(inner),
    ]);
    const schema = Object.fromEntries(members);
    if (schema['nullable'] === true) return orNull(without(schema, 'nullable'));
    const parts = schema['allOf'];
    // A part of its own that says nothing else.
    return Array.isArray(parts) && parts.some(isOrNull) ? orNull({ ...schema, allOf: parts.filter((part) => !isOrNull(part)) }) : schema;
  };
  return meant(document) as JsonObject;
}

function orNull(schema: JsonObject): JsonObject {
  return { anyOf: [schema, { enum: [null] }] };
}

/** What an empty schema that admits null has become. */
function isOrNull(schema: Json): boolean {
  return JSON.stringify(schema) === JSON.stringify(orNull({}));
}

function without(schema: JsonObject, name: string): JsonObject {
  return Object.fromEntries(Object.entries(schema).filter(([other]) => other !== name));
}
