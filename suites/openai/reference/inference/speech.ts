import type { ReferenceEvent, ReferenceReply, ReferenceRequest } from 'assay/pack';
import { bodyOf, type MakeFamily } from '../state.ts';
import { sentinel, slicesOf } from './chat-stream.ts';
import { stringOf } from './json.ts';
import { requireModel } from './models.ts';
import { soundOf, soundTypes } from './sound.ts';
import { countTokens } from './tokens.ts';

/** Speaks a text: silence of its length, in the format that was asked for. */
export const speech: MakeFamily = (state) => ({
  createSpeech: (request): ReferenceReply => {
    const body = bodyOf(request);
    requireModel(state, stringOf(body['model']) ?? '');
    const format = stringOf(body['response_format']) ?? 'mp3';
    const input = stringOf(body['input']) ?? '';
    const bytes = soundOf(format, countTokens(input) * 4);
    if (body['stream_format'] === 'sse') return { status: 200, events: speechEvents(bytes, countTokens(input)), lineEnd: '\r\n' };
    // "Transfer-Encoding: chunked" is the one response header of the document.
    return {
      status: 200,
      headers: [['transfer-encoding', 'chunked']],
      bytes,
      mediaType: declaredType(request, soundTypes[format] ?? 'audio/mpeg'),
    };
  },
});

// The published document declares nothing but application/octet-stream; a corrected one names the types that are sent.
function declaredType(request: ReferenceRequest, type: string): string {
  const declared = request.operation.responses.find((response) => response.status === '200')?.content ?? [];
  const fits = declared.some(({ mediaType }) => mediaType === type || mediaType === 'audio/*' || mediaType === '*/*');
  return fits ? type : 'application/octet-stream';
}

/** The stream of an edition that has one: parts of the same bytes, then what it cost. */
function* speechEvents(bytes: Uint8Array, inputTokens: number): Iterable<ReferenceEvent> {
  for (const part of slicesOf(bytes, 4))
    yield { data: { type: 'speech.audio.delta', audio: Buffer.from(part).toString('base64') }, delayMs: 20 };
  const output = Math.max(1, inputTokens * 2);
  yield {
    data: {
      type: 'speech.audio.done',
      usage: { input_tokens: inputTokens, output_tokens: output, total_tokens: inputTokens + output },
    },
  };
  yield sentinel;
}
