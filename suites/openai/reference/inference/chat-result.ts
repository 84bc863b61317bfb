import { answer, type Answer, formatTokens } from './answer.ts';
import type { ChatRequest } from './chat-request.ts';
import { soundOf } from './sound.ts';
import { acceptedTokens, reasoningTokens } from './text-model.ts';
import { countTokens, hashOf, likeliest, logprobOf, type TokenLogprob } from './tokens.ts';

type ChatFinish = 'stop' | 'length' | 'tool_calls' | 'content_filter' | 'function_call';

/** One entry of `logprobs.content` or `logprobs.refusal`. */
interface LogprobEntry extends TokenLogprob {
  readonly top_logprobs: readonly TokenLogprob[];
}

export interface ChatCall {
  readonly id: string;
  readonly name: string;
  readonly arguments: string;
}

export interface ChatAudio {
  readonly id: string;
  readonly bytes: Uint8Array;
  readonly transcript: string;
  readonly expiresAt: number;
}

/** One choice, before it is written as a message or as chunks. */
export interface ChatChoice {
  readonly index: number;
  readonly content: string | null;
  readonly refusal: string | null;
  readonly tokens: readonly string[];
  readonly toolCalls: readonly ChatCall[];
  readonly functionCall?: { readonly name: string; readonly arguments: string };
  readonly audio?: ChatAudio;
  readonly citation?: { readonly start: number; readonly end: number; readonly url: string; readonly title: string };
  /** One entry for each token, where log probabilities were asked for. */
  readonly logprobs?: readonly LogprobEntry[];
  readonly finish: ChatFinish;
}

interface ChatUsage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
  readonly prompt_tokens_details: { readonly cached_tokens: number; readonly audio_tokens: number };
  readonly completion_tokens_details: {
    readonly reasoning_tokens: number;
    readonly audio_tokens: number;
    readonly accepted_prediction_tokens: number;
    readonly rejected_prediction_tokens: number;
  };
}

/** The answer to a chat request, from which both the object and the stream are written. */
export interface ChatResult {
  readonly id: string;
  readonly created: number;
  readonly model: string;
  readonly fingerprint: string;
  readonly choices: readonly ChatChoice[];
  readonly usage: ChatUsage;
}

/** Makes ids and tells the time; the state of the server has both. */
export interface Maker {
  id(prefix: string, length?: number): string;
  now(): number;
}

/** Runs the model on a request. */
export function chatResult(request: ChatRequest, maker: Maker): ChatResult {
  const id = maker.id('chatcmpl-', 29);
  const created = maker.now();
  const thought = Math.min(reasoningTokens(request.effort), request.most ?? Number.POSITIVE_INFINITY);
  const left = request.most === undefined ? undefined : request.most - thought;
  const answers = Array.from({ length: request.n }, (_, index) => answer({ ...request, most: left }, index));
  const choices = answers.map((made, index) => choiceOf(made, index, request, maker, created));
  const completion = answers.reduce((sum, made) => sum + made.used + thought, 0);
  const prompt = request.promptTokens + formatTokens(request.format);
  const spoken = request.audio ? answers.reduce((sum, made) => sum + made.tokens.length, 0) : 0;
  const accepted =
    request.prediction === undefined ? 0 : Math.max(...answers.map((made) => acceptedTokens(request.prediction ?? '', made.text)));
  return {
    id,
    created,
    model: request.model,
    fingerprint: `fp_${hashOf(request.model).toString(16).padStart(10, '0')}`,
    choices,
    usage: {
      prompt_tokens: prompt,
      completion_tokens: completion,
      total_tokens: prompt + completion,
      prompt_tokens_details: { cached_tokens: 0, audio_tokens: request.promptAudioTokens },
      completion_tokens_details: {
        reasoning_tokens: thought * request.n,
        audio_tokens: spoken,
        accepted_prediction_tokens: accepted,
        rejected_prediction_tokens: 0,
      },
    },
  };
}

function choiceOf(made: Answer, index: number, request: ChatRequest, maker: Maker, created: number): ChatChoice {
  const base = { index, content: null, refusal: null, tokens: made.tokens, toolCalls: [], finish: finishOf(made, request) };
  if (made.kind === 'calls') {
    const [first] = made.calls;
    if (request.legacy && first) return { ...base, functionCall: first };
    return { ...base, toolCalls: made.calls.map((call) => ({ id: maker.id('call_'), ...call })) };
  }
  if (made.kind === 'text' && request.audio) return { ...base, audio: audioOf(made, request.audio.format, maker, created) };
  const logprobs =
    request.topLogprobs === undefined ? {} : { logprobs: made.tokens.map((token) => entryOf(token, request.topLogprobs ?? 0)) };
  if (made.kind === 'refusal') return { ...base, ...logprobs, refusal: made.text };
  return { ...base, ...logprobs, ...(request.webSearch && made.text !== '' && { citation: citationOf(made.text) }), content: made.text };
}

// A call that the client forced by name ends with `stop`, as the recorded service does without exception; others end with the kind of call.
function finishOf(made: Answer, request: ChatRequest): ChatFinish {
  if (made.ending === 'length') return 'length';
  if (made.ending === 'filter') return 'content_filter';
  if (made.kind !== 'calls' || typeof request.choosing === 'object') return 'stop';
  return request.legacy ? 'function_call' : 'tool_calls';
}

function entryOf(token: string, top: number): LogprobEntry {
  return { ...logprobOf(token), top_logprobs: likeliest(token, top) };
}

function audioOf(made: Answer, format: string, maker: Maker, created: number): ChatAudio {
  return { id: maker.id('audio_'), bytes: soundOf(format, countTokens(made.text)), transcript: made.text, expiresAt: created + 3600 };
}

function citationOf(text: string): NonNullable<ChatChoice['citation']> {
  const end = Math.max(1, text.indexOf('.') + 1);
  return { start: 0, end: Math.min(end, text.length), url: 'https://reference.example/source', title: 'Source' };
}
