import { Buffer } from 'node:buffer';
import { defineCheck, must, type Violation } from 'assay/pack';
import { answerOf, isAnswered, askedOf, countAsked, listOf, type Members, membersOf, numberOf, quote } from './answer.ts';

/** What the service writes for a token outside the likeliest twenty. */
const unlikely = -9999;

/** A certain token may come out a little above 0 in single precision. */
const rounding = 1e-5;

export const logprobsAsAsked = defineCheck({
  id: 'logprobs-as-asked',
  requirement: must('prose', 'Log probabilities are those of the tokens of the text, with no more alternatives than were asked for'),
  needs: 'response',
  operations: ['createChatCompletion'],
  applies: (context) => isAnswered(context) && askedOf(context)['logprobs'] === true,
  *run(context) {
    const most = countAsked(askedOf(context), 'top_logprobs') ?? 0;
    for (const [index, value] of listOf(answerOf(context)?.['choices']).entries()) {
      const choice = membersOf(value);
      const tokens = listOf(membersOf(choice?.['logprobs'])?.['content']).map((token) => membersOf(token) ?? {});
      const at = `/choices/${index}/logprobs/content`;
      for (const [position, token] of tokens.entries()) yield* tokenViolations(`${at}/${position}`, token, most);
      const text = membersOf(choice?.['message'])?.['content'];
      const spelt = spellOf(tokens);
      if (tokens.length > 0 && typeof text === 'string' && spelt !== undefined && !spelt.startsWith(text)) {
        yield { expected: `tokens that spell ${quote(text)}`, actual: quote(spelt), at, rule: 'spelling', level: 'SHOULD' };
      }
    }
  },
});

function* tokenViolations(at: string, token: Members, most: number): Iterable<Violation> {
  const top = listOf(token['top_logprobs']).map((one) => membersOf(one) ?? {});
  if (top.length > most)
    yield { expected: `at most ${most} alternatives`, actual: String(top.length), at: `${at}/top_logprobs`, rule: 'alternatives' };
  for (const one of [token, ...top]) {
    const logprob = numberOf(one['logprob']);
    if (logprob !== undefined && logprob > rounding)
      yield { expected: `at most 0, or ${unlikely}`, actual: String(logprob), at: `${at}/logprob`, rule: 'logprob' };
  }
}

/** The text that the bytes of all tokens make; `undefined` where a token has none. */
function spellOf(tokens: readonly Members[]): string | undefined {
  const bytes = tokens.map((token) => token['bytes']);
  if (!bytes.every((one) => Array.isArray(one))) return undefined;
  return Buffer.from(bytes.flat().map((byte) => Number(byte))).toString('utf8');
}
