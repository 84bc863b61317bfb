import type { Json, JsonObject, ReferenceEvent, ReferenceReply, ReferenceRequest } from 'assay/pack';
import { bodyOf, type MakeFamily, ok, Refusal, type State } from '../state.ts';
import { sentinel } from './chat-stream.ts';
import { numberOf, stringOf, stringsOf } from './json.ts';
import { requireModel } from './models.ts';
import { answerTo } from './text-model.ts';
import { groupsOf, hashOf, idOfToken, logprobOf, tokensOf } from './tokens.ts';

/** What was heard in a file: the same for the same bytes. */
interface Heard {
  readonly text: string;
  readonly duration: number;
  readonly language: string;
  readonly temperature: number;
}

/** Writes down what is said in a file; the words come from its bytes and from the prompt. */
export const transcriptions: MakeFamily = (state) => ({
  createTranscription: (request): ReferenceReply => {
    const body = bodyOf(request);
    const model = requireKnown(state, body);
    requireSound(request);
    const heard = hear(request, languages[stringOf(body['language']) ?? 'en'] ?? 'english');
    const logprobs = includes(body).includes('logprobs') && model.startsWith('gpt-4o');
    // "Streaming is not supported for the whisper-1 model and will be ignored."
    if (isTrue(body['stream']) && model !== 'whisper-1') return { status: 200, events: transcriptEvents(heard, logprobs), lineEnd: '\r\n' };
    return written(heard, body, {
      words: granularities(body).includes('word'),
      segments: wantsSegments(body),
      logprobs,
      task: 'transcribe',
    });
  },
  createTranslation: (request): ReferenceReply => {
    const body = bodyOf(request);
    requireKnown(state, body);
    requireSound(request);
    return written(hear(request, 'english'), body, { words: false, segments: true, logprobs: false, task: 'translate' });
  },
});

const languages: Readonly<Record<string, string>> = {
  en: 'english',
  de: 'german',
  fr: 'french',
  es: 'spanish',
  it: 'italian',
  ja: 'japanese',
};

function requireKnown(state: State, body: JsonObject): string {
  const model = stringOf(body['model']) ?? '';
  requireModel(state, model);
  return model;
}

const formats = ['flac', 'm4a', 'mp3', 'mp4', 'mpeg', 'mpga', 'oga', 'ogg', 'wav', 'webm'];

// The service goes by the name of the file.
function requireSound(request: ReferenceRequest): void {
  const file = request.files.get('file')?.[0];
  const ending = file?.filename.split('.').at(-1)?.toLowerCase() ?? '';
  if (!file || formats.includes(ending)) return;
  const message = `Unrecognized file format. Supported formats: ${JSON.stringify(formats)}`;
  throw new Refusal(400, message, { param: 'file', code: 'invalid_value' });
}

function includes(body: JsonObject): string[] {
  return stringsOf(body['include[]'] ?? body['include']);
}

function granularities(body: JsonObject): string[] {
  return stringsOf(body['timestamp_granularities[]'] ?? body['timestamp_granularities']);
}

function wantsSegments(body: JsonObject): boolean {
  const asked = granularities(body);
  return asked.length === 0 || asked.includes('segment');
}

// A form has no types: the server's reader may give the text or the value.
function isTrue(value: Json | undefined): boolean {
  return value === true || value === 'true';
}

function hear(request: ReferenceRequest, language: string): Heard {
  const bytes = request.files.get('file')?.[0]?.bytes ?? new Uint8Array();
  const body = bodyOf(request);
  const topic = stringOf(body['prompt']) ?? `recording ${hashOf(Buffer.from(bytes).toString('latin1')) % 1000}`;
  return { text: answerTo(topic), duration: durationOf(bytes), language, temperature: numberOf(body['temperature']) ?? 0 };
}

/** Seconds of a WAV by its header; of other files by their size, as of speech at 128 kbit/s. */
function durationOf(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isWav = bytes.length > 44 && Buffer.from(bytes.subarray(0, 4)).toString('latin1') === 'RIFF';
  const bytesPerSecond = isWav ? view.getUint32(28, true) || 48_000 : 16_000;
  return Math.max(0.01, Math.round(((bytes.length - (isWav ? 44 : 0)) / bytesPerSecond) * 100) / 100);
}

function written(
  heard: Heard,
  body: JsonObject,
  wanted: { readonly words: boolean; readonly segments: boolean; readonly logprobs: boolean; readonly task: string },
): ReferenceReply {
  const format = stringOf(body['response_format']) ?? 'json';
  const plain = { text: `${heard.text}\n`, srt: srtOf(heard), vtt: vttOf(heard) }[format];
  if (plain !== undefined) return { status: 200, bytes: new TextEncoder().encode(plain), mediaType: 'text/plain' };
  if (format !== 'verbose_json') return ok({ text: heard.text, ...(wanted.logprobs && { logprobs: logprobsOf(tokensOf(heard.text)) }) });
  return ok({
    task: wanted.task,
    language: heard.language,
    duration: heard.duration,
    text: heard.text,
    ...(wanted.words && { words: wordsOf(heard) }),
    ...(wanted.segments && { segments: segmentsOf(heard) }),
  });
}

interface Span {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

// Times go evenly over the texts: no part is before the one in front of it, none beyond the end.
function spansOf(texts: readonly string[], duration: number): Span[] {
  const at = (place: number): number => Math.round((duration * place * 100) / texts.length) / 100;
  return texts.map((text, place) => ({ text, start: Math.min(at(place), duration), end: Math.min(at(place + 1), duration) }));
}

function sentencesOf(heard: Heard): Span[] {
  return spansOf(heard.text.match(/[^.]+\.?/gu) ?? [heard.text], heard.duration);
}

function wordsOf(heard: Heard): JsonObject[] {
  return spansOf(heard.text.match(/[\p{L}\p{N}]+/gu) ?? [], heard.duration).map(({ text, start, end }) => ({ word: text, start, end }));
}

function segmentsOf(heard: Heard): JsonObject[] {
  return sentencesOf(heard).map(({ text, start, end }, id) => ({
    id,
    seek: 0,
    start,
    end,
    text,
    tokens: tokensOf(text).map(idOfToken),
    temperature: heard.temperature,
    avg_logprob: -0.25,
    compression_ratio: 1.25,
    no_speech_prob: 0.01,
  }));
}

function srtOf(heard: Heard): string {
  return sentencesOf(heard)
    .map(({ text, start, end }, place) => `${place + 1}\n${clock(start, ',')} --> ${clock(end, ',')}\n${text.trim()}\n\n`)
    .join('');
}

function vttOf(heard: Heard): string {
  const cues = sentencesOf(heard).map(({ text, start, end }) => `${clock(start, '.')} --> ${clock(end, '.')}\n${text.trim()}\n\n`);
  return `WEBVTT\n\n${cues.join('')}`;
}

function clock(seconds: number, mark: ',' | '.'): string {
  return new Date(Math.round(seconds * 1000)).toISOString().slice(11, 23).replace('.', mark);
}

function logprobsOf(tokens: readonly string[]): JsonObject[] {
  return tokens.map((token) => ({ ...logprobOf(token) }));
}

function* transcriptEvents(heard: Heard, logprobs: boolean): Iterable<ReferenceEvent> {
  const withLogprobs = (tokens: readonly string[]): JsonObject => (logprobs ? { logprobs: logprobsOf(tokens) } : {});
  const tokens = tokensOf(heard.text);
  for (const group of groupsOf(tokens))
    yield { data: { type: 'transcript.text.delta', delta: group.join(''), ...withLogprobs(group) }, delayMs: 20 };
  yield { data: { type: 'transcript.text.done', text: heard.text, ...withLogprobs(tokens) } };
  yield sentinel;
}
