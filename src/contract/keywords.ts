import type { Json } from '../model/index.ts';
import { isObject } from '../schema/json.ts';
import { compilePattern } from '../schema/pattern.ts';

/** What a keyword's value must be: words for the lint entry, and the test. */
interface KeywordForm {
  readonly what: string;
  readonly fits: (value: Json) => boolean;
}

const types = new Set(['null', 'boolean', 'object', 'array', 'number', 'string', 'integer']);
const isType = (value: Json): boolean => typeof value === 'string' && types.has(value);
const isText = (value: Json): value is string => typeof value === 'string';
const isTextList = (value: Json): boolean => Array.isArray(value) && value.every(isText);
const isSchema = (value: Json): boolean => isObject(value) || typeof value === 'boolean';

const count: KeywordForm = { what: 'a whole number from 0', fits: (value) => Number.isInteger(value) && Number(value) >= 0 };
const number: KeywordForm = { what: 'a number', fits: (value) => typeof value === 'number' };
const limit: KeywordForm = {
  what: 'a number (a boolean in OpenAPI 3.0)',
  fits: (value) => typeof value === 'number' || typeof value === 'boolean',
};
const flag: KeywordForm = { what: 'a boolean', fits: (value) => typeof value === 'boolean' };
const text: KeywordForm = { what: 'a string', fits: isText };
const schema: KeywordForm = { what: 'a schema', fits: isSchema };
const schemas: KeywordForm = {
  what: 'a list of schemas',
  fits: (value) => Array.isArray(value) && value.length > 0 && value.every(isSchema),
};
const schemaMap: KeywordForm = { what: 'schemas by name', fits: (value) => isObject(value) && Object.values(value).every(isSchema) };

/** The form of every keyword that a validator could stumble over: checked once here, so that compilation never throws. */
export const keywordForms: ReadonlyMap<string, KeywordForm> = new Map<string, KeywordForm>([
  [
    'type',
    {
      what: `one of ${[...types].join(', ')}, or a list of them`,
      fits: (value) => isType(value) || (Array.isArray(value) && value.length > 0 && value.every(isType)),
    },
  ],
  ['enum', { what: 'a list with at least one value', fits: (value) => Array.isArray(value) && value.length > 0 }],
  ['multipleOf', { what: 'a number greater than 0', fits: (value) => typeof value === 'number' && value > 0 }],
  ...named(number, 'maximum minimum'),
  ...named(limit, 'exclusiveMaximum exclusiveMinimum'),
  ...named(count, 'maxLength minLength maxItems minItems maxContains minContains maxProperties minProperties'),
  ...named(flag, 'uniqueItems nullable'),
  ['pattern', { what: 'a regular expression of ECMA-262', fits: (value) => isText(value) && compilePattern(value) !== undefined }],
  ['required', { what: 'a list of names', fits: isTextList }],
  ['dependentRequired', { what: 'lists of names by name', fits: (value) => isObject(value) && Object.values(value).every(isTextList) }],
  ...named(text, '$ref format $anchor $dynamicRef $dynamicAnchor $recursiveRef contentEncoding contentMediaType'),
  ...named(schema, 'contains additionalProperties propertyNames unevaluatedItems unevaluatedProperties not if then else additionalItems'),
  ['items', { what: 'a schema', fits: (value) => isSchema(value) || schemas.fits(value) }],
  ...named(schemas, 'allOf anyOf oneOf prefixItems'),
  ...named(schemaMap, 'properties dependentSchemas $defs definitions'),
  [
    'patternProperties',
    {
      what: 'schemas by regular expressions of ECMA-262',
      fits: (value) => schemaMap.fits(value) && Object.keys(value ?? {}).every((pattern) => compilePattern(pattern) !== undefined),
    },
  ],
]);

/** Whether a validator can take the keyword with this value; keywords it does not know say nothing. */
export function isWellFormed(keyword: string, value: Json): boolean {
  return keywordForms.get(keyword)?.fits(value) ?? true;
}

function named(form: KeywordForm, keywords: string): [string, KeywordForm][] {
  return keywords.split(' ').map((keyword) => [keyword, form]);
}
