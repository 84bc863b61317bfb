import type { Json, JsonObject } from 'assay/pack';
import { bodyOf, type MakeFamily, ok } from '../state.ts';
import { isObject, listFrom, stringOf } from './json.ts';
import { requireModel } from './models.ts';
import { hashOf } from './tokens.ts';

/** The categories, with the words that make a text belong to one and whether images are looked at for it. */
const categories: readonly { readonly name: string; readonly words: RegExp; readonly images: boolean }[] = [
  { name: 'harassment', words: /\b(?:idiot|loser|harass\w*)\b/iu, images: false },
  { name: 'harassment/threatening', words: /\bi will (?:find|hurt) you\b/iu, images: false },
  { name: 'sexual', words: /\b(?:porn\w*|sexual)\b/iu, images: true },
  { name: 'hate', words: /\bhate (?:them|those people)\b/iu, images: false },
  { name: 'hate/threatening', words: /\bthose people must die\b/iu, images: false },
  { name: 'illicit', words: /\b(?:shoplift\w*|counterfeit)\b/iu, images: false },
  { name: 'illicit/violent', words: /\bbuild a bomb\b/iu, images: false },
  { name: 'self-harm/intent', words: /\bi want to (?:hurt|harm) myself\b/iu, images: true },
  { name: 'self-harm/instructions', words: /\bhow to (?:hurt|harm) (?:my|your)self\b/iu, images: true },
  { name: 'self-harm', words: /\b(?:hurt|harm) (?:my|your)self\b/iu, images: true },
  { name: 'sexual/minors', words: /\bsexual\w* .*\bminors?\b/iu, images: false },
  { name: 'violence', words: /\b(?:kill|murder|violen\w+)\b/iu, images: true },
  { name: 'violence/graphic', words: /\b(?:gore|bloodbath)\b/iu, images: true },
];

/** Classifies texts and images by the words in the texts. */
export const moderations: MakeFamily = (state) => ({
  createModeration: (request) => {
    const body = bodyOf(request);
    const asked = stringOf(body['model']);
    if (asked !== undefined) requireModel(state, asked);
    const model = asked === undefined || asked === 'omni-moderation-latest' ? 'omni-moderation-2024-09-26' : asked;
    return ok({ id: state.id('modr-'), model, results: inputsOf(body['input']).map(resultOf) });
  },
});

interface Input {
  readonly text: string;
  readonly hasText: boolean;
  readonly hasImage: boolean;
}

// Every string is classified on its own; parts of text and images together.
function inputsOf(input: Json | undefined): Input[] {
  if (typeof input === 'string') return [{ text: input, hasText: true, hasImage: false }];
  const entries = listFrom(input);
  if (entries.every((entry) => typeof entry === 'string')) return entries.map((text) => ({ text, hasText: true, hasImage: false }));
  const parts = entries.filter(isObject);
  const texts = parts.map((part) => stringOf(part['text'])).filter((text) => text !== undefined);
  return [{ text: texts.join('\n'), hasText: texts.length > 0, hasImage: parts.some((part) => part['type'] === 'image_url') }];
}

function resultOf(input: Input): JsonObject {
  // Patterns with a gap take long on a text made for it.
  const text = input.text.slice(0, 10_000);
  const flags = categories.map(({ name, words }) => [name, words.test(text)] as const);
  const scores = flags.map(([name, flag]) => [name, (flag ? 0.9 : 0.001) + (hashOf(input.text + name) % 1000) / 100_000] as const);
  const kinds = categories.map(({ name, images }) => [name, kindsOf(input, images)] as const);
  return {
    flagged: flags.some(([, flag]) => flag),
    categories: Object.fromEntries(flags),
    category_scores: Object.fromEntries(scores),
    category_applied_input_types: Object.fromEntries(kinds),
  };
}

function kindsOf(input: Input, images: boolean): string[] {
  return [...(input.hasText ? ['text'] : []), ...(images && input.hasImage ? ['image'] : [])];
}
