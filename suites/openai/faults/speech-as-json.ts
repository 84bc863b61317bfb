import type { Fault } from 'assay/pack';

export const speechAsJson: Fault = {
  id: 'speech-as-json',
  breaks: 'media-type-declared',
  what: 'Answers audio as base64 in JSON (B239)',
  operations: ['createSpeech'],
  reply: (reply) =>
    reply.bytes === undefined || reply.status >= 300
      ? reply
      : { status: 200, json: { audio: Buffer.from(reply.bytes).toString('base64') } },
};
