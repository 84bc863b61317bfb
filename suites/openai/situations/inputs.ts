import type { JsonObject, Situation } from 'assay/pack';

function completion(name: string, body: JsonObject, more: Partial<Situation> = {}): Situation {
  return { name, operation: 'createCompletion', body: { max_tokens: 8, ...body }, ...more };
}

function embedding(name: string, body: JsonObject, more: Partial<Situation> = {}): Situation {
  return { name, operation: 'createEmbedding', body, ...more };
}

/** The forms in which completions, embeddings and moderations take what they work on, and a path that leads nowhere. */
export const inputSituations: readonly Situation[] = [
  completion('prompt-in-a-list', { prompt: ['The harbour is'] }),
  completion('prompt-of-tokens', { prompt: [464, 25451, 318] }),
  completion('prompts-of-tokens', {
    prompt: [
      [464, 25451, 318],
      [464, 8848],
    ],
  }),
  completion('several-prompts-and-choices', { prompt: ['The harbour is', 'The boat is'], n: 2 }),
  completion('echo', { prompt: 'The harbour is', echo: true }),
  completion('stop-text', { prompt: 'One, two, three,', stop: ' ' }),
  completion('capped', { prompt: 'The harbour is', max_tokens: 2 }),
  completion('logprobs', { prompt: 'The harbour is', logprobs: 2 }),
  completion('nulls', { prompt: 'The harbour is', temperature: null, top_p: null, n: null, stop: null, logprobs: null, echo: null }),
  embedding('several-inputs', { input: ['The harbour at dawn.', 'A lorry full of gravel.', 'Tax law.'] }),
  embedding('tokens', { input: [464, 25451, 318] }),
  embedding('lists-of-tokens', {
    input: [
      [464, 25451, 318],
      [464, 8848],
    ],
  }),
  embedding('floats', { input: 'The harbour at dawn.', encoding_format: 'float' }),
  embedding('base64', { input: 'The harbour at dawn.', encoding_format: 'base64' }),
  // Only models that were trained for it can shorten their vectors.
  embedding('dimensions', { input: 'The harbour at dawn.', dimensions: 64 }, { level: 'SHOULD' }),
  { name: 'id-with-slash', operation: 'retrieveModel', body: {}, rebind: { 'model.id': 'slashed_model' } },
  {
    name: 'unknown-route',
    operation: 'listModels',
    path: '/assay/no-such-route',
    body: {},
    level: 'SHOULD',
    breaks: { keyword: 'route', at: '', what: 'asks for a path that the document lacks' },
  },
  { name: 'several-inputs', operation: 'createModeration', body: { input: ['I like boats.', 'I like tea.'] } },
];
