import { hash } from 'node:crypto';

import type { Violation } from '../model/index.ts';

/**
 * One cause, one fingerprint: check id, rule, schema pointer (or instance pointer with indexes as `*`), error keyword,
 * the type that came, status class. Never values, ids, times, seed, operation or version.
 */
export function fingerprintOf(checkId: string, violation: Violation, status: number | undefined): string {
  const place = violation.schemaPointer ?? violation.at.replaceAll(/\/\d+(?=\/|$)/g, '/*').replaceAll(/\bevent \d+/g, 'event *');
  const parts = [
    checkId,
    violation.rule ?? '',
    place,
    violation.keyword ?? '',
    violation.actualType ?? '',
    status === undefined ? '' : `${Math.floor(status / 100)}xx`,
  ];
  return hash('sha256', JSON.stringify(parts)).slice(0, 16);
}
