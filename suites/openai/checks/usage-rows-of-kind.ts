import { defineCheck, must } from 'assay/pack';
import { answerOf, listOf, membersOf, quote } from './answer.ts';

/** `usage-audio-speeches` reports rows of `organization.usage.audio_speeches.result`; costs have a name of their own. */
export const usageRowsOfKind = defineCheck({
  id: 'usage-rows-of-kind',
  requirement: must('prose', 'A usage report holds rows of its own kind, in buckets that end after they start'),
  needs: 'response',
  applies: (context) => context.operation.id.startsWith('usage-') && Array.isArray(answerOf(context)?.['data']),
  *run(context) {
    const kind = context.operation.id.slice('usage-'.length).replaceAll('-', '_');
    const expected = kind === 'costs' ? 'organization.costs.result' : `organization.usage.${kind}.result`;
    for (const [index, value] of listOf(answerOf(context)?.['data']).entries()) {
      const bucket = membersOf(value);
      const rows = listOf(bucket?.['results'] ?? bucket?.['result']);
      const wrong = rows.find((row) => membersOf(row)?.['object'] !== expected);
      if (wrong !== undefined)
        yield { expected, actual: quote(membersOf(wrong)?.['object']), at: `/data/${index}/results/*/object`, rule: 'kind' };
      const { start_time: start, end_time: end } = bucket ?? {};
      if (typeof start === 'number' && typeof end === 'number' && end <= start) {
        yield { expected: `more than ${start}`, actual: String(end), at: `/data/${index}/end_time`, rule: 'bucket' };
      }
    }
  },
});
