import { defineCheck, must } from 'assay/pack';
import { answerOf, listOf, type Members, membersOf, numberOf } from './answer.ts';

const parts = ['in_progress', 'completed', 'failed', 'cancelled'] as const;

export const fileCountsAddUp = defineCheck({
  id: 'file-counts-add-up',
  requirement: must('prose', 'The files of a vector store are as many as those in each of their states together'),
  needs: 'response',
  applies: (context) => countsOf(answerOf(context)).length > 0,
  *run(context) {
    for (const [at, counts] of countsOf(answerOf(context))) {
      const sum = parts.reduce((total, part) => total + (numberOf(counts[part]) ?? 0), 0);
      if (counts['total'] !== sum)
        yield { expected: `${sum}, the sum of the states`, actual: String(counts['total']), at: `${at}/file_counts/total` };
    }
  },
});

function countsOf(answer: Members | undefined): [string, Members][] {
  const rows = [['', answer] as const, ...listOf(answer?.['data']).map((row, index) => [`/data/${index}`, membersOf(row)] as const)];
  return rows.flatMap(([at, row]): [string, Members][] => {
    const counts = membersOf(row?.['file_counts']);
    return counts ? [[at, counts]] : [];
  });
}
