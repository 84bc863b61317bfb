import type { JsonObject } from 'assay/pack';
import { bodyOf, type MakeFamily, ok, type State } from '../state.ts';
import { isObject } from './json.ts';
import { requireModel } from './models.ts';

/** Opens sessions for browsers: what was asked for over the defaults, with a secret that lives for a minute. */
export const realtimeSessions: MakeFamily = (state) => ({
  'create-realtime-session': (request) => {
    const body = bodyOf(request);
    if (typeof body['model'] === 'string') requireModel(state, body['model']);
    return ok({
      id: state.id('sess_'),
      object: 'realtime.session',
      model: 'gpt-4o-realtime-preview',
      modalities: ['text', 'audio'],
      instructions: 'Be brief and kind.',
      voice: 'alloy',
      input_audio_format: 'pcm16',
      output_audio_format: 'pcm16',
      tools: [],
      tool_choice: 'auto',
      temperature: 0.8,
      max_response_output_tokens: 'inf',
      ...body,
      turn_detection: turnDetection(body),
      client_secret: secret(state),
    });
  },
  'create-realtime-transcription-session': (request) => {
    const body = bodyOf(request);
    return ok({
      id: state.id('sess_'),
      object: 'realtime.transcription_session',
      modalities: ['text', 'audio'],
      input_audio_format: 'pcm16',
      ...body,
      turn_detection: turnDetection(body),
      client_secret: secret(state),
    });
  },
});

function turnDetection(body: JsonObject): JsonObject {
  const asked = isObject(body['turn_detection']) ? body['turn_detection'] : {};
  if (asked['type'] === 'semantic_vad') return { eagerness: 'auto', ...asked };
  return { type: 'server_vad', threshold: 0.5, prefix_padding_ms: 300, silence_duration_ms: 500, ...asked };
}

function secret(state: State): JsonObject {
  return { value: state.id('ek_', 32), expires_at: state.now() + 60 };
}
