import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';
import type { Json, JsonObject, Pointer, SchemaError, SchemaJudge, SchemaRef } from '../model/index.ts';
import { createExplainer } from './explain.ts';
import { describeExpectation, quote, typeOf } from './describe.ts';
import { isObject } from './json.ts';
import { compilePattern } from './pattern.ts';
import { pointerOf, valueAt } from './pointer.ts';

// ajv-formats is CommonJS: under ESM its function is the `default` of the default export for the compiler, not at run time.
const addFormats = addFormatsModule as unknown as typeof addFormatsModule.default;

const root = 'assay:/contract';

/**
 * Judges values against the schemas of one converted document (`Contract.document`): one validator for the whole document, every schema
 * compiled when it is first asked for. Formats that nobody registered, and those that only say how a number is stored, accept everything.
 */
export function createJudge(document: JsonObject): SchemaJudge {
  const ajv = new Ajv2020({
    strict: false,
    allErrors: true,
    // The error must name the schema by identity: ajv's own schemaPath starts anew at every reference.
    verbose: true,
    // Measured: compiling all components of a 436-schema document takes 397 ms without the optimiser, 651 ms with it.
    code: { optimize: false, regExp: safeRegExp },
    validateSchema: false,
    // A member that is called `constructor` is present only where the value has it.
    ownProperties: true,
    addUsedSchema: false,
    logger: false,
  });
  addFormats(ajv);
  registerFormats(ajv, document);
  ajv.addSchema(document, root);
  const compiled = new Map<SchemaRef, ValidateFunction>();
  const pointers = lazily(() => schemaPointers(document));
  const explainer = createExplainer(document, (format, value) => formatAccepts(ajv, format, value));

  const validator = (ref: SchemaRef): ValidateFunction => {
    const known = compiled.get(ref);
    if (known !== undefined) return known;
    if (valueAt(document, ref) === undefined) throw new Error(`There is no schema at ${ref} of the contract's document.`);
    const validate = ajv.compile({ $ref: `${root}#${encodeURI(ref).replaceAll('#', '%23').replaceAll('?', '%3F')}` });
    compiled.set(ref, validate);
    return validate;
  };

  const errors = (ref: SchemaRef, value: unknown): readonly SchemaError[] => {
    const validate = validator(ref);
    if (validate(value)) return [];
    return (validate.errors ?? []).map((error) => toSchemaError(error, pointers()));
  };

  return {
    accepts: (ref, value) => validator(ref)(value),
    errors,
    explain: (ref, value) => {
      if (validator(ref)(value)) return [];
      const explained = explainer(ref, value);
      return explained.length > 0 ? explained : errors(ref, value);
    },
  };
}

/** ajv's own errors carry the schema that the keyword stands in; where that is in the document tells the map. */
function toSchemaError(error: ErrorObject, pointers: ReadonlyMap<unknown, Pointer>): SchemaError {
  const schema = error.parentSchema;
  const place = pointers.get(schema);
  const { missingProperty: missing, additionalProperty, unevaluatedProperty } = error.params as Readonly<Record<string, unknown>>;
  const name = missing ?? additionalProperty ?? unevaluatedProperty;
  return {
    instancePath: error.instancePath,
    schemaPath: place === undefined ? error.schemaPath.replace(/^[^#]*#/, '') : place + pointerOf(error.keyword),
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

// How a number or a text is stored says nothing about which values are valid; a double also holds what JSON writes as 1.0.
const storageFormats = ['binary', 'float', 'double', 'password'];

/** Formats are an open list ("unixtime"): one that ajv lacks would refuse to compile. */
function registerFormats(ajv: Ajv2020, document: JsonObject): void {
  for (const format of storageFormats) ajv.addFormat(format, true);
  const visit = (value: Json): void => {
    if (typeof value !== 'object' || value === null) return;
    const format = isObject(value) && Object.hasOwn(value, 'format') ? value['format'] : undefined;
    if (typeof format === 'string' && !Object.hasOwn(ajv.formats, format)) ajv.addFormat(format, true);
    for (const member of Object.values(value)) visit(member as Json);
  };
  visit(document);
}

function formatAccepts(ajv: Ajv2020, format: string, value: string | number): boolean {
  const known = Object.hasOwn(ajv.formats, format) ? ajv.formats[format] : undefined;
  if (known === undefined || known === true || typeof known === 'string') return true;
  if (known instanceof RegExp) return typeof value !== 'string' || known.test(value);
  if (typeof known === 'function') return typeof value !== 'string' || known(value);
  if (known.async === true || (known.type ?? 'string') !== typeof value) return true;
  const { validate } = known;
  if (validate instanceof RegExp) return validate.test(String(value));
  if (typeof validate === 'string') return true;
  return (validate as (data: string | number) => boolean)(value);
}

const safeRegExp = Object.assign(
  (source: string) => {
    const pattern = compilePattern(source);
    if (pattern === undefined) throw new Error(`Not a regular expression: ${source}`);
    return Object.assign(pattern, { exec: () => null, toString: () => source });
  },
  { code: 'compilePattern' },
) as unknown as NonNullable<NonNullable<ConstructorParameters<typeof Ajv2020>[0]>['code']>['regExp'] & object;

function lazily<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}
