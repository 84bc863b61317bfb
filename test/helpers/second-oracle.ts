import * as openapi30 from '@hyperjump/json-schema/openapi-3-0';
import * as openapi31 from '@hyperjump/json-schema/openapi-3-1';
import { sample } from 'fast-check';
import { createRequestArbitraries } from '../../src/generators/index.ts';
import type { Contract, Json } from '../../src/model/index.ts';
import { createJudge } from '../../src/schema/index.ts';
import { valueAt } from '../../src/schema/pointer.ts';

/** What the two validators said of generated values. */
export interface Comparison {
  readonly values: number;
  /** Values that ajv refuses on our conversion: there must be none. */
  readonly refusedByAjv: readonly string[];
  /**
   * Schemas at which the second validator, in the document's own dialect, refuses what ajv takes, with how often and one
   * value; where it refuses a null, the pointer is followed by ` null`.
   */
  readonly differences: ReadonlyMap<string, { readonly count: number; readonly example: Json }>;
}

interface Failure {
  readonly absoluteKeywordLocation: string;
  readonly instanceLocation: string;
  readonly errors?: readonly Failure[];
}

/**
 * Generates values of every request schema and has them judged twice: by ajv on the converted document, and by
 * @hyperjump/json-schema in its own OpenAPI dialect on the document after the overlay.
 */
export async function compareOracles(contract: Contract, valuesPerSchema: number): Promise<Comparison> {
  const { validate, registerSchema, setShouldValidateSchema } = contract.openapi === '3.0' ? openapi30 : openapi31;
  const dialect = `https://spec.openapis.org/oas/${contract.openapi}/${contract.openapi === '3.0' ? 'schema' : 'schema-base'}`;
  const uri = `https://assay.test/${contract.hash}`;
  // Whether the document is one is for the loader to say; here it is only read.
  setShouldValidateSchema(false);
  registerSchema(contract.source as Parameters<typeof registerSchema>[0], uri, dialect);
  const judge = createJudge(contract.document);
  const differences = new Map<string, { count: number; example: Json }>();
  const refusedByAjv: string[] = [];
  let values = 0;
  for (const [ref, arbitrary] of createRequestArbitraries(contract, judge)) {
    const second = await validate(`${uri}#${encodeURI(ref).replaceAll('?', '%3F')}`);
    for (const value of sample(arbitrary, { seed: 1, numRuns: valuesPerSchema })) {
      values += 1;
      if (!judge.accepts(ref, value)) refusedByAjv.push(`${ref}: ${JSON.stringify(value)}`);
      const outcome = second(value as Parameters<typeof second>[0], 'DETAILED');
      if (outcome.valid) continue;
      const place = placeOf((outcome.errors ?? []) as readonly Failure[], value) ?? ref;
      const known = differences.get(place);
      differences.set(place, { count: (known?.count ?? 0) + 1, example: known?.example ?? value });
    }
  }
  return { values, refusedByAjv, differences };
}

/** The first union that fails, else the first keyword without errors below it. */
function placeOf(failures: readonly Failure[], value: Json): string | undefined {
  for (const failure of failures) {
    const keyword = decodeURIComponent(failure.absoluteKeywordLocation.split('#')[1] ?? '');
    const isNull = valueAt(value, decodeURIComponent(failure.instanceLocation.replace(/^#/, ''))) === null;
    const place = isNull ? `${keyword} null` : keyword;
    if (keyword.endsWith('/oneOf')) return placeBelow(failure, place, value) ?? place;
    const below = placeOf(failure.errors ?? [], value);
    if (below !== undefined || (failure.errors ?? []).length === 0) return below ?? place;
  }
  return undefined;
}

/** A union inside a union: the inner one is the cause where it fails with more than one branch. */
function placeBelow(failure: Failure, around: string, value: Json): string | undefined {
  const inner = (failure.errors ?? [])
    .map((one) => placeOf([one], value))
    .find((place) => place !== undefined && /\/oneOf(?: null)?$/.test(place) && place !== around);
  return inner;
}
