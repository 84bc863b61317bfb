import type { Exchange, Pointer, PlannedRequest, ResourceFamily } from '../model/index.ts';
import { matchesOf } from './pointer-pattern.ts';

/** The id at a pointer of an answer; nothing where it is missing, empty or no text. */
export function idIn(answer: unknown, at: Pointer): string | undefined {
  return matchesOf(answer, at).find((one): one is string => typeof one === 'string' && one !== '');
}

/** The id that a stream tells: that of the first kept event that has one at the pointer. */
export function idInEvents(exchange: Exchange, at: Pointer | undefined): string | undefined {
  if (at === undefined) return undefined;
  for (const { data } of exchange.stream?.kept ?? []) {
    const id = data === undefined ? undefined : idIn(parsed(data), at);
    if (id !== undefined) return id;
  }
  return undefined;
}

/** Whether a request asks for its resource to be kept; a member that is no boolean leaves that to the server. */
export function isKept(request: PlannedRequest, keptIf: ResourceFamily['keptIf']): 'yes' | 'no' | 'unknown' {
  if (!keptIf) return 'yes';
  const { body } = request;
  if (!body || !('json' in body)) return 'unknown';
  const member = matchesOf(body.json, keptIf.at)[0] ?? keptIf.absent;
  if (typeof member !== 'boolean') return 'unknown';
  return member ? 'yes' : 'no';
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
