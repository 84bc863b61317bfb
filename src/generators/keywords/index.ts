import type { Keyword } from '../keyword.ts';
import { additionalProperties, unevaluatedProperties } from './additional-properties.ts';
import { conditional } from './conditional.ts';
import { constant } from './const.ts';
import { contains } from './contains.ts';
import { defaultValue } from './default.ts';
import { dependentRequired } from './dependent-required.ts';
import { enumeration } from './enum.ts';
import { exclusiveMaximum } from './exclusive-maximum.ts';
import { exclusiveMinimum } from './exclusive-minimum.ts';
import { format } from './format.ts';
import { items } from './items.ts';
import { maximum } from './maximum.ts';
import { maxItems } from './max-items.ts';
import { maxLength } from './max-length.ts';
import { maxProperties } from './max-properties.ts';
import { minimum } from './minimum.ts';
import { minItems } from './min-items.ts';
import { minLength } from './min-length.ts';
import { minProperties } from './min-properties.ts';
import { multipleOf } from './multiple-of.ts';
import { not } from './not.ts';
import { pattern } from './pattern.ts';
import { properties } from './properties.ts';
import { propertyNames } from './property-names.ts';
import { required } from './required.ts';
import { type } from './type.ts';
import { unevaluatedItems } from './unevaluated-items.ts';
import { anyOf, oneOf } from './union.ts';
import { uniqueItems } from './unique-items.ts';

/** Every keyword that generation knows, in the order in which a request is broken: the plainest mutations first. */
export const keywords: readonly Keyword[] = [
  required,
  type,
  enumeration,
  constant,
  minimum,
  maximum,
  exclusiveMinimum,
  exclusiveMaximum,
  multipleOf,
  minLength,
  maxLength,
  pattern,
  format,
  minItems,
  maxItems,
  uniqueItems,
  items,
  unevaluatedItems,
  contains,
  properties,
  additionalProperties,
  unevaluatedProperties,
  minProperties,
  maxProperties,
  propertyNames,
  dependentRequired,
  not,
  anyOf,
  oneOf,
  conditional,
  defaultValue,
];
