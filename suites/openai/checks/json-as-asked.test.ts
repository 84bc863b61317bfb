import { expect, test } from 'vitest';
import { jsonAsAsked } from './json-as-asked.ts';
import { judged } from './scene.ts';

test('passes JSON that the strict schema accepts', () => {
  expect(
    judged(jsonAsAsked, {
      operation: 'createChatCompletion',
      asked: {
        response_format: {
          type: 'json_schema',
          json_schema: { name: 'a', strict: true, schema: { type: 'object', required: ['b'], properties: { b: { type: 'integer' } } } },
        },
      },
      answer: { object: 'chat.completion', choices: [{ index: 0, finish_reason: 'stop', message: { content: '{"b":1}' } }] },
    }),
  ).toEqual([]);
});

test('passes text that was cut off', () => {
  expect(
    judged(jsonAsAsked, {
      operation: 'createChatCompletion',
      asked: { response_format: { type: 'json_object' } },
      answer: { object: 'chat.completion', choices: [{ index: 0, finish_reason: 'length', message: { content: '{"b"' } }] },
    }),
  ).toEqual([]);
});

test('passes JSON that a stop sequence of the request has ended', () => {
  expect(
    judged(jsonAsAsked, {
      operation: 'createChatCompletion',
      asked: { response_format: { type: 'json_object' }, stop: '}' },
      answer: { object: 'chat.completion', choices: [{ index: 0, finish_reason: 'stop', message: { content: '{"b":1' } }] },
    }),
  ).toEqual([]);
});

test('fails text that is no JSON', () => {
  expect(
    judged(jsonAsAsked, {
      operation: 'createChatCompletion',
      asked: { response_format: { type: 'json_object' } },
      answer: { object: 'chat.completion', choices: [{ index: 0, finish_reason: 'stop', message: { content: 'Hello' } }] },
    }),
  ).toEqual([{ expected: 'JSON', actual: '"Hello"', at: '/choices/0/message/content', rule: 'json' }]);
});

test('fails JSON that the strict schema refuses', () => {
  expect(
    judged(jsonAsAsked, {
      operation: 'createResponse',
      asked: {
        text: {
          format: { type: 'json_schema', name: 'a', strict: true, schema: { type: 'object', properties: { b: { type: 'integer' } } } },
        },
      },
      answer: { status: 'completed', output: [{ type: 'message', content: [{ type: 'output_text', text: '{"b":"x"}' }] }] },
    }),
  ).toEqual([{ expected: 'integer', actual: '"x"', at: '/output/0/content/0/text /b', rule: 'schema', keyword: 'type' }]);
});

test('judges the last message of a response', () => {
  expect(
    judged(jsonAsAsked, {
      operation: 'createResponse',
      asked: { text: { format: { type: 'json_object' } } },
      answer: {
        status: 'completed',
        output: [
          { type: 'message', content: [{ type: 'output_text', text: 'Let me see.' }] },
          { type: 'message', content: [{ type: 'output_text', text: '{}' }] },
        ],
      },
    }),
  ).toEqual([]);
});

test('takes a schema without strict for advice', () => {
  expect(
    judged(jsonAsAsked, {
      operation: 'createChatCompletion',
      asked: { response_format: { type: 'json_schema', json_schema: { name: 'a', schema: { type: 'array' } } } },
      answer: { object: 'chat.completion', choices: [{ index: 0, finish_reason: 'stop', message: { content: '{}' } }] },
    }),
  ).toEqual([]);
});

test('says nothing where no JSON was asked for', () => {
  expect(
    judged(jsonAsAsked, {
      operation: 'createChatCompletion',
      asked: { response_format: { type: 'text' } },
      answer: {
        object: 'chat.completion',
        choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Hello' } }],
      },
    }),
  ).toBeUndefined();
});

const asked = {
  text: {
    format: {
      type: 'json_schema',
      name: 'a',
      strict: true,
      schema: { type: 'object', required: ['e'], properties: { e: { type: 'string', format: 'email' } } },
    },
  },
};
const said = (text: string) => ({ type: 'message', content: [{ type: 'output_text', text }] });

test('says nothing of what a model says before it calls a tool', () => {
  const answer = { status: 'completed', output: [said('I will look it up.'), { type: 'function_call' }] };
  expect(judged(jsonAsAsked, { operation: 'createResponse', asked, answer })).toEqual([]);
});

test('judges the structure, not what stands in a text, which recorders mask', () => {
  expect(
    judged(jsonAsAsked, { operation: 'createResponse', asked, answer: { status: 'completed', output: [said('{"e":"[REDACTED]"}')] } }),
  ).toEqual([]);
  expect(
    judged(jsonAsAsked, { operation: 'createResponse', asked, answer: { status: 'completed', output: [said('{"e":1}')] } }),
  ).toMatchObject([{ rule: 'schema', keyword: 'type' }]);
});
