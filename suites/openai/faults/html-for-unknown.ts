import type { Fault } from 'assay/pack';

export const htmlForUnknown: Fault = {
  id: 'html-for-unknown',
  breaks: 'media-type-declared',
  alsoBreaks: [{ check: 'invalid-rejected', reason: 'A page with 200 says that the unknown id was accepted.' }],
  what: 'Answers a page of HTML with 200 where an id names nothing (B189)',
  operations: ['retrieveModel'],
  reply: (reply) =>
    reply.status === 404 ? { status: 200, bytes: Buffer.from('<!doctype html><title>App</title>'), mediaType: 'text/html' } : reply,
};
