import { defineCheck, must } from './define.ts';

/** Fields of which a second one makes the message ambiguous (RFC 9110, 5.3, 8.3 and 8.6). */
const singletons = ['content-type', 'content-length', 'location'];

/** What the HTTP client refuses to read, with its own message, and what it lets pass although two readers would differ. */
export const httpWellFormed = defineCheck({
  id: 'http-well-formed',
  requirement: must('prose', 'The response is HTTP that every client can read', 'https://www.rfc-editor.org/rfc/rfc9112'),
  needs: 'exchange',
  applies: ({ case: planned, exchange }) => {
    if (planned?.mode === 'probe') return false;
    const { error } = exchange;
    return error === undefined ? exchange.response !== undefined : error.kind === 'malformed-http' || error.kind === 'content-coding';
  },
  *run({ exchange }) {
    const { error, response } = exchange;
    if (error !== undefined) {
      const expected = error.kind === 'content-coding' ? 'a body in the content coding that the header names' : 'a response by RFC 9112';
      return yield { expected, actual: error.message, at: 'response', actualType: error.code ?? error.kind };
    }
    for (const name of singletons) {
      const fields = response?.headers.filter(([field]) => field.toLowerCase() === name) ?? [];
      if (fields.length < 2) continue;
      yield { expected: 'one field', actual: fields.map(([, value]) => value).join(' and '), at: `header ${name}`, actualType: 'repeated' };
    }
  },
});
