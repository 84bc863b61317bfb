import type { Fault } from 'assay/pack';

export const transcriptAsJson: Fault = {
  id: 'transcript-as-json',
  breaks: 'transcript-as-asked',
  what: 'Answers JSON where plain text was asked for',
  operations: ['createTranscription'],
  reply: (reply) =>
    reply.bytes === undefined ? reply : { status: reply.status, json: { text: Buffer.from(reply.bytes).toString('utf8') } },
};
