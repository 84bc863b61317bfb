import { type CheckContext, defineCheck, should, type Violation } from 'assay/pack';
import { answerOf, isAnswered, askedOf, countAsked, listOf, type Members, membersOf, numberOf, quote, textOf } from './answer.ts';

/** A text may end by itself with the last token that was allowed; then it reads as if it had ended. */
const ended = /[.!?:"'”’`)\]}>…。！？]\s*$/u;

export const cutAdmitted = defineCheck({
  id: 'cut-admitted',
  requirement: should('prose', 'An answer that was cut off at the limit says so'),
  needs: 'response',
  operations: ['createChatCompletion', 'createCompletion', 'createResponse'],
  applies: isAnswered,
  *run(context) {
    if (context.operation.id === 'createResponse') yield* inResponse(context);
    else yield* inChoice(context);
  },
});

/** One choice only: usage counts all of them together. */
function* inChoice(context: CheckContext): Iterable<Violation> {
  const choices = listOf(answerOf(context)?.['choices']);
  const choice = membersOf(choices[0]);
  if (choices.length !== 1 || choice?.['finish_reason'] !== 'stop') return;
  const text = textOf(membersOf(choice['message'])?.['content']) ?? textOf(choice['text']) ?? '';
  if (isCut(context, ['max_completion_tokens', 'max_tokens'], 'completion_tokens', text))
    yield { expected: 'length', actual: `stop after ${quote(text.slice(-40))}`, at: '/choices/0/finish_reason', rule: 'finish' };
}

function* inResponse(context: CheckContext): Iterable<Violation> {
  const answer = answerOf(context);
  const output = listOf(answer?.['output']);
  const last = membersOf(output.at(-1));
  const at = `/output/${output.length - 1}/status`;
  if (answer?.['status'] === 'incomplete' && last?.['type'] === 'message' && last['status'] === 'completed')
    yield { expected: 'incomplete, as the response', actual: 'completed', at, rule: 'item' };
  const text = textOf(membersOf(listOf(last?.['content']).at(-1))?.['text']) ?? '';
  if (answer?.['status'] === 'completed' && isCut(context, ['max_output_tokens'], 'output_tokens', text))
    yield { expected: 'incomplete', actual: `completed after ${quote(text.slice(-40))}`, at: '/status', rule: 'status' };
}

function isCut(context: CheckContext, limits: readonly string[], counted: string, text: string): boolean {
  const asked: Members = askedOf(context);
  const limit = limits.map((name) => countAsked(asked, name)).find((one) => one !== undefined);
  const count = numberOf(membersOf(answerOf(context)?.['usage'])?.[counted]);
  // A stop sequence ends a text anywhere.
  const isStopped = (asked['stop'] ?? null) !== null;
  return limit !== undefined && count === limit && !isStopped && text !== '' && !ended.test(text);
}
