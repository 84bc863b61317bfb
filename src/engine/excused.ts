import type { CheckContext, Excuse, Json, Pointer, PracticeReading, Violation } from '../model/index.ts';
import { valueAt } from '../schema/pointer.ts';
import { holdsOneOf } from '../stream/index.ts';
import { matcher } from './selection.ts';

/** Whether a practice reading in force knows that its service does this in such a situation. What cannot be told of the situation is taken for it. */
export function isExcused(violation: Violation, checkId: string, context: CheckContext, readings: readonly PracticeReading[]): boolean {
  return readings.some(({ excuses, times = [] }) =>
    excuses.some(
      (excuse) =>
        (excuse.rule === checkId || excuse.rule === violation.rule) &&
        (excuse.operations?.some((glob) => matcher(glob)(context.operation.id)) ?? true) &&
        (excuse.at === undefined || matcher(excuse.at)(violation.at)) &&
        (excuse.recorded === undefined || context.case === undefined) &&
        (excuse.statuses?.includes(context.response?.status ?? 0) ?? true) &&
        (excuse.mediaType === undefined || excuse.mediaType === context.response?.mediaType) &&
        isAsked(excuse.asked, context.request.body) &&
        isOfEvent(excuse.event, violation, context) &&
        isOfTime(excuse, context, times),
    ),
  );
}

function isAsked(asked: Excuse['asked'], body: Json | undefined): boolean {
  if (asked === undefined || body === undefined) return true;
  const found = valueAt(body, asked.at);
  return found === asked.includes || (Array.isArray(found) && found.includes(asked.includes));
}

function isOfEvent(wanted: Excuse['event'], violation: Violation, { exchange }: CheckContext): boolean {
  if (wanted === undefined) return true;
  const event = exchange.stream?.kept.find(({ index }) => index === violation.eventIndex);
  return event === undefined || holdsOneOf(event, wanted);
}

function isOfTime({ since, until }: Excuse, context: CheckContext, times: readonly Pointer[]): boolean {
  if (since === undefined && until === undefined) return true;
  const time = timeOf(context, times);
  if (time === undefined) return true;
  return (since === undefined || time >= Date.parse(since)) && (until === undefined || time < Date.parse(until));
}

/** When an answer was made: as it says itself, else by its `date` header, else by the recording. */
function timeOf({ exchange, response }: CheckContext, times: readonly Pointer[]): number | undefined {
  const answer = response?.json ?? parsed(exchange.stream?.kept.find(({ data }) => data !== undefined)?.data);
  for (const place of times) {
    const seconds = valueAt(answer, place);
    if (typeof seconds === 'number' && seconds > 0) return seconds * 1000;
  }
  const told = Date.parse(response?.header('date') ?? '');
  if (!Number.isNaN(told)) return told;
  return exchange.timings.startedAt > 0 ? exchange.timings.startedAt : undefined;
}

function parsed(data: string | undefined): unknown {
  try {
    return data === undefined ? undefined : JSON.parse(data);
  } catch {
    return undefined;
  }
}
