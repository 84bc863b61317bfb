import type { Case, Operation, Pack, PlannedRequest } from '../model/index.ts';
import { pointerOf, tokensOf, valueAt, withValueAt } from '../schema/pointer.ts';
import { matcher } from './selection.ts';

/**
 * Puts the pack's cheap limits into a request to a foreign target, so that an answer costs little. A member that the
 * request states, or that the case breaks, is left alone.
 */
export function thrifty(request: PlannedRequest, planned: Case, operation: Operation, pack: Pack | undefined): PlannedRequest {
  const { body } = request;
  if (!pack || !body || !('json' in body)) return request;
  const limits = pack.thrift.filter((one) => one.operations.some((glob) => matcher(glob)(operation.id)));
  return limits.reduce<PlannedRequest>((sum, { at, value }) => {
    const broken =
      planned.mutation?.in === 'body' &&
      (planned.mutation.instancePath === '' || tokensOf(planned.mutation.instancePath)[0] === tokensOf(at)[0]);
    const place = `/body/json${pointerOf(...tokensOf(at))}`;
    if (broken || valueAt(sum, place) !== undefined || typeof body.json !== 'object' || body.json === null || Array.isArray(body.json))
      return sum;
    return withValueAt(sum as never, place, value) as never as PlannedRequest;
  }, request);
}
