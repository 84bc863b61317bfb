import type { JsonObject, ReferenceEvent, ReferenceReply, ReferenceRequest } from 'assay/pack';
import { bodyOf, type MakeFamily, ok, type State } from '../state.ts';
import { numberOf, stringOf } from './json.ts';
import { requireModel } from './models.ts';
import { requireEditable, requireSquare } from './pictures.ts';
import { pngOf } from './png.ts';
import { countTokens, hashOf } from './tokens.ts';

/** Makes pictures of one colour, in the size that was asked for. */
export const images: MakeFamily = (state) => ({
  createImage: (request) => imagesReply(request, state, 'image_generation'),
  createImageEdit: (request) => {
    requireEditable(request.files.get('image')?.[0], request.files.get('mask')?.[0]);
    return imagesReply(request, state, 'image_edit');
  },
  createImageVariation: (request) => {
    requireSquare(request.files.get('image')?.[0]);
    return imagesReply(request, state, 'image_generation');
  },
});

function imagesReply(request: ReferenceRequest, state: State, kind: 'image_generation' | 'image_edit'): ReferenceReply {
  const body = bodyOf(request);
  const model = stringOf(body['model']);
  if (model !== undefined) requireModel(state, model);
  const created = state.now();
  const prompt = stringOf(body['prompt']) ?? 'a variation';
  const count = numberOf(body['n']) ?? 1;
  const size = stringOf(body['size']) ?? '1024x1024';
  const asBase64 = body['response_format'] === 'b64_json' || body['stream'] === true;
  const data = Array.from({ length: count }, (_, index): JsonObject => {
    if (!asBase64) return { url: `https://images.reference.example/${state.id('img-')}.png`, ...revised(model, prompt) };
    return { b64_json: pictureOf(prompt, index, size), ...revised(model, prompt) };
  });
  if (body['stream'] !== true) return ok({ created, data });
  return { status: 200, events: imageEvents({ body, created, data, kind, prompt, size }) };
}

// The one model whose prompts are rewritten before use.
function revised(model: string | undefined, prompt: string): JsonObject {
  return model === 'dall-e-3' ? { revised_prompt: `A picture in one colour: ${prompt}`.slice(0, 1000) } : {};
}

function pictureOf(prompt: string, index: number, size: string): string {
  const [width = 1024, height = 1024] = size.split('x').map(Number);
  const sides = Number.isInteger(width) && Number.isInteger(height) ? [width, height] : [1024, 1024];
  return Buffer.from(pngOf(sides[0] ?? 1024, sides[1] ?? 1024, hashOf(prompt) + index)).toString('base64');
}

/** The stream of an edition that has one: the partial pictures, then each finished one with what it cost. */
function* imageEvents(made: {
  readonly body: JsonObject;
  readonly created: number;
  readonly data: readonly JsonObject[];
  readonly kind: string;
  readonly prompt: string;
  readonly size: string;
}): Iterable<ReferenceEvent> {
  const { body, created, kind, prompt } = made;
  const size = made.size === 'auto' ? '1024x1024' : made.size;
  const chosen = (member: string, fallback: string): string => {
    const value = stringOf(body[member]);
    return value === undefined || value === 'auto' ? fallback : value;
  };
  const common = {
    created_at: created,
    size,
    quality: chosen('quality', 'high'),
    background: chosen('background', 'opaque'),
    output_format: chosen('output_format', 'png'),
  };
  for (let index = 0; index < (numberOf(body['partial_images']) ?? 0); index += 1) {
    const type = `${kind}.partial_image`;
    yield {
      event: type,
      data: { type, ...common, b64_json: pictureOf(prompt, index + 100, size), partial_image_index: index },
      delayMs: 50,
    };
  }
  const input = countTokens(prompt);
  const usage = {
    total_tokens: input + 64,
    input_tokens: input,
    output_tokens: 64,
    input_tokens_details: { text_tokens: input, image_tokens: 0 },
  };
  for (const picture of made.data) {
    const type = `${kind}.completed`;
    yield { event: type, data: { type, ...common, b64_json: picture['b64_json'] ?? '', usage }, delayMs: 50 };
  }
}
