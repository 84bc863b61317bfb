import type { Json } from '../model/index.ts';
import { isObject, listMember, member } from './json.ts';

/** The JSON type of a value, `integer` told apart from `number`; `undefined` is `absent`. */
export function typeOf(value: unknown): string {
  if (value === undefined) return 'absent';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

const longestQuote = 120;

/** The value as JSON, cut where it is long. */
export function quote(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value) ?? String(value);
  return text.length <= longestQuote ? text : `${text.slice(0, longestQuote - 1)}…`;
}

/** Joins words as a person would: `a`, `a or b`, `a, b or c`. */
export function alternatives(words: readonly string[]): string {
  const unique = [...new Set(words)];
  return unique.length < 2 ? unique.join('') : `${unique.slice(0, -1).join(', ')} or ${unique.at(-1) ?? ''}`;
}

const bounds: Readonly<Record<string, string>> = { minimum: '>=', maximum: '<=', exclusiveMinimum: '>', exclusiveMaximum: '<' };

const counts: Readonly<Record<string, readonly [string, string]>> = {
  minLength: ['at least', 'character'],
  maxLength: ['at most', 'character'],
  minItems: ['at least', 'item'],
  maxItems: ['at most', 'item'],
  minProperties: ['at least', 'member'],
  maxProperties: ['at most', 'member'],
};

/** What the keyword asked for, in words; `params` are those of the validator's error. */
export function describeExpectation(keyword: string, schema: Json | undefined, params: Readonly<Record<string, unknown>> = {}): string {
  const limit = member(schema, keyword);
  const bound = bounds[keyword];
  if (bound !== undefined) return `${numberWord(schema)} ${bound} ${String(limit)}`;
  const counted = counts[keyword];
  if (counted !== undefined) return `${counted[0]} ${String(limit)} ${counted[1]}${limit === 1 ? '' : 's'}`;
  switch (keyword) {
    case 'type':
      return alternatives((Array.isArray(limit) ? limit : [limit]).map(String));
    case 'enum':
      return oneOf(listMember(schema, 'enum'));
    case 'const':
      return quote(limit);
    case 'required':
    case 'dependentRequired':
    case 'dependencies':
      return `the member ${quote(params['missingProperty'])}`;
    case 'additionalProperties':
      return `no member ${quote(params['additionalProperty'])}`;
    case 'unevaluatedProperties':
      return `no member ${quote(params['unevaluatedProperty'])}`;
    case 'pattern':
      return `a string that matches ${String(limit)}`;
    case 'format':
      return `${String(limit)} (format)`;
    case 'multipleOf':
      return `a multiple of ${String(limit)}`;
    case 'uniqueItems':
      return 'items that differ from each other';
    case 'anyOf':
    case 'oneOf':
      return `a value of one of the ${listMember(schema, keyword).length} branches`;
    case 'propertyNames':
      return 'names that the schema of names accepts';
    case 'contains':
      return 'an item that the schema of `contains` accepts';
    case 'not':
      return 'a value that the schema of `not` refuses';
    case 'false schema':
      return 'nothing: no value is allowed here';
    default:
      return `what ${keyword} asks for`;
  }
}

/** A list of allowed values, cut where it is long. */
export function oneOf(values: readonly Json[]): string {
  const shown = values.slice(0, 12).map(quote);
  const more = values.length - shown.length;
  return values.length === 1 ? (shown[0] ?? '') : `one of ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function numberWord(schema: Json | undefined): string {
  const type = member(schema, 'type');
  return isObject(schema) && (type === 'integer' || (Array.isArray(type) && type.includes('integer'))) ? 'integer' : 'number';
}
