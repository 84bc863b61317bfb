import type { CheckContext } from 'assay/pack';

/** An object of outside JSON: its members may be anything. */
export type Members = Readonly<Record<string, unknown>>;

export function membersOf(value: unknown): Members | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : undefined;
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The JSON object that was answered with success; streams and other bodies have none. */
export function answerOf(context: CheckContext): Members | undefined {
  return isGranted(context) ? membersOf(context.response?.json) : undefined;
}

/** Whether the request was granted; what a broken one gets means nothing. */
export function isGranted({ response, case: planned }: CheckContext): boolean {
  if (!response || response.status < 200 || response.status > 299) return false;
  return planned === undefined || planned.mode === 'valid';
}

/** The members of the request body, JSON or form. */
export function askedOf({ request }: CheckContext): Members {
  return membersOf(request.body) ?? {};
}

/** The whole number that a member of the request asks for: JSON, or the text of a form. */
export function countAsked(asked: Members, name: string): number | undefined {
  const value = asked[name];
  if (typeof value === 'string' && /^\d+$/.test(value)) return Number(value);
  return typeof value === 'number' && Number.isInteger(value) ? value : undefined;
}

/** Whether the request was answered with a JSON object, and can be read where there is to be one. */
export function isAnswered(context: CheckContext): boolean {
  if (answerOf(context) === undefined) return false;
  return context.operation.requestBody === undefined || membersOf(context.request.body) !== undefined;
}

export function quote(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}

/** The same JSON, whatever the order of members. */
export function sameJson(left: unknown, right: unknown): boolean {
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((entry, index) => sameJson(entry, right[index]));
  }
  const one = membersOf(left);
  const other = membersOf(right);
  if (!one || !other) return Object.is(left, right) || left === right;
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length && names.every((name) => Object.hasOwn(other, name) && sameJson(one[name], other[name]))
  );
}
