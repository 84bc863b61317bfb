import type { Assertion, EventRow, StreamGrammar } from 'assay/pack';
import { rulesOf } from 'assay/pack';

const oneOperation = (other: string, asked: readonly string[]): Assertion => ({
  rule: 'img.order',
  when: { any: [{ seen: other }, { in: ['?.operation', asked] }, { in: ['?.mode', asked] }] },
  at: 'type',
  expected: 'events of the operation that was asked',
});

const edits = ['edit', 'edits'];
const generations = ['generation', 'generations', 'generate'];

const partial = (prefix: string, other: string, otherOperation: readonly string[]): EventRow => ({
  required: { b64_json: 'string', partial_image_index: 'integer' },
  checks: [
    oneOperation(other, otherOperation),
    { rule: 'img.order', when: { seen: 'completed' }, expected: 'partial images before the completed one' },
    {
      rule: 'img.index',
      when: { has: '?.partial_images' },
      that: { below: ['partial_image_index', '?.partial_images'] },
      at: 'partial_image_index',
    },
  ],
  do: [{ mark: prefix }, { entry: 'partial images', index: 'partial_image_index', rule: 'img.index' }],
});

const completed = (prefix: string, other: string, otherOperation: readonly string[]): EventRow => ({
  required: { b64_json: 'string' },
  checks: [oneOperation(other, otherOperation)],
  do: [{ mark: prefix }, { mark: 'completed' }],
});

/** The stream of an image: partial images, then the finished one with its usage. */
export const images: StreamGrammar = {
  id: 'img',
  operations: ['createImage', 'createImageEdit'],
  framing: {
    type: { from: 'payload', path: 'type', rule: 'img.order' },
    eventLine: 'equals-type',
    sentinel: { data: '[DONE]', policy: 'allow' },
    error: { member: 'error', shape: 'sse.error-shape' },
  },
  request: {
    partial_images: { body: '/partial_images' },
    operation: { byOperation: { createImage: 'generation', createImageEdit: 'edit' } },
  },
  recognise: {
    in: ['type', ['image_generation.partial_image', 'image_generation.completed', 'image_edit.partial_image', 'image_edit.completed']],
  },
  nonempty: 'img.done-once',
  unknownEvent: 'img.order',
  requiredRule: 'img.order',
  events: {
    'image_generation.partial_image': partial('generation', 'edit', edits),
    'image_generation.completed': completed('generation', 'edit', edits),
    'image_edit.partial_image': partial('edit', 'generation', generations),
    'image_edit.completed': completed('edit', 'generation', generations),
  },
  entities: {},
  schemas: {
    'image_generation.partial_image': ['ImageGenPartialImageEvent'],
    'image_generation.completed': ['ImageGenCompletedEvent'],
    'image_edit.partial_image': ['ImageEditPartialImageEvent'],
    'image_edit.completed': ['ImageEditCompletedEvent'],
  },
  schemaRules: [{ at: '/*', came: 'nothing', rule: null, because: 'the examples of the document omit members that its schema requires' }],
  end: [{ rule: 'img.done-once', that: { seen: 'completed' }, expected: 'a completed event' }],
  rules: rulesOf(`
img.index | MUST | schema | partial_image_index is 0, 1, and so on, below the number asked for | Clients replace the preview by it | the first partial image with "partial_image_index":1
img.order | MUST | schema | Partial images come before the completed one, all with the prefix of the operation | Clients stop at the completed one | image_generation.completed, then image_generation.partial_image
img.done-once | MUST | schema | There is a completed event | It carries the image and the usage | only partial images
`),
};
