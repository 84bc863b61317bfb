import type { Case, PlannedRequest } from '../model/index.ts';
import { allDifferences } from '../checks/index.ts';

/** Requests spent on one failure: issue-given default. */
const requestsPerFailure = 40;
const shownDifferences = 12;

/** What shrinking needs of the run. */
export interface ShrinkDeps {
  /** Smaller forms of a case, those that lose the most first. */
  candidates(planned: Case): Iterable<Case>;
  /** Sends a candidate with the slots of the failing case and answers the fingerprints of what it showed. */
  shows(candidate: Case): Promise<ReadonlySet<string>>;
  mayStart(): boolean;
}

/** The smallest case found that still shows the fingerprint, and the number of requests it took. */
export interface Shrunk {
  readonly smallest: Case;
  readonly requests: number;
}

/**
 * Looks for a smaller request that still shows one finding: candidates of the case, then of the first candidate that
 * still fails, until none does or the requests are spent. A request is never sent twice.
 */
export async function shrink(failing: Case, fingerprint: string, deps: ShrinkDeps): Promise<Shrunk> {
  const tried = new Set([keyOf(failing.request)]);
  let smallest = failing;
  let requests = 0;
  for (let progress = true; progress;) {
    progress = false;
    for (const candidate of deps.candidates(smallest)) {
      if (requests >= requestsPerFailure || !deps.mayStart()) return { smallest, requests };
      if (tried.has(keyOf(candidate.request))) continue;
      tried.add(keyOf(candidate.request));
      requests++;
      if (!(await deps.shows(candidate)).has(fingerprint)) continue;
      smallest = candidate;
      progress = true;
      break;
    }
  }
  return { smallest, requests };
}

const shownRequest = 300;

/** How a request differs from its accepted control, in words; without one, the request itself. */
export function differenceFrom(control: PlannedRequest | undefined, request: PlannedRequest): string[] {
  if (control === undefined) return [requestLine(request)];
  const differences = [...allDifferences(shape(request), control && shape(control))];
  const lines = differences.slice(0, shownDifferences).map(({ at, left, right }) => `${at}: ${left} (control: ${right})`);
  const more = differences.length - lines.length;
  return more > 0 ? [...lines, `and ${more} more`] : lines;
}

/** A request on one line, its body cut. */
function requestLine({ method, path, query, body }: PlannedRequest): string {
  const asked = query.length === 0 ? '' : `?${query.map(([name, value]) => `${name}=${value}`).join('&')}`;
  const held = body === undefined ? '' : ` with ${JSON.stringify('json' in body ? body.json : 'parts' in body ? body.parts : body)}`;
  const line = `${method} ${path}${asked}${held}`;
  return line.length > shownRequest ? `${line.slice(0, shownRequest - 1)}…` : line;
}

function shape({ method, path, query, headers, body }: PlannedRequest) {
  return { method, path, query, headers, ...(body && { body }) } as never;
}

function keyOf(request: PlannedRequest): string {
  return JSON.stringify(request);
}
