import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { loadContract } from '../src/cli/contract.ts';
import { type MutationCount, measureMutations } from '../test/helpers/mutations/measure.ts';
import { recordReference } from '../test/helpers/mutations/record.ts';
import { secondValidatorOf } from '../test/helpers/mutations/second-validator.ts';
import type { Figure } from './measure.ts';

const readings = ['openai', 'contract'] as const;
const missesShown = 12;

/**
 * How much of what can be seen `check` reports: recordings of a real service (or of the pack's own server, where no file is
 * given) with every event dropped, repeated and moved, and with every member dropped and every type changed.
 */
export async function benchMutations(files: readonly string[]): Promise<Figure[]> {
  const loaded = await loadContract({});
  const folder = mkdtempSync(path.join(os.tmpdir(), 'assay-bench-'));
  const own = path.join(folder, 'reference.jsonl');
  if (files.length === 0) await recordReference(loaded.contract, own);
  const second = secondValidatorOf(loaded.contract);
  const figures: Figure[] = [];
  for (const reading of readings) {
    const options = { reading, farMoves: 2, random: lehmer(), second, entriesOfPlace: 1 };
    const counts = await measureMutations(files.length === 0 ? [own] : files, loaded, options);
    figures.push(...[...counts].map(([kind, found]) => figureOf(`reading ${reading}: ${kind}`, found)));
  }
  rmSync(folder, { recursive: true });
  return figures;
}

function figureOf(name: string, { exchanges, made, visible, reported, more, missed }: MutationCount): Figure {
  const shown = [...missed].toSorted(([, one], [, other]) => other - one).slice(0, missesShown);
  const classes = shown.map(([what, times]) => `\n    missed ${times}x ${what}`).join('');
  return {
    name,
    value: visible === 0 ? 1 : reported / visible,
    unit: 'ratio',
    wanted: { atLeast: name.includes(' in an ') ? 1 : 0.97 },
    note: `${reported} of ${visible} visible; ${made} made in ${exchanges} exchanges, ${more} more reported${classes}`,
  };
}

/** Numbers from 0 up to 1, the same in every run. */
function lehmer(): () => number {
  let state = 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
