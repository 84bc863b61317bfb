import { defineCheck, must, type Violation } from 'assay/pack';
import { answerOf, listOf, type Members, membersOf, numberOf } from './answer.ts';

const details: readonly (readonly [whole: string, details: string, parts: readonly string[]])[] = [
  ['prompt_tokens', 'prompt_tokens_details', ['cached_tokens', 'audio_tokens']],
  ['completion_tokens', 'completion_tokens_details', ['reasoning_tokens', 'audio_tokens', 'rejected_prediction_tokens']],
  ['input_tokens', 'input_tokens_details', ['cached_tokens']],
  ['output_tokens', 'output_tokens_details', ['reasoning_tokens']],
];

/** Judges `usage` of the answer and of the rows of a list; embeddings count no completion, so their total is not less than the prompt. */
export const usageAddsUp = defineCheck({
  id: 'usage-adds-up',
  requirement: must('prose', 'total_tokens is the sum of what went in and what came out, and no detail is more than its whole'),
  needs: 'response',
  applies: (context) => usagesOf(answerOf(context)).length > 0,
  *run(context) {
    for (const [at, usage] of usagesOf(answerOf(context))) yield* violations(at, usage);
  },
});

function usagesOf(answer: Members | undefined): [string, Members][] {
  if (!answer) return [];
  const rows = listOf(answer['data']).map((row, index) => [`/data/${index}/usage`, membersOf(row)?.['usage']] as const);
  return [['/usage', answer['usage']] as const, ...rows].flatMap(([at, value]): [string, Members][] => {
    const usage = membersOf(value);
    return usage && numberOf(usage['total_tokens']) !== undefined ? [[at, usage]] : [];
  });
}

function* violations(at: string, usage: Members): Iterable<Violation> {
  const total = numberOf(usage['total_tokens']) ?? 0;
  const into = numberOf(usage['prompt_tokens']) ?? numberOf(usage['input_tokens']);
  const out = numberOf(usage['completion_tokens']) ?? numberOf(usage['output_tokens']);
  if (into !== undefined && out !== undefined && total !== into + out) {
    yield { expected: `${into} + ${out} = ${into + out}`, actual: String(total), at: `${at}/total_tokens`, rule: 'total' };
  } else if (into !== undefined && out === undefined && total < into) {
    yield { expected: `at least ${into}`, actual: String(total), at: `${at}/total_tokens`, rule: 'total' };
  }
  for (const [whole, name, parts] of details) {
    const most = numberOf(usage[whole]);
    const counted = membersOf(usage[name]);
    for (const part of parts) {
      const count = numberOf(counted?.[part]);
      if (most === undefined || count === undefined || (count >= 0 && count <= most)) continue;
      yield { expected: `0 to ${most}, the ${whole}`, actual: String(count), at: `${at}/${name}/${part}`, rule: 'detail' };
    }
  }
}
