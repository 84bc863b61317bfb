import type { Operation, ParameterPlace, PlannedRequest, SchemaRef } from '../model/index.ts';
import { refusalsOf, serialiseRequest, type Reader, type Refusal } from '../wire/index.ts';
import type { Shop } from './workbench.ts';

/** What was broken: which part of the request, and the keyword of its schema where one says it. */
export interface BrokenPart {
  readonly in: ParameterPlace | 'body';
  readonly name?: string;
  readonly keyword?: string;
  readonly schema?: SchemaRef;
}

/** Proves on the wire what a case says of itself: serialised, and read again as two kinds of server would. */
export interface Proof {
  /** Why the request is not valid for every reader; `undefined` where it is. */
  accepted(request: PlannedRequest): string | undefined;
  /** Why the request is not refused by every reader for what was broken; `undefined` where it is. */
  refused(request: PlannedRequest, broken: BrokenPart): string | undefined;
}

const readers: readonly Reader[] = ['strict', 'lenient'];

export function createProof({ contract, judge }: Pick<Shop, 'contract' | 'judge'>, operation: Operation): Proof {
  const judged = new Map<string, { readonly problem: string | undefined }>();
  return { accepted, refused };

  /**
   * A JSON body is read as it was written, and its value has been judged: only what stands around it is read again, and
   * once, since most cases of an operation differ in their body alone.
   */
  function accepted(request: PlannedRequest): string | undefined {
    if (!request.body || !('json' in request.body)) return readAsValid(request);
    const { body: _, ...around } = request;
    const key = JSON.stringify(around);
    const known = judged.get(key);
    if (known) return known.problem;
    const problem = readAsValid(request);
    judged.set(key, { problem });
    return problem;
  }

  function readAsValid(request: PlannedRequest): string | undefined {
    for (const [reader, refusals] of readings(request)) {
      const [first] = refusals;
      if (first) return `on the wire a ${reader} reader takes it as invalid: ${told(first)}`;
    }
    return undefined;
  }

  function refused(request: PlannedRequest, broken: BrokenPart): string | undefined {
    for (const [reader, refusals] of readings(request)) {
      if (refusals.length === 0) return `on the wire a ${reader} reader takes it as valid`;
      const other = refusals.find((one) => one.in !== broken.in || one.name !== broken.name);
      if (other) return `on the wire a ${reader} reader also sees another fault: ${told(other)}`;
      const read = refusals.find((one) => one.value !== undefined)?.value;
      const { keyword, schema } = broken;
      if (reader === 'lenient' || read === undefined || keyword === undefined || schema === undefined) continue;
      const seen = judge.errors(schema, read).map((error) => error.keyword);
      if (!seen.includes(keyword)) return `on the wire it breaks ${[...new Set(seen)].join(', ')} instead`;
    }
    return undefined;
  }

  function* readings(request: PlannedRequest): Iterable<readonly [Reader, readonly Refusal[]]> {
    const wire = serialiseRequest(operation, request);
    for (const reader of readers) yield [reader, refusalsOf(operation, wire, { reader, document: contract.document, judge })];
  }
}

function told({ in: place, name, what, value }: Refusal): string {
  const shown = value === undefined ? '' : `: ${JSON.stringify(value).slice(0, 60)}`;
  return `${place}${name === undefined ? '' : ` ${name}`} ${what}${shown}`;
}
