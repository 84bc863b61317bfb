import type { Limits } from './shape.ts';

/** Whether the number keeps every numeric limit; the arithmetic of `multipleOf` is that of the validator (a whole quotient). */
export function numberFits(limits: Limits, value: number): boolean {
  return (
    (!limits.integer || Number.isInteger(value)) &&
    value >= limits.minimum &&
    value <= limits.maximum &&
    value > limits.exclusiveMinimum &&
    value < limits.exclusiveMaximum &&
    limits.multiples.every((multiple) => Number.isInteger(value / multiple)) &&
    limits.excluded.every((excluded) => excluded !== value)
  );
}

/** The distance between neighbours: the multiple, 1 for integers, else a tenth (or less where the range is narrower). */
export function stepOf(limits: Limits): number {
  if (limits.multiples.length > 0) return Math.max(...limits.multiples);
  if (limits.integer) return 1;
  const range = highest(limits) - lowest(limits);
  return Number.isFinite(range) && range > 0 && range < 0.2 ? range / 4 : 0.1;
}

/** The larger of the two lower bounds. */
export function lowest(limits: Limits): number {
  return Math.max(limits.minimum, limits.exclusiveMinimum);
}

/** The smaller of the two upper bounds. */
export function highest(limits: Limits): number {
  return Math.min(limits.maximum, limits.exclusiveMaximum);
}

/** A plain number within the limits, near 1; `undefined` where there is none to be found. */
export function plainNumber(limits: Limits): number | undefined {
  return candidates(limits).find((value) => numberFits(limits, value));
}

/** Adds without the noise of binary fractions: 0.1 + 0.2 is 0.3. */
export function plus(value: number, step: number): number {
  return Number.isInteger(value) && Number.isInteger(step) ? value + step : Number((value + step).toPrecision(15));
}

function candidates(limits: Limits): number[] {
  const step = stepOf(limits);
  const low = lowest(limits);
  const high = highest(limits);
  const from = (start: number) => {
    const first = Math.ceil(start / step) * step;
    return [first, plus(first, step), plus(first, 2 * step)];
  };
  const list = [1, 0, step];
  if (Number.isFinite(low)) list.push(low, plus(low, step), ...from(low));
  if (Number.isFinite(high)) list.push(high, plus(high, -step), ...from(plus(high, -2 * step)));
  if (Number.isFinite(low) && Number.isFinite(high)) list.push((low + high) / 2, Math.round((low + high) / 2));
  return list.filter((value) => Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER);
}
