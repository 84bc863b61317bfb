import type { Json, ResponseHeader, SchemaJudge, Violation } from '../model/index.ts';
import { headersNotRecorded, isAbsent } from './answer.ts';
import { defineCheck, must } from './define.ts';
import { violationsOf } from './violations.ts';

/** A header named Content-Type is ignored, as OpenAPI says: `media-type-declared` judges it. */
export const headersValid = defineCheck({
  id: 'headers-valid',
  requirement: must(
    'schema',
    'Response headers that the operation requires are sent, and those that it declares are valid',
    'https://spec.openapis.org/oas/v3.1.1.html#header-object',
  ),
  needs: 'response',
  applies: (context) => {
    const { response } = context;
    return response !== undefined && declaredHeaders(response.declared?.headers).length > 0 && !isAbsent(context, response);
  },
  *run(context) {
    const { response, schema } = context;
    const isChosen = headersNotRecorded(context);
    for (const header of declaredHeaders(response?.declared?.headers)) {
      const value = response?.header(header.name.toLowerCase());
      if (value !== undefined) yield* judgeValue(schema, header, value);
      else if (header.required && isChosen) yield { inconclusive: 'not-recorded', detail: 'the recording holds no response headers' };
      else if (header.required)
        yield {
          expected: 'the header, which is required',
          actual: '(absent)',
          at: placeOf(header),
          keyword: 'required',
          actualType: 'absent',
        };
    }
  },
});

function declaredHeaders(headers: readonly ResponseHeader[] = []): readonly ResponseHeader[] {
  return headers.filter((header) => header.name.toLowerCase() !== 'content-type');
}

function placeOf(header: ResponseHeader): string {
  return `header ${header.name.toLowerCase()}`;
}

/** A header is text: it is valid if one of the values that this text can stand for is. */
function* judgeValue(schema: SchemaJudge, header: ResponseHeader, text: string): Iterable<Violation> {
  const ref = header.schema;
  if (ref === undefined) return;
  const readings = readingsOf(header, text);
  if (readings.some((value) => schema.accepts(ref, value))) return;
  // The reading that fails latest, by keyword, tells most: "-1" is an integer below its minimum before it is no string.
  const explained = readings.map((value) => schema.explain(ref, value));
  const nearest = explained.find((errors) => errors.every((error) => error.keyword !== 'type')) ?? explained.at(-1) ?? [];
  for (const violation of violationsOf(nearest)) {
    yield {
      ...violation,
      actual: violation.actual === JSON.stringify(text) ? violation.actual : `${violation.actual} in ${JSON.stringify(text)}`,
      at: placeOf(header),
    };
  }
}

/** Every value that the text may stand for under style `simple`, the most specific first. */
function readingsOf(header: ResponseHeader, text: string): readonly Json[] {
  if (header.mediaType !== undefined) return [scalarOf(text)];
  const entries = text.split(',').map((entry) => entry.trim());
  const pairs = header.explode ? entries.map((entry) => entry.split('=', 2)) : pairsOf(entries);
  const objects = pairs.every((pair) => pair.length === 2)
    ? [Object.fromEntries(pairs.map(([name = '', value = '']) => [name, scalarOf(value)]))]
    : [];
  return [scalarOf(text), entries.map(scalarOf), entries, ...objects, text];
}

function pairsOf(entries: readonly string[]): string[][] {
  const pairs: string[][] = [];
  for (let index = 0; index < entries.length; index += 2) pairs.push(entries.slice(index, index + 2));
  return pairs;
}

function scalarOf(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
