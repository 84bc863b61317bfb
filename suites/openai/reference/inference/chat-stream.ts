import type { Json, JsonObject, ReferenceEvent } from 'assay/pack';
import { identity, logprobsOf, usageOf } from './chat-json.ts';
import type { ChatChoice, ChatResult } from './chat-result.ts';
import { groupsOf, tokensOf } from './tokens.ts';

/** The piece of a stream that ends it when nothing went wrong. */
export const sentinel: ReferenceEvent = { data: '[DONE]' };

interface Piece {
  readonly delta: JsonObject;
  readonly logprobs?: Json;
  readonly finish?: string;
}

/** The events of a streamed chat completion: every choice opens first, in order; then their pieces take turns. */
export function* chatEvents(
  result: ChatResult,
  options: { readonly includeUsage: boolean; readonly failing?: JsonObject },
): Iterable<ReferenceEvent> {
  const streams = result.choices.map((choice) => ({ choice, pieces: [...piecesOf(choice)] }));
  const longest = Math.max(...streams.map((stream) => stream.pieces.length));
  for (let turn = 0; turn < longest; turn += 1) {
    // A server that breaks off has sent something, but no choice to its end.
    if (options.failing && turn === 2) break;
    for (const { choice, pieces } of streams) {
      const piece = pieces[turn];
      if (piece) yield { data: chunk(result, choice, piece, options.includeUsage), delayMs: 20 };
    }
  }
  if (options.failing) {
    yield { data: { error: options.failing } };
    return;
  }
  if (options.includeUsage) yield { data: { ...identity(result, 'chat.completion.chunk'), choices: [], usage: usageOf(result) } };
  yield sentinel;
}

function chunk(result: ChatResult, choice: ChatChoice, piece: Piece, includeUsage: boolean): JsonObject {
  return {
    ...identity(result, 'chat.completion.chunk'),
    choices: [{ index: choice.index, delta: piece.delta, logprobs: piece.logprobs ?? null, finish_reason: piece.finish ?? null }],
    ...(includeUsage && { usage: null }),
  };
}

function* piecesOf(choice: ChatChoice): Iterable<Piece> {
  if (choice.toolCalls.length > 0) yield* toolPieces(choice);
  else if (choice.functionCall) yield* functionPieces(choice.functionCall);
  else if (choice.audio) yield* audioPieces(choice.audio);
  else yield* textPieces(choice);
  yield { delta: {}, finish: choice.finish };
}

function* textPieces(choice: ChatChoice): Iterable<Piece> {
  const refused = choice.refusal !== null;
  const logprobs = (from: number, to: number): Json => logprobsOf(choice, choice.logprobs?.slice(from, to));
  const opening = refused ? { content: null, refusal: '' } : { content: '', refusal: null };
  yield { delta: { role: 'assistant', ...opening }, logprobs: logprobs(0, 0) };
  let at = 0;
  for (const group of groupsOf(choice.tokens)) {
    yield { delta: { [refused ? 'refusal' : 'content']: group.join('') }, logprobs: logprobs(at, at + group.length) };
    at += group.length;
  }
}

function* toolPieces(choice: ChatChoice): Iterable<Piece> {
  yield { delta: { role: 'assistant', content: null, refusal: null } };
  for (const [index, call] of choice.toolCalls.entries()) {
    yield { delta: { tool_calls: [{ index, id: call.id, type: 'function', function: { name: call.name, arguments: '' } }] } };
    for (const group of groupsOf(tokensOf(call.arguments)))
      yield { delta: { tool_calls: [{ index, function: { arguments: group.join('') } }] } };
  }
}

function* functionPieces(call: NonNullable<ChatChoice['functionCall']>): Iterable<Piece> {
  yield { delta: { role: 'assistant', content: null, refusal: null, function_call: { name: call.name, arguments: '' } } };
  for (const group of groupsOf(tokensOf(call.arguments))) yield { delta: { function_call: { arguments: group.join('') } } };
}

function* audioPieces(audio: NonNullable<ChatChoice['audio']>): Iterable<Piece> {
  yield { delta: { role: 'assistant', content: null, refusal: null } };
  const [first = [], ...rest] = groupsOf(tokensOf(audio.transcript));
  yield { delta: { audio: { id: audio.id, transcript: first.join('') } } };
  for (const group of rest) yield { delta: { audio: { transcript: group.join('') } } };
  for (const part of slicesOf(audio.bytes, 3)) yield { delta: { audio: { data: Buffer.from(part).toString('base64') } } };
  yield { delta: { audio: { expires_at: audio.expiresAt } } };
}

/** Bytes in at most `count` parts whose lengths are multiples of three, so that their Base64 texts join to that of the whole. */
export function slicesOf(bytes: Uint8Array, count: number): Uint8Array[] {
  const size = Math.max(3, Math.ceil(bytes.length / count / 3) * 3);
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => bytes.subarray(at * size, (at + 1) * size));
}
