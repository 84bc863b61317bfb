import type { Json, JsonObject, ReferenceEvent, ReferenceReply } from 'assay/pack';
import { bodyOf, type MakeFamily, ok, Refusal } from '../state.ts';
import { answer } from './answer.ts';
import { contextWindow, failure } from './chat.ts';
import { sentinel } from './chat-stream.ts';
import { inputsOf } from './embeddings.ts';
import { numberOf, objectOf, stringOf, stringsOf } from './json.ts';
import { requireModel } from './models.ts';
import { situationOf } from './text-model.ts';
import { groupsOf, hashOf, likeliest, logprobOf, tokensOf } from './tokens.ts';

interface Choice {
  readonly index: number;
  readonly tokens: readonly string[];
  /** Where the first token stands: after the prompt, or at its start where it is echoed. */
  readonly offset: number;
  readonly finish: 'stop' | 'length' | 'content_filter';
}

interface Result {
  readonly identity: JsonObject;
  readonly choices: readonly Choice[];
  /** How many likely tokens each position lists; `undefined` where no log probabilities were asked for. */
  readonly logprobs: number | undefined;
  readonly usage: JsonObject;
}

/** Completes prompts, the older way to ask a model. */
export const completions: MakeFamily = (state) => ({
  createCompletion: (request): ReferenceReply => {
    const body = bodyOf(request);
    const model = stringOf(body['model']) ?? '';
    requireModel(state, model);
    const identity = {
      id: state.id('cmpl-', 29),
      object: 'text_completion',
      created: state.now(),
      model,
      system_fingerprint: `fp_${hashOf(model).toString(16).padStart(10, '0')}`,
    };
    const result = resultOf(body, identity);
    const failing = promptsOf(body).some((prompt) => situationOf(prompt.text) === 'failure');
    if (failing && body['stream'] !== true) throw new Refusal(500, failure.message);
    if (body['stream'] !== true)
      return ok({ ...identity, choices: result.choices.map((choice) => whole(choice, result)), usage: result.usage });
    return { status: 200, events: eventsOf(result, objectOf(body['stream_options'])['include_usage'] === true, failing) };
  },
});

function resultOf(body: JsonObject, identity: JsonObject): Result {
  const prompts = promptsOf(body);
  const n = numberOf(body['n']) ?? 1;
  const bestOf = numberOf(body['best_of']);
  if (bestOf !== undefined && bestOf > 0 && bestOf < n) {
    throw new Refusal(400, `You requested that the server return more choices than it will generate (n = ${n}, best_of = ${bestOf}).`, {
      param: 'best_of',
    });
  }
  const most = numberOf(body['max_tokens']) ?? 16;
  const longest = Math.max(...prompts.map((prompt) => prompt.tokens));
  if (longest + most > contextWindow) {
    const message = `This model's maximum context length is ${contextWindow} tokens, but you requested ${longest + most} tokens.`;
    throw new Refusal(400, message, { param: 'prompt', code: 'context_length_exceeded' });
  }
  let used = 0;
  const choices = prompts.flatMap((prompt, place) =>
    Array.from({ length: n }, (_, variant): Choice => {
      const made = answer(
        {
          prompt: prompt.text,
          history: [],
          toolAnswers: [],
          situation: situationOf(prompt.text),
          format: { type: 'text' },
          tools: [],
          choosing: 'none',
          parallel: false,
          stops: stringsOf(body['stop']),
          most,
          lead: ' ',
        },
        variant,
      );
      used += made.used;
      const echoed = body['echo'] === true ? tokensOf(prompt.text) : [];
      return {
        index: place * n + variant,
        tokens: [...echoed, ...made.tokens],
        offset: body['echo'] === true ? 0 : prompt.text.length,
        finish: made.ending === 'filter' ? 'content_filter' : made.ending,
      };
    }),
  );
  const asked = prompts.reduce((sum, prompt) => sum + prompt.tokens, 0);
  const usage = { prompt_tokens: asked, completion_tokens: used, total_tokens: asked + used };
  return { identity, choices, logprobs: numberOf(body['logprobs']), usage };
}

// Without a prompt the model starts as at the beginning of a document.
function promptsOf(body: JsonObject): { readonly text: string; readonly tokens: number }[] {
  const prompts = inputsOf(body['prompt'] ?? '');
  return prompts.length > 0 ? prompts : inputsOf('');
}

function whole(choice: Choice, result: Result): JsonObject {
  return {
    text: choice.tokens.join(''),
    index: choice.index,
    logprobs: logprobsOf(choice.tokens, choice.offset, result),
    finish_reason: choice.finish,
  };
}

function logprobsOf(tokens: readonly string[], offset: number, result: Result): Json {
  const count = result.logprobs;
  if (count === undefined) return null;
  let at = offset;
  return {
    tokens: [...tokens],
    token_logprobs: tokens.map((token) => logprobOf(token).logprob),
    // The sampled token is always listed, also where it was not among the likeliest.
    top_logprobs: tokens.map((token) =>
      Object.fromEntries([logprobOf(token), ...likeliest(token, count)].map((one) => [one.token, one.logprob])),
    ),
    text_offset: tokens.map((token) => {
      const place = at;
      at += token.length;
      return place;
    }),
  };
}

/** Here the last piece of a choice carries text and the finish reason together, unlike a chat. */
function* eventsOf(result: Result, includeUsage: boolean, failing: boolean): Iterable<ReferenceEvent> {
  const streams = result.choices.map((choice) => ({
    choice,
    groups: choice.tokens.length > 0 ? groupsOf(choice.tokens) : [[]],
    at: choice.offset,
  }));
  const longest = Math.max(...streams.map((stream) => stream.groups.length));
  for (let turn = 0; turn < longest; turn += 1) {
    if (failing && turn === 1) {
      yield { data: { error: failure } };
      return;
    }
    for (const stream of streams) {
      const group = stream.groups[turn];
      if (!group) continue;
      const finish = turn === stream.groups.length - 1 && !failing ? stream.choice.finish : null;
      const piece = {
        text: group.join(''),
        index: stream.choice.index,
        logprobs: logprobsOf(group, stream.at, result),
        finish_reason: finish,
      };
      stream.at += piece.text.length;
      yield { data: { ...result.identity, choices: [piece], ...(includeUsage && { usage: null }) }, delayMs: 20 };
    }
  }
  if (failing) {
    yield { data: { error: failure } };
    return;
  }
  if (includeUsage) yield { data: { ...result.identity, choices: [], usage: result.usage } };
  yield sentinel;
}
