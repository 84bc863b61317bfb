import { countTokens, hashOf, pick, randomFrom, tokensOf } from './tokens.ts';

/** What a prompt forces by a marker in it, so that a test can see each of them when it wants to. */
export type Situation = 'answer' | 'refusal' | 'filtered' | 'failure';

const markers = { '[refuse]': 'refusal', '[filter]': 'filtered', '[fail]': 'failure' } as const;

/** The situation that the prompt asks for: `[refuse]`, `[filter]` and `[fail]` in the last user text force one. */
export function situationOf(text: string): Situation {
  for (const [marker, situation] of Object.entries(markers)) {
    if (text.includes(marker)) return situation;
  }
  return 'answer';
}

const openings = ['Here is a short answer about', 'In brief, on the subject of', 'A few words on', 'Let us look at'];
const verbs = ['depends on', 'grows with', 'is close to', 'stands beside', 'changes with', 'is measured by'];
const grounds = [
  'the season',
  'the depth of the water',
  'the light of the day',
  'the length of the path',
  'careful counting',
  'the first step',
];
const closings = ['That is all there is to say.', 'Ask again for more.', 'The rest follows from it.', 'This is how it works.'];

// Words of requests that say nothing about their subject.
const empty = new Set(
  'a an the of to in on is are and or for with about please tell me you i what how say write give one some it this that'.split(' '),
);

/** The answer of the model to a prompt: the same for the same prompt and variant, built from the prompt's own words. */
export function answerTo(prompt: string, variant = 0): string {
  const asked = /\b(?:say|repeat|echo|reply with)(?: exactly)?:?\s+["“'](?<words>[^"”']+)["”']/iu.exec(prompt)?.groups?.['words'];
  if (asked !== undefined && variant === 0) return asked;
  const random = randomFrom(hashOf(prompt) + variant * 7919);
  const subject = subjectOf(prompt);
  const sentences = Array.from({ length: 1 + Math.floor(random() * 2) }, (_, place) => {
    const head = place === 0 ? capital(subject) : 'It also';
    return `${head} ${pick(random, verbs)} ${pick(random, grounds)}.`;
  });
  return `${pick(random, openings)} ${subject}. ${sentences.join(' ')} ${pick(random, closings)}`;
}

/** How the model refuses. */
export const refusalText = 'I am sorry, but I cannot help with that request.';

/** What a prompt is about: its last words that mean something, without marks. */
export function subjectOf(prompt: string): string {
  const words = (prompt.match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => !empty.has(word.toLowerCase()));
  return words.slice(-3).join(' ').slice(0, 60) || 'nothing in particular';
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A text after its limits. */
export interface Limited {
  readonly text: string;
  readonly tokens: string[];
  readonly finish: 'stop' | 'length';
}

/**
 * Ends a text at the first stop sequence, which is left out, or at the most tokens it may have. A text that uses all the
 * tokens it was given ends for `length`: the model never got to its end token.
 */
export function limit(text: string, stops: readonly string[], most: number | undefined): Limited {
  const places = stops.filter((stop) => stop !== '').map((stop) => text.indexOf(stop));
  const first = Math.min(...places.filter((place) => place >= 0));
  const stopped = Number.isFinite(first);
  const cut = stopped ? text.slice(0, first) : text;
  const tokens = tokensOf(cut);
  if (most === undefined || tokens.length < most || (stopped && tokens.length === most))
    return { text: tokens.join(''), tokens, finish: 'stop' };
  const kept = tokens.slice(0, Math.max(0, most));
  return { text: kept.join(''), tokens: kept, finish: 'length' };
}

/** How many tokens the model thinks before it answers. */
export function reasoningTokens(effort: string | undefined): number {
  return { low: 8, medium: 16, high: 32 }[effort ?? ''] ?? 0;
}

/** What the model says of its thinking. */
export function reasoningSummary(prompt: string): string {
  return `The request is about ${subjectOf(prompt)}. The answer should be short and use its words.`;
}

/** How many tokens of a predicted text the answer took over from its start. */
export function acceptedTokens(prediction: string, answer: string): number {
  const predicted = tokensOf(prediction);
  const said = tokensOf(answer);
  const differs = said.findIndex((token, place) => token !== predicted[place]);
  return differs === -1 ? said.length : differs;
}

/** Tokens of a text that stands in a message: the words and what marks their role. */
export function messageTokens(text: string): number {
  return countTokens(text) + 3;
}
