import { type CheckContext, defineCheck, must, type Violation } from 'assay/pack';
import { answerOf, isAnswered, askedOf, listOf, type Members, membersOf, quote, textOf } from './answer.ts';

/** An answer that was cut off, filtered or refused owes no call. */
const unfinished = new Set(['length', 'content_filter']);

/** Items of a response that call nothing. */
const speech = new Set(['message', 'reasoning', 'mcp_list_tools']);

/** Outputs, lists and records of the service stand beside calls, and more of them come with every year: only calls break a promise. */
function isCall(item: Members | undefined): boolean {
  return String(item?.['type']).endsWith('_call') || item?.['type'] === 'mcp_approval_request';
}

interface Demand {
  readonly none?: true;
  readonly name?: string;
}

export const toolChoiceKept = defineCheck({
  id: 'tool-choice-kept',
  requirement: must(
    'prose',
    'The answer calls the function that was demanded, some tool where one is required, and none where none may be called',
  ),
  needs: 'response',
  operations: ['createChatCompletion', 'createResponse'],
  applies: (context) => isAnswered(context) && demandOf(askedOf(context)) !== undefined,
  *run(context) {
    const demand = demandOf(askedOf(context));
    if (demand === undefined) return;
    for (const [at, names] of callsOf(context, demand)) yield* violations(at, names, demand);
  },
});

/** `none`, `required`, or the name of the one function. */
function demandOf(asked: Members): Demand | undefined {
  const choice = asked['tool_choice'] ?? asked['function_call'];
  if (choice === 'none') return { none: true };
  if (choice === 'required') return {};
  const named = membersOf(choice);
  // Choices of other kinds (hosted tools, those that came later) name no function.
  if (!named || (named['type'] !== 'function' && asked['tool_choice'] !== undefined)) return undefined;
  const name = textOf(membersOf(named['function'])?.['name']) ?? textOf(named['name']);
  return name === undefined ? undefined : { name };
}

function callsOf(context: CheckContext, { none, name }: Demand): [string, readonly unknown[]][] {
  const answer = answerOf(context);
  if (context.operation.id === 'createResponse') {
    if (answer?.['status'] !== 'completed') return [];
    const output = listOf(answer['output']).map((item) => membersOf(item));
    if (output.some(isRefusal)) return [];
    const isRequired = none === undefined && name === undefined;
    const calls = output.filter((item) => (isRequired ? !speech.has(String(item?.['type'])) : isCall(item)));
    return [['/output', calls.map((item) => item?.['name'] ?? item?.['type'])]];
  }
  return listOf(answer?.['choices']).flatMap((value, index): [string, readonly unknown[]][] => {
    const choice = membersOf(value);
    const message = membersOf(choice?.['message']);
    if (unfinished.has(String(choice?.['finish_reason'])) || typeof message?.['refusal'] === 'string') return [];
    const calls = listOf(message?.['tool_calls']).map((call) => membersOf(membersOf(call)?.['function'])?.['name']);
    const call = membersOf(message?.['function_call']);
    return [[`/choices/${index}/message`, call ? [...calls, call['name']] : calls]];
  });
}

function isRefusal(item: Members | undefined): boolean {
  return listOf(item?.['content']).some((part) => membersOf(part)?.['type'] === 'refusal');
}

function* violations(at: string, names: readonly unknown[], { none, name }: Demand): Iterable<Violation> {
  const actual = names.length === 0 ? 'no call' : `calls of ${quote(names)}`;
  if (none && names.length > 0) yield { expected: 'no call', actual, at, rule: 'none' };
  if (!none && name === undefined && names.length === 0) yield { expected: 'at least one call', actual, at, rule: 'required' };
  if (name !== undefined && (names.length === 0 || names.some((one) => one !== name))) {
    yield { expected: `a call of ${quote(name)} and of nothing else`, actual, at, rule: 'named' };
  }
}
