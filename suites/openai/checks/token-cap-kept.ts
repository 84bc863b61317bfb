import { defineCheck, must } from 'assay/pack';
import { answerOf, isAnswered, askedOf, countAsked, listOf, type Members, membersOf, numberOf } from './answer.ts';

/** Which member of the request caps which count of the answer. */
const caps: ReadonlyMap<string, { readonly asked: readonly string[]; readonly counted: string }> = new Map([
  ['createChatCompletion', { asked: ['max_completion_tokens', 'max_tokens'], counted: 'completion_tokens' }],
  ['createCompletion', { asked: ['max_tokens'], counted: 'completion_tokens' }],
  ['createResponse', { asked: ['max_output_tokens'], counted: 'output_tokens' }],
]);

export const tokenCapKept = defineCheck({
  id: 'token-cap-kept',
  requirement: must('prose', 'No more tokens are generated than the request allows'),
  needs: 'response',
  operations: [...caps.keys()],
  applies: (context) => isAnswered(context) && capOf(context.operation.id, askedOf(context)) !== undefined,
  *run(context) {
    const cap = caps.get(context.operation.id);
    const each = capOf(context.operation.id, askedOf(context));
    const counted = numberOf(membersOf(answerOf(context)?.['usage'])?.[cap?.counted ?? '']);
    if (!cap || each === undefined || counted === undefined) return;
    const choices = answerOf(context)?.['choices'];
    // All candidates of best_of are counted, though only n of them are returned.
    const candidates = Array.isArray(choices) ? choices.length * (countAsked(askedOf(context), 'best_of') ?? 1) : 1;
    const most = each * Math.max(1, candidates);
    if (counted <= most) return;
    const level = runsTools(answerOf(context)) ? { level: 'SHOULD' as const } : {};
    yield { expected: `at most ${most}`, actual: String(counted), at: `/usage/${cap.counted}`, ...level };
  },
});

/** Items of a response that the model wrote; any other was run by the service, which then asked the model again. */
const written = new Set(['message', 'reasoning', 'function_call', 'custom_tool_call']);

/** Whether the service ran tools: usage then counts several turns of the model, and nobody says whether the cap does. */
function runsTools(answer: Members | undefined): boolean {
  return listOf(answer?.['output']).some((item) => !written.has(String(membersOf(item)?.['type'])));
}

function capOf(operation: string, asked: Members): number | undefined {
  return caps
    .get(operation)
    ?.asked.map((name) => countAsked(asked, name))
    .find((cap) => cap !== undefined);
}
