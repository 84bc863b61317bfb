import { readFileSync } from 'node:fs';

import { payloadValidator } from '../engine/index.ts';
import type { StreamViolation } from '../model/index.ts';
import { createJudge } from '../schema/index.ts';
import { checkTranscript } from '../stream/index.ts';
import { decodeEvents } from '../wire/index.ts';
import type { CheckFlags } from './check.ts';
import type { LoadedContract } from './contract.ts';
import { print, printError } from './print.ts';

/** What `--json` says of one transcript. */
interface TranscriptResult {
  readonly path: string;
  readonly events: number;
  readonly violations: readonly Pick<StreamViolation, 'rule' | 'level' | 'eventIndex' | 'message'>[];
}

/** Judges raw SSE files; one line per violation. 0: none, 1: at least one that counts, 2: nothing could be read. */
export function checkTranscripts(files: readonly string[], { contract, pack, reading }: LoadedContract, flags: CheckFlags): 0 | 1 | 2 {
  const judge = createJudge(contract.document);
  const practice = pack?.readings.find((one) => one.name === reading);
  const results: TranscriptResult[] = [];
  for (const path of files) {
    const bytes = read(path);
    if (!bytes) continue;
    const checked = checkTranscript(decodeEvents(bytes), {
      grammars: pack?.grammars ?? [],
      validate: (grammar) => payloadValidator({ contract, judge, ...(pack && { pack }) }, grammar),
      ...(practice && { practice }),
      ...(flags.vintage !== undefined && { vintage: flags.vintage }),
    });
    if (!checked.grammar) {
      printError(`${path}: no grammar knows a stream like this. Its first line may say which it is: ": case {"stream": "…"}".`);
      continue;
    }
    results.push({
      path,
      events: checked.events,
      violations: checked.violations.map(({ rule, level, eventIndex, message }) => ({ rule, level, eventIndex, message })),
    });
  }
  if (flags.json) process.stdout.write(`${JSON.stringify({ files: results }, undefined, 2)}\n`);
  else
    for (const { path, violations } of results)
      for (const one of violations) print(`${path}:${one.eventIndex} ${one.rule} ${one.level} ${one.message}`);
  if (results.length === 0) return 2;
  return results.some((one) => one.violations.some((violation) => violation.level !== 'MAY')) ? 1 : 0;
}

function read(path: string): Uint8Array | undefined {
  try {
    return readFileSync(path);
  } catch (thrown) {
    printError(`${path} cannot be read: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
    return undefined;
  }
}
