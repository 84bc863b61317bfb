import type { StreamGrammar } from 'assay/pack';
import { rulesOf } from 'assay/pack';

const error = { member: 'error', shape: 'sse.error-shape' };

/** The stream of a transcription: text deltas, or segments of a diarized one, then the whole. */
export const transcription: StreamGrammar = {
  id: 'stt',
  operations: ['createTranscription'],
  framing: {
    type: { from: 'payload', path: 'type', rule: 'stt.order' },
    eventLine: 'forbid',
    sentinel: { data: '[DONE]', policy: 'require' },
    error,
  },
  request: {},
  recognise: { in: ['type', ['transcript.text.delta', 'transcript.text.segment', 'transcript.text.done']] },
  nonempty: 'stt.done-once',
  unknownEvent: 'stt.order',
  requiredRule: 'stt.order',
  events: {
    'transcript.text.delta': {
      required: { delta: 'string' },
      do: [
        { mark: 'delta' },
        { append: 'text', from: 'delta' },
        { append: 'letters', from: 'delta', form: 'letters' },
        { bytes: 'logprobs', text: 'delta', tokens: 'logprobs', when: { not: { empty: 'logprobs' } } },
        { append: 'tokens', from: 'logprobs', form: 'entries' },
      ],
      shape: [{ rule: 'stt.order', when: { seen: 'done' }, expected: 'nothing after transcript.text.done', stop: true }],
    },
    'transcript.text.segment': {
      required: { id: 'string', text: 'string', start: 'number', end: 'number' },
      shape: [{ rule: 'stt.order', when: { seen: 'done' }, expected: 'nothing after transcript.text.done', stop: true }],
      checks: [{ rule: 'stt.segments', that: { atMost: ['start', 'end'] }, at: 'end', expected: 'start <= end' }],
      do: [{ mark: 'segment' }, { rising: 'start', rule: 'stt.segments' }, { append: 'segments', from: 'text', form: 'words' }],
      inside: [{ entity: 'segment', key: 'id', action: 'open' }],
    },
    'transcript.text.done': {
      required: { text: 'string' },
      checks: [
        { rule: 'stt.done-once', when: { seen: 'done' }, expected: 'one transcript.text.done' },
        { rule: 'stt.logprobs', that: { agree: 'logprobs' }, at: 'logprobs', expected: 'the bytes of the deltas' },
      ],
      do: [
        { mark: 'done' },
        { settle: 'text', from: 'text', rule: 'stt.text-equals', when: { not: { seen: 'segment' } } },
        // What parts a speaker's words from the next one's is in no delta.
        {
          settle: 'letters',
          from: 'text',
          rule: 'stt.text-equals',
          form: 'letters',
          when: { all: [{ seen: 'segment' }, { seen: 'delta' }] },
        },
        { settle: 'segments', from: 'text', rule: 'stt.text-equals', form: 'words', when: { seen: 'segment' } },
        { settle: 'tokens', from: 'logprobs', rule: 'stt.logprobs', form: 'entries' },
      ],
    },
  },
  entities: { segment: { again: 'stt.segments' } },
  end: [{ rule: 'stt.done-once', that: { seen: 'done' }, expected: 'transcript.text.done' }],
  union: { component: 'CreateTranscriptionResponseStreamEvent', tag: 'type' },
  schemaRules: [
    { at: '/logprobs/**', rule: 'stt.logprobs' },
    { at: '/*', rule: 'stt.order' },
  ],
  rules: rulesOf(`
stt.order | MUST | schema | Only transcription events, the done event last, with the members of their types | Clients stop at the done event | transcript.text.done, then transcript.text.delta
stt.done-once | MUST | schema | transcript.text.done comes once | It carries the whole text | transcript.text.delta, then data: [DONE]
stt.text-equals | MUST | prose | The deltas joined, or the segments with blanks between them, are the text of the done event | Clients show one or the other | deltas "a", "b", done "ac"
stt.logprobs | SHOULD | observed | The tokens of the deltas are their text, and those of the done event | Tools that align tokens with text lose their place | "delta":"ab","logprobs":[{"bytes":[97]}]
stt.segments | SHOULD | schema | Segment ids are unique, start is at most end and never falls | Players jump by them | "start":2,"end":1
`),
};

/** The stream of a speech: base64 pieces of audio, then the usage. */
export const speech: StreamGrammar = {
  id: 'tts',
  operations: ['createSpeech'],
  framing: {
    type: { from: 'payload', path: 'type', rule: 'tts.order' },
    eventLine: 'forbid',
    sentinel: { data: '[DONE]', policy: 'require' },
    error,
  },
  request: {},
  recognise: { in: ['type', ['speech.audio.delta', 'speech.audio.done']] },
  nonempty: 'tts.done-once',
  unknownEvent: 'tts.order',
  requiredRule: 'tts.order',
  events: {
    'speech.audio.delta': {
      required: { audio: 'string' },
      checks: [
        { rule: 'tts.order', when: { seen: 'done' }, expected: 'nothing after speech.audio.done' },
        { rule: 'tts.audio', that: { is: ['audio', 'base64'] }, at: 'audio', expected: 'base64 that ends with the piece' },
      ],
    },
    'speech.audio.done': {
      required: { usage: 'object' },
      checks: [{ rule: 'tts.done-once', when: { seen: 'done' }, expected: 'one speech.audio.done' }],
      do: [{ mark: 'done' }],
    },
  },
  entities: {},
  union: { component: 'CreateSpeechResponseStreamEvent', tag: 'type' },
  schemaRules: [{ at: '/*', rule: 'tts.order' }],
  end: [{ rule: 'tts.done-once', that: { seen: 'done' }, expected: 'speech.audio.done' }],
  rules: rulesOf(`
tts.order | MUST | schema | Only speech events, the done event last, with the members of their types | Clients stop at the done event | speech.audio.done, then speech.audio.delta
tts.done-once | MUST | schema | speech.audio.done comes once | It carries the usage | speech.audio.delta, then data: [DONE]
tts.audio | MUST | prose | Each audio is base64 on its own | Clients decode piece by piece | "audio":"AAE"
`),
};
