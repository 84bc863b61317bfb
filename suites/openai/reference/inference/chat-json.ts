import type { Json, JsonObject } from 'assay/pack';
import type { ChatAudio, ChatCall, ChatChoice, ChatResult } from './chat-result.ts';
import { defined } from './json.ts';

/** The `chat.completion` object of a result. */
export function chatCompletion(result: ChatResult): JsonObject {
  return {
    ...identity(result, 'chat.completion'),
    choices: result.choices.map((choice) => ({
      index: choice.index,
      message: messageOf(choice),
      logprobs: logprobsOf(choice, choice.logprobs),
      finish_reason: choice.finish,
    })),
    usage: usageOf(result),
  };
}

/** The members that the object and every chunk share. */
export function identity(result: ChatResult, object: 'chat.completion' | 'chat.completion.chunk'): JsonObject {
  return {
    id: result.id,
    object,
    created: result.created,
    model: result.model,
    service_tier: 'default',
    system_fingerprint: result.fingerprint,
  };
}

/** The assistant's message of a choice. */
export function messageOf(choice: ChatChoice): JsonObject {
  return defined({
    role: 'assistant',
    content: choice.content,
    refusal: choice.refusal,
    tool_calls: choice.toolCalls.length > 0 ? choice.toolCalls.map(toolCall) : undefined,
    function_call: choice.functionCall && { ...choice.functionCall },
    audio: choice.audio && audioObject(choice.audio),
    annotations: choice.citation && [citationOf(choice.citation)],
  });
}

/** `logprobs` of a choice or a chunk: null where none were asked for, or where there is no text. */
export function logprobsOf(choice: ChatChoice, entries: ChatChoice['logprobs']): Json {
  if (entries === undefined) return null;
  const list = entries.map((entry) => ({ ...entry, top_logprobs: entry.top_logprobs.map((top) => ({ ...top })) }));
  return choice.refusal === null ? { content: list, refusal: null } : { content: null, refusal: list };
}

export function usageOf(result: ChatResult): JsonObject {
  return {
    ...result.usage,
    prompt_tokens_details: { ...result.usage.prompt_tokens_details },
    completion_tokens_details: { ...result.usage.completion_tokens_details },
  };
}

function toolCall(call: ChatCall): JsonObject {
  return { id: call.id, type: 'function', function: { name: call.name, arguments: call.arguments } };
}

function audioObject(audio: ChatAudio): JsonObject {
  return { id: audio.id, data: Buffer.from(audio.bytes).toString('base64'), transcript: audio.transcript, expires_at: audio.expiresAt };
}

function citationOf(citation: NonNullable<ChatChoice['citation']>): JsonObject {
  const { start, end, url, title } = citation;
  return { type: 'url_citation', url_citation: { start_index: start, end_index: end, url, title } };
}
