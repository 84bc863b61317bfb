import type { Check, Requirement, SourceClass } from '../model/index.ts';

/**
 * Makes a check. `run` is a generator that yields violations, or why it cannot decide; status, grouping, evidence and
 * reproduction are the engine's business.
 */
export function defineCheck(check: Check): Check {
  return check;
}

/** A rule that the document states, or without which an official client breaks. What was only observed is never a MUST. */
export function must(source: Exclude<SourceClass, 'observed'>, text: string, url?: string): Requirement {
  return requirement('MUST', source, text, url);
}

/** A rule that the real service keeps and without which clients survive. */
export function should(source: SourceClass, text: string, url?: string): Requirement {
  return requirement('SHOULD', source, text, url);
}

/** A fact worth a note; it changes no verdict. */
export function may(source: SourceClass, text: string, url?: string): Requirement {
  return requirement('MAY', source, text, url);
}

function requirement(level: Requirement['level'], source: SourceClass, text: string, url?: string): Requirement {
  return { level, source, text, ...(url === undefined ? {} : { url }) };
}
