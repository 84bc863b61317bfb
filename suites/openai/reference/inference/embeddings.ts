import type { Json } from 'assay/pack';
import { bodyOf, type MakeFamily, ok, Refusal } from '../state.ts';
import { listFrom, numberOf, stringOf } from './json.ts';
import { requireModel } from './models.ts';
import { countTokens, hashOf, randomFrom, textOfIds, tokensOf } from './tokens.ts';

const lengths: Readonly<Record<string, number>> = { 'text-embedding-3-large': 3072 };

/** No model of the API has longer vectors; more would only fill memory. */
const longest = 3072;

/** Tokens of one input. */
const mostTokens = 8192;

/** Embeds texts: texts with common words get vectors that point a similar way. */
export const embeddings: MakeFamily = (state) => ({
  createEmbedding: (request) => {
    const body = bodyOf(request);
    const model = stringOf(body['model']) ?? '';
    requireModel(state, model);
    const inputs = inputsOf(body['input']);
    const length = numberOf(body['dimensions']) ?? lengths[model] ?? 1536;
    if (length > longest) {
      throw new Refusal(400, `Invalid value for 'dimensions': ${length} is more than the ${longest} of the longest model.`, {
        param: 'dimensions',
      });
    }
    if (inputs.some((input) => input.tokens > mostTokens)) {
      throw new Refusal(400, `This model's maximum context length is ${mostTokens} tokens.`, {
        param: 'input',
        code: 'context_length_exceeded',
      });
    }
    const tokens = inputs.reduce((sum, input) => sum + input.tokens, 0);
    const data = inputs.map((input, index) => {
      const vector = embed(input.text, length);
      return { object: 'embedding', index, embedding: body['encoding_format'] === 'base64' ? base64Of(vector) : vector.map(short) };
    });
    return ok({ object: 'list', data, model, usage: { prompt_tokens: tokens, total_tokens: tokens } });
  },
});

/** One or more inputs: a text, texts, one list of token ids, or several. */
export function inputsOf(input: Json | undefined): { readonly text: string; readonly tokens: number }[] {
  if (typeof input === 'string') return [{ text: input, tokens: countTokens(input) }];
  const entries = listFrom(input);
  if (entries.length > 0 && entries.every((entry) => typeof entry === 'number')) return [ofIds(entries)];
  return entries.map((entry) =>
    typeof entry === 'string' ? { text: entry, tokens: countTokens(entry) } : ofIds(listFrom(entry).filter((id) => typeof id === 'number')),
  );
}

function ofIds(ids: readonly number[]): { text: string; tokens: number } {
  return { text: textOfIds(ids), tokens: ids.length };
}

/** A vector of length one in 32-bit numbers: the sum of a direction for each word. */
function embed(text: string, length: number): number[] {
  const sum = Array.from({ length }, () => 0);
  for (const word of [text, ...tokensOf(text.toLowerCase()).slice(0, 64)]) {
    const random = randomFrom(hashOf(word.trim()));
    for (let at = 0; at < length; at += 1) sum[at] = (sum[at] ?? 0) + random() - 0.5;
  }
  const size = Math.hypot(...sum) || 1;
  return sum.map((value) => Math.fround(value / size));
}

// Nine digits bring a 32-bit number back exactly, so that both encodings hold the same vector.
function short(value: number): number {
  return Number(value.toPrecision(9));
}

function base64Of(vector: readonly number[]): string {
  return Buffer.from(Float32Array.from(vector).buffer).toString('base64');
}
