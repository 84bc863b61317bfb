import type { Json, JsonObject, NameValue, Operation, Parameter, ParameterStyle } from '../model/index.ts';
import { encodeComponent, encodePathValue, encodeQueryValue } from './percent.ts';

/** What decides how a value becomes text: a parameter, a response header or a member of a form. */
export interface Serialisation {
  readonly name: string;
  readonly style: ParameterStyle;
  readonly explode: boolean;
  readonly mediaType?: string;
}

/**
 * One value in the style of its parameter, before percent-encoding, by the tables of OpenAPI 3.0.4 and 3.1: the
 * pairs of a query or cookie, or one pair of the parameter's name and its text for a path or header. An empty array
 * or object gives no pair, as RFC 6570 leaves out what is undefined. `null` is written `null`, there being no other text.
 */
export function serialiseParameter(parameter: Serialisation, value: Json): NameValue[] {
  const { name, style, explode } = parameter;
  if (parameter.mediaType !== undefined)
    return [[name, typeof value === 'string' && !isJson(parameter.mediaType) ? value : JSON.stringify(value)]];
  if (Array.isArray(value)) return serialiseArray(parameter, value.map(textOf));
  if (isObject(value)) return serialiseObject(parameter, value);
  const text = textOf(value);
  if (style === 'label') return [[name, `.${text}`]];
  if (style === 'matrix') return [[name, text === '' ? `;${name}` : `;${name}=${text}`]];
  void explode;
  return [[name, text]];
}

/** What stands between the entries of an array that is one text. */
export const delimiters: Readonly<Record<ParameterStyle, string>> = {
  matrix: ',',
  label: ',',
  simple: ',',
  form: ',',
  spaceDelimited: ' ',
  pipeDelimited: '|',
  deepObject: ',',
};

function serialiseArray({ name, style, explode }: Serialisation, entries: readonly string[]): NameValue[] {
  if (entries.length === 0) return [];
  if (style === 'label') return [[name, `.${entries.join(explode ? '.' : ',')}`]];
  if (style === 'matrix') {
    return [[name, explode ? entries.map((entry) => `;${name}=${entry}`).join('') : `;${name}=${entries.join(',')}`]];
  }
  if (style === 'simple') return [[name, entries.join(',')]];
  // An array has no deepObject form; repeating the name is what every server that knows the style reads.
  if (explode || style === 'deepObject') return entries.map((entry) => [name, entry]);
  return [[name, entries.join(delimiters[style])]];
}

function serialiseObject({ name, style, explode }: Serialisation, value: JsonObject): NameValue[] {
  if (style === 'deepObject') return Object.entries(value).flatMap(([member, inner]) => deepPairs(`${name}[${member}]`, inner));
  const members = Object.entries(value).map(([member, inner]): [string, string] => [member, textOf(inner)]);
  if (members.length === 0) return [];
  const equals = members.map(([member, text]) => `${member}=${text}`);
  const flat = members.flat();
  if (style === 'label') return [[name, explode ? `.${equals.join('.')}` : `.${flat.join(',')}`]];
  if (style === 'matrix') return [[name, explode ? equals.map((pair) => `;${pair}`).join('') : `;${name}=${flat.join(',')}`]];
  if (style === 'simple') return [[name, explode ? equals.join(',') : flat.join(',')]];
  if (style === 'form' && explode) return members;
  return [[name, flat.join(delimiters[style])]];
}

function deepPairs(name: string, value: Json): NameValue[] {
  if (Array.isArray(value)) return value.flatMap((entry) => deepPairs(name, entry));
  if (isObject(value)) return Object.entries(value).flatMap(([member, inner]) => deepPairs(`${name}[${member}]`, inner));
  return [[name, textOf(value)]];
}

/** A scalar as text; what has no text of its own (an object in an array) as JSON. */
export function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The path of an operation with its parameters filled in and percent-encoded. A parameter without a value is left empty. */
export function pathOf(operation: Operation, pathParameters: Readonly<Record<string, string>>): string {
  return operation.path.replaceAll(/\{([^{}]+)\}/g, (_, name: string) => {
    const parameter = operation.parameters.find((candidate) => candidate.in === 'path' && candidate.name === name);
    return encodePathValue(Object.hasOwn(pathParameters, name) ? (pathParameters[name] ?? '') : '', parameter?.style ?? 'simple');
  });
}

/** The query string without `?`; `''` where there are no pairs. Delimiters of the parameter's own style stay as they are. */
export function queryOf(operation: Operation | undefined, pairs: readonly NameValue[]): string {
  return pairs
    .map(([name, value]) => {
      const parameter = operation && parameterOf(operation, name);
      const text = encodeQueryValue(value, {
        allowReserved: parameter?.allowReserved ?? false,
        comma: parameter?.style === 'form' && !parameter.explode && parameter.mediaType === undefined,
      });
      return `${encodeComponent(name)}=${text}`;
    })
    .join('&');
}

/** The Cookie header's value. */
export function cookieOf(cookies: readonly NameValue[]): string {
  return cookies.map(([name, value]) => `${name}=${encodeQueryValue(value, { allowReserved: false, comma: false })}`).join('; ');
}

function parameterOf(operation: Operation, name: string): Parameter | undefined {
  const inQuery = operation.parameters.filter((parameter) => parameter.in === 'query');
  return inQuery.find((parameter) => parameter.name === name) ?? inQuery.find((parameter) => name.startsWith(`${parameter.name}[`));
}

function isJson(mediaType: string): boolean {
  return /[/+]json\b/i.test(mediaType);
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
