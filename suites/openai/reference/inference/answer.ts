import type { AnswerFormat, Choosing, OfferedFunction } from './chat-request.ts';
import { instanceOf } from './instances.ts';
import { answerTo, limit, refusalText, type Situation, subjectOf } from './text-model.ts';
import { countTokens } from './tokens.ts';

/** What the model is asked, whichever operation asks. */
export interface Question {
  readonly prompt: string;
  readonly history: readonly string[];
  readonly toolAnswers: readonly string[];
  readonly situation: Situation;
  readonly format: AnswerFormat;
  readonly tools: readonly OfferedFunction[];
  readonly choosing: Choosing;
  readonly parallel: boolean;
  readonly stops: readonly string[];
  /** The most tokens of the answer; `undefined` for no limit. */
  readonly most: number | undefined;
  /** What stands before the text: the blank of a completion. */
  readonly lead?: string;
}

/** A call that the model makes; `arguments` may be cut off where the answer ended for `length`. */
interface Call {
  readonly name: string;
  readonly arguments: string;
}

/** What the model says: text, a refusal, or calls. */
export interface Answer {
  readonly kind: 'text' | 'refusal' | 'calls';
  readonly text: string;
  readonly tokens: readonly string[];
  readonly calls: readonly Call[];
  readonly ending: 'stop' | 'length' | 'filter';
  /** Tokens of the text or of the calls. */
  readonly used: number;
}

/** Answers a question: the same for the same question and variant. */
export function answer(question: Question, variant: number): Answer {
  if (question.situation === 'refusal') return spoken('refusal', refusalText, question);
  const calls = callsOf(question);
  if (calls.length > 0) return called(calls, question.most);
  if (question.situation !== 'filtered') return spoken('text', said(question, variant), question);
  const whole = spoken('text', said(question, variant), question);
  const tokens = whole.tokens.slice(0, Math.ceil(whole.tokens.length / 2));
  return { ...whole, text: tokens.join(''), tokens, ending: 'filter', used: tokens.length };
}

function said(question: Question, variant: number): string {
  if (question.format.type === 'json_schema') return JSON.stringify(instanceOf(question.format.schema, subjectOf(question.prompt)));
  if (question.format.type === 'json_object')
    return JSON.stringify({ subject: subjectOf(question.prompt), answer: answerTo(question.prompt, variant) });
  if (question.toolAnswers.length > 0) return `The tool says: ${question.toolAnswers.join('; ').slice(0, 400)}`;
  return (question.lead ?? '') + (remembered(question) ?? answerTo(question.prompt, variant));
}

// "My word is heron." … "What is my word?": whether an earlier turn is in the context shows in the answer.
function remembered(question: Question): string | undefined {
  const noun = /what (?:is|was) my (?<noun>\w+)/iu.exec(question.prompt)?.groups?.['noun'];
  if (noun === undefined) return undefined;
  const told = question.history.flatMap((text) => [...text.matchAll(/my (?<noun>\w+) is (?<what>[\w-]+)/giu)]);
  const what = told.findLast((match) => match.groups?.['noun']?.toLowerCase() === noun.toLowerCase())?.groups?.['what'];
  return what === undefined ? `You have not told me your ${noun}.` : `Your ${noun} is ${what}.`;
}

function spoken(kind: 'text' | 'refusal', text: string, question: Question): Answer {
  const limited = limit(text, question.stops, question.most);
  return { kind, text: limited.text, tokens: limited.tokens, calls: [], ending: limited.finish, used: limited.tokens.length };
}

function callsOf(question: Question): Call[] {
  const { choosing, tools } = question;
  if (choosing === 'none') return [];
  if (typeof choosing === 'object')
    return [callOf(tools.find((tool) => tool.name === choosing.name) ?? { name: choosing.name, parameters: {} }, question)];
  if (choosing === 'auto' && question.toolAnswers.length > 0) return [];
  const named = tools.filter((tool) => question.prompt.includes(tool.name));
  const wanted = [...named, ...tools.filter((tool) => !named.includes(tool))];
  return wanted.slice(0, question.parallel ? 2 : 1).map((tool) => callOf(tool, question));
}

function callOf(tool: OfferedFunction, question: Question): Call {
  const parameters = tool.parameters === undefined ? {} : instanceOf(tool.parameters, subjectOf(question.prompt));
  return { name: tool.name, arguments: JSON.stringify(parameters) };
}

function called(calls: readonly Call[], most: number | undefined): Answer {
  const made: Call[] = [];
  let used = 0;
  for (const call of calls) {
    const left = most === undefined ? undefined : Math.max(0, most - used);
    if (left === 0 && made.length > 0) return { kind: 'calls', text: '', tokens: [], calls: made, ending: 'length', used };
    const limited = limit(call.arguments, [], left);
    made.push({ name: call.name, arguments: limited.text });
    used += limited.tokens.length;
    if (limited.finish === 'length') return { kind: 'calls', text: '', tokens: [], calls: made, ending: 'length', used };
  }
  return { kind: 'calls', text: '', tokens: [], calls: made, ending: 'stop', used };
}

/** Tokens of what stands in a context beside the messages, such as a schema of the answer. */
export function formatTokens(format: AnswerFormat): number {
  return format.schema === undefined ? 0 : countTokens(JSON.stringify(format.schema));
}
