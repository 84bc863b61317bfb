import { defineCheck, must } from 'assay/pack';
import { answerOf, listOf, type Members, membersOf } from './answer.ts';

/** The year 5138 in seconds, 1973 in milliseconds: what is beyond counts something else than seconds. */
const mostSeconds = 100_000_000_000;

export const timesInSeconds = defineCheck({
  id: 'times-in-seconds',
  requirement: must('prose', 'Times are Unix times in seconds'),
  needs: 'response',
  applies: (context) => answerOf(context) !== undefined,
  *run(context) {
    const answer = answerOf(context);
    if (!answer) return;
    for (const [at, row] of [['', answer] as const, ...listOf(answer['data']).map((row, index) => [`/data/${index}`, row] as const)]) {
      for (const [name, time] of timesIn(membersOf(row))) {
        if (time < 0 || time >= mostSeconds) yield { expected: 'seconds since 1970', actual: String(time), at: `${at}/${name}` };
      }
    }
  },
});

function timesIn(row: Members | undefined): [string, number][] {
  return Object.entries(row ?? {}).flatMap(([name, value]): [string, number][] =>
    typeof value === 'number' && (name === 'created' || name.endsWith('_at')) ? [[name, value]] : [],
  );
}
