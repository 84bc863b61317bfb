import type { StreamRule, StreamViolation } from '../model/index.ts';
import { quote } from './equality.ts';
import { labelOf } from './instance.ts';
import type { Told } from './run.ts';

const longestActual = 200;

/** What was found, as a person and a report read it: what was expected, what came, of which entity, where. */
export function violationOf(id: string, rule: StreamRule | undefined, told: Told, eventIndex: number): StreamViolation {
  const entity = told.instance === undefined ? undefined : labelOf(told.instance);
  const at = told.at === '' ? undefined : told.at;
  const expected = told.expected ?? rule?.text;
  const actual = told.actual === undefined ? undefined : typeof told.actual === 'string' ? told.actual : quote(told.actual);
  const where = [entity, at].filter((part) => part !== undefined).join(' at ');
  return {
    rule: id,
    level: rule?.level ?? 'MUST',
    eventIndex: told.eventIndex ?? eventIndex,
    message: `${where === '' ? '' : `${where}: `}expected ${expected ?? id}${actual === undefined ? '' : `, came ${cut(actual)}`}`,
    ...(expected === undefined ? {} : { expected }),
    ...(actual === undefined ? {} : { actual }),
    ...(entity === undefined ? {} : { entity }),
    ...(at === undefined ? {} : { at: `/${at.replaceAll('.', '/')}` }),
  };
}

function cut(text: string): string {
  return text.length > longestActual ? `${text.slice(0, longestActual)}…` : text;
}
