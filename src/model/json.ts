/** Any value that JSON can hold. Outside data is `unknown` until a parser made one of these of it. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSON object. Objects parsed from outside have a null prototype or are read with `Object.hasOwn`. */
export interface JsonObject {
  readonly [member: string]: Json;
}

/** A JSON Pointer (RFC 6901) without the leading `#`: `''` is the whole, `/a/0` a member's entry. */
export type Pointer = string;

/** A pointer into {@link Contract.document} that names a Schema Object, such as `/components/schemas/Usage`. */
export type SchemaRef = Pointer;

/** Header fields, query pairs and form fields keep their order and their repetitions. */
export type NameValue = readonly [name: string, value: string];
