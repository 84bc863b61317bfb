import type { Json, MediaType, NameValue, Parameter } from '../model/index.ts';
import { schemaAt } from '../schema/index.ts';
import type { ReadContext } from './read-request.ts';

interface Places {
  readonly path: Readonly<Record<string, string>>;
  readonly query: readonly NameValue[];
  readonly headers: ReadonlyMap<string, string>;
  readonly cookies: readonly NameValue[];
}

/** The value of a parameter read by its schema and style; `undefined` where it was not sent. */
export function readParameter(context: ReadContext, parameter: Parameter, places: Places): Json | undefined {
  const { judge } = context;
  const schema = (schemaAt(context.contract.document, parameter.schema, { follow: true }) ?? {}) as { type?: string };
  let texts: string[] = [];
  if (parameter.in === 'path') texts = [places.path[parameter.name] ?? ''];
  if (parameter.in === 'query') {
    texts = places.query.filter(([name]) => name === parameter.name).map(([, v]) => v);
    const deep = places.query.filter(([name]) => name.startsWith(`${parameter.name}[`) && name !== parameter.name);
    if (deep.length > 0 && texts.length === 0)
      return Object.fromEntries(
        deep.map(([n, v]) => [n.slice(parameter.name.length + 1, -1), /^-?\d+$/.test(v) && parameter.name !== 'metadata' ? Number(v) : v]),
      );
  }
  if (parameter.in === 'header') texts = [places.headers.get(parameter.name.toLowerCase())].filter((x) => x !== undefined);
  if (parameter.in === 'cookie') texts = places.cookies.filter(([n]) => n === parameter.name).map(([, v]) => v);
  const [first] = texts;
  if (first === undefined) return undefined;
  if (schema.type === 'array') return texts;
  for (const candidate of [literal(first), first]) if (judge.accepts(parameter.schema, candidate)) return candidate;
  return first;
}

function literal(text: string): Json {
  return /^(true|false|null|-?\d+(\.\d+)?)$/.test(text) ? (JSON.parse(text) as Json) : text;
}

/** The pairs of a form, or the texts of parts, as an object. */
export function readPairs(_context: ReadContext, _media: MediaType, pairs: readonly NameValue[]): Json {
  return Object.fromEntries(pairs.map(([n, v]) => [n, literal(v)]));
}
