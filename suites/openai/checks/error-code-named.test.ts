import { expect, test } from 'vitest';
import { errorCodeNamed } from './error-code-named.ts';
import { judged } from './scene.ts';

const refusal = (code: string | number | null) => ({
  operation: 'createChatCompletion',
  status: 401,
  answer: { error: { message: 'no', code } },
});

test('passes a name and none', () => {
  expect(judged(errorCodeNamed, refusal('invalid_api_key'))).toEqual([]);
  expect(judged(errorCodeNamed, refusal(null))).toEqual([]);
});

test.each([401, '401'])('warns of the status in place of a code: %o', (code) => {
  expect(judged(errorCodeNamed, refusal(code))).toEqual([
    { expected: 'a name such as invalid_api_key, or null', actual: JSON.stringify(code), at: '/error/code' },
  ]);
});

test('says nothing of a success', () => {
  expect(judged(errorCodeNamed, { operation: 'createChatCompletion', answer: {} })).toBeUndefined();
});
