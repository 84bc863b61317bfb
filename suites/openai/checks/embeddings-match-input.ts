import { defineCheck, must } from 'assay/pack';
import { answerOf, isAnswered, askedOf, countAsked, listOf, type Members, membersOf, quote } from './answer.ts';

export const embeddingsMatchInput = defineCheck({
  id: 'embeddings-match-input',
  requirement: must('prose', 'There is one vector for each input, in order, in the encoding and of the length that was asked for'),
  needs: 'response',
  operations: ['createEmbedding'],
  applies: (context) => isAnswered(context) && Array.isArray(answerOf(context)?.['data']),
  *run(context) {
    const asked = askedOf(context);
    const rows = listOf(answerOf(context)?.['data']).map((row) => membersOf(row));
    const wanted = inputsIn(asked);
    if (wanted !== undefined && rows.length !== wanted)
      yield { expected: `${wanted} vectors`, actual: `${rows.length} vectors`, at: '/data', rule: 'count' };
    const indexes = rows.map((row) => row?.['index']);
    const isEach = indexes.toSorted((a, b) => Number(a) - Number(b)).every((index, position) => index === position);
    if (!isEach) yield { expected: 'the position of the input', actual: quote(indexes), at: '/data/*/index', rule: 'index' };
    // Who reads the index is not misled by another order; many clients do not read it.
    else if (indexes.some((index, position) => index !== position))
      yield { expected: 'the order of the inputs', actual: quote(indexes), at: '/data/*/index', rule: 'order', level: 'SHOULD' };
    const base64 = asked['encoding_format'] === 'base64';
    const length = countAsked(asked, 'dimensions');
    for (const [index, row] of rows.entries()) {
      const vector = row?.['embedding'];
      const at = `/data/${index}/embedding`;
      if (base64 !== (typeof vector === 'string')) {
        yield {
          expected: base64 ? 'a base64 text' : 'a list of numbers',
          actual: typeof vector === 'string' ? 'a text' : 'a list',
          at,
          rule: 'encoding',
        };
        continue;
      }
      // Shortened by the recorder: what is left says nothing of the length.
      if (typeof vector === 'string' && context.exchange.response?.body.abridged === true) continue;
      const values = typeof vector === 'string' ? Math.floor((vector.replace(/=+$/, '').length * 3) / 4) / 4 : listOf(vector).length;
      if (length !== undefined && values !== length)
        yield { expected: `${length} numbers`, actual: `${values} numbers`, at, rule: 'dimensions' };
    }
  },
});

/** A text and a list of tokens are one input each; a list of those is as many as it is long. */
function inputsIn(asked: Members): number | undefined {
  const { input } = asked;
  if (typeof input === 'string') return 1;
  if (!Array.isArray(input)) return undefined;
  return input.every((entry) => typeof entry === 'number') ? 1 : input.length;
}
