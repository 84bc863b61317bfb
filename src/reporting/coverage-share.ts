import type { CoverageRow } from './report.ts';

/**
 * The share of what was tried that was proven: a keyword whose valid values were sent counts once, and is proven when
 * one was accepted; a keyword that was broken counts once, and is proven when one breach was refused. 1 where nothing
 * was tried.
 */
export function coverageShare(rows: readonly CoverageRow[]): { readonly proven: number; readonly tried: number } {
  const sides = rows.flatMap(({ valid, invalid }) => [
    ...(valid.sent > 0 ? [valid.accepted > 0] : []),
    ...(invalid.sent > 0 ? [invalid.rejected > 0] : []),
  ]);
  return { proven: sides.filter(Boolean).length, tried: sides.length };
}
