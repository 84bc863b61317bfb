import { Ajv2020 } from 'ajv/dist/2020.js';
import type { FuncKeywordDefinition, Options, ValidateFunction } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';
import type { Json, JsonObject, Pointer, SchemaRef } from '../model/index.ts';
import type { FormatTest } from './explain.ts';
import { compilePattern } from './pattern.ts';
import { pointerOfReference, valueAt } from './pointer.ts';

// ajv-formats is CommonJS: under ESM its function is the `default` of the default export for the compiler, not at run time.
const addFormats = addFormatsModule as unknown as typeof addFormatsModule.default;

const root = 'assay:/contract';

/** The validator of the schema there, compiled when it is first asked for; throws where there is none. */
type ValidatorOf = (ref: SchemaRef) => ValidateFunction;

/** The compiled schemas of one document. */
export interface Validators {
  /** Stops at the first error: to know whether a value is valid, above all by which branch of a union, no more is needed. */
  readonly quick: ValidatorOf;
  /** Gathers all errors, each with the schema that its keyword stands in. */
  readonly thorough: ValidatorOf;
  readonly hasFormat: FormatTest;
}

/** Two ajv over the whole document, each made when it is first needed; references inside it are compiled once for all that refer. */
export function createValidators(document: JsonObject): Validators {
  const contents = lazily(() => contentsOf(document));
  const quick = createCompiler(document, () => createAjv(document, contents(), { messages: false }));
  // The error must name the schema by identity: ajv's own schemaPath starts anew at every reference.
  const thorough = createCompiler(document, () => createAjv(document, contents(), { allErrors: true, verbose: true }));
  return {
    quick: quick.of,
    thorough: thorough.of,
    hasFormat: (format, value) => formatAccepts(quick.ajv(), format, value),
  };
}

function createCompiler(document: JsonObject, make: () => Ajv2020): { readonly of: ValidatorOf; readonly ajv: () => Ajv2020 } {
  let made: Ajv2020 | undefined;
  const ajv = (): Ajv2020 => (made ??= make());
  const compiled = new Map<SchemaRef, ValidateFunction>();
  const compile = (ref: SchemaRef): ValidateFunction => {
    try {
      return compileAt(ajv(), ref);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      // ajv compiles what a schema refers to inside its own compilation: schemas that lead from one to the next a thousand times overflow
      // the stack. Where one does, the others of the document do too.
      made = withLazyReferences(make());
      return compileAt(made, ref);
    }
  };
  const of: ValidatorOf = (ref) => {
    const known = compiled.get(ref);
    if (known !== undefined) return known;
    if (valueAt(document, ref) === undefined) throw new Error(`There is no schema at ${ref} of the contract's document.`);
    const validate = compile(ref);
    compiled.set(ref, validate);
    return validate;
  };
  return { of, ajv };
}

function createAjv(document: JsonObject, contents: Contents, options: Options): Ajv2020 {
  const ajv = new Ajv2020({
    ...options,
    strict: false,
    // Measured: compiling all components of a 436-schema document takes 397 ms without the optimiser, 651 ms with it.
    code: { optimize: false, regExp: safeRegExp },
    validateSchema: false,
    // A member that is called `constructor` is present only where the value has it. To ask that of every member takes as long
    // as all else that a validator does.
    ownProperties: contents.namesInherited,
    addUsedSchema: false,
    logger: false,
  });
  // ajv keeps account of evaluated members and goes through all branches of a union for these keywords, used or not.
  if (!contents.asksForRest) ajv.opts.unevaluated = false;
  addFormats(ajv);
  registerFormats(ajv, contents.formats);
  ajv.addSchema(document, root);
  return ajv;
}

function compileAt(ajv: Ajv2020, ref: Pointer): ValidateFunction {
  const address = `${root}#${encodeURI(ref).replaceAll('#', '%23').replaceAll('?', '%3F')}`;
  return ajv.getSchema(address) ?? ajv.compile({ $ref: address });
}

/** The same, but a reference is compiled when the first value comes to it. Slower, and blind for `unevaluated…` behind a reference. */
function withLazyReferences(ajv: Ajv2020): Ajv2020 {
  const validate: NonNullable<FuncKeywordDefinition['validate']> = (reference: string, value: unknown, _schema, context) => {
    const target = compileAt(ajv, pointerOfReference(reference) ?? '');
    const fits = target(value, context);
    if (!fits && target.errors) validate.errors = target.errors;
    return fits;
  };
  const keyword: FuncKeywordDefinition = { keyword: '$ref', schemaType: 'string', errors: 'full', validate };
  ajv.removeKeyword('$ref');
  ajv.addKeyword(keyword);
  return ajv;
}

// How a number or a text is stored says nothing about which values are valid; a double also holds what JSON writes as 1.0.
const storageFormats = ['binary', 'float', 'double', 'password'];

/** Formats are an open list ("unixtime"): one that ajv lacks would refuse to compile. */
function registerFormats(ajv: Ajv2020, formats: ReadonlySet<string>): void {
  for (const format of storageFormats) ajv.addFormat(format, true);
  for (const format of formats) if (!Object.hasOwn(ajv.formats, format)) ajv.addFormat(format, true);
}

/** What a document holds somewhere; of names it may be that they stand in an example only. */
interface Contents {
  readonly formats: ReadonlySet<string>;
  /** A name that every object has from its prototype (`constructor`). */
  readonly namesInherited: boolean;
  /** `unevaluatedProperties` or `unevaluatedItems`. */
  readonly asksForRest: boolean;
}

const inheritedNames: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

function contentsOf(document: JsonObject): Contents {
  const formats = new Set<string>();
  let namesInherited = false;
  let asksForRest = false;
  const visit = (value: Json): void => {
    // A name stands in `properties` as a member, in `required` as a text.
    if (typeof value === 'string') namesInherited ||= inheritedNames.has(value);
    if (typeof value !== 'object' || value === null) return;
    for (const [name, member] of Object.entries(value)) {
      namesInherited ||= inheritedNames.has(name);
      asksForRest ||= name === 'unevaluatedProperties' || name === 'unevaluatedItems';
      if (name === 'format' && typeof member === 'string') formats.add(member);
      visit(member as Json);
    }
  };
  visit(document);
  return { formats, namesInherited, asksForRest };
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

/** Makes the value when it is first asked for. */
export function lazily<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}
