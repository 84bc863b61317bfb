import { expect, test } from 'vitest';
import { embeddingsMatchInput } from './embeddings-match-input.ts';
import { judged } from './scene.ts';

test('passes a vector for each input', () => {
  expect(
    judged(embeddingsMatchInput, {
      operation: 'createEmbedding',
      asked: { input: ['a', 'b'], dimensions: 2 },
      answer: {
        data: [
          { index: 0, embedding: [1, 2] },
          { index: 1, embedding: [3, 4] },
        ],
      },
    }),
  ).toEqual([]);
});

test('passes base64 of the asked length', () => {
  expect(
    judged(embeddingsMatchInput, {
      operation: 'createEmbedding',
      asked: { input: 'a', encoding_format: 'base64', dimensions: 2 },
      answer: { data: [{ index: 0, embedding: 'AACAPwAAAEA=' }] },
    }),
  ).toEqual([]);
});

test('takes a list of tokens for one input', () => {
  expect(
    judged(embeddingsMatchInput, {
      operation: 'createEmbedding',
      asked: { input: [1, 2] },
      answer: { data: [{ index: 0, embedding: [1] }] },
    }),
  ).toEqual([]);
});

test('fails a vector too few and a wrong index', () => {
  expect(
    judged(embeddingsMatchInput, {
      operation: 'createEmbedding',
      asked: { input: ['a', 'b'] },
      answer: { data: [{ index: 1, embedding: [1] }] },
    }),
  ).toEqual([
    { expected: '2 vectors', actual: '1 vectors', at: '/data', rule: 'count' },
    { expected: 'the position of the input', actual: '[1]', at: '/data/*/index', rule: 'index' },
  ]);
});

test('fails numbers where base64 was asked for', () => {
  expect(
    judged(embeddingsMatchInput, {
      operation: 'createEmbedding',
      asked: { input: 'a', encoding_format: 'base64' },
      answer: { data: [{ index: 0, embedding: [1] }] },
    }),
  ).toEqual([{ expected: 'a base64 text', actual: 'a list', at: '/data/0/embedding', rule: 'encoding' }]);
});

test('fails a vector of another length', () => {
  expect(
    judged(embeddingsMatchInput, {
      operation: 'createEmbedding',
      asked: { input: 'a', dimensions: 3 },
      answer: { data: [{ index: 0, embedding: [1] }] },
    }),
  ).toEqual([{ expected: '3 numbers', actual: '1 numbers', at: '/data/0/embedding', rule: 'dimensions' }]);
});

test('warns of another order, which the index tells', () => {
  const answer = {
    data: [
      { index: 1, embedding: [1] },
      { index: 0, embedding: [2] },
    ],
  };
  expect(judged(embeddingsMatchInput, { operation: 'createEmbedding', asked: { input: ['a', 'b'] }, answer })).toEqual([
    { expected: 'the order of the inputs', actual: '[1,0]', at: '/data/*/index', rule: 'order', level: 'SHOULD' },
  ]);
});

test('cannot tell the length of a vector that the recorder shortened', () => {
  const scene = {
    operation: 'createEmbedding',
    asked: { input: 'a', dimensions: 3, encoding_format: 'base64' },
    answer: { data: [{ index: 0, embedding: 'AAAAAAAA' }] },
  };
  expect(judged(embeddingsMatchInput, { ...scene, abridged: true })).toEqual([]);
  expect(judged(embeddingsMatchInput, scene)).toMatchObject([{ rule: 'dimensions' }]);
});
