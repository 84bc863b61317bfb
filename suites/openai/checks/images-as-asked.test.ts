import { expect, test } from 'vitest';
import { imagesAsAsked } from './images-as-asked.ts';
import { judged } from './scene.ts';

test('passes as many images as asked for, in the asked form', () => {
  expect(
    judged(imagesAsAsked, {
      operation: 'createImage',
      asked: { prompt: 'a', n: 2, response_format: 'b64_json' },
      answer: { data: [{ b64_json: 'AA==' }, { b64_json: 'AA==' }] },
    }),
  ).toEqual([]);
});

test('passes either form where none was asked for', () => {
  expect(
    judged(imagesAsAsked, { operation: 'createImage', asked: { prompt: 'a' }, answer: { data: [{ url: 'https://a.example/1.png' }] } }),
  ).toEqual([]);
});

test('fails an image too few, in another form', () => {
  expect(
    judged(imagesAsAsked, {
      operation: 'createImage',
      asked: { prompt: 'a', n: 2, response_format: 'b64_json' },
      answer: { data: [{ url: 'https://a.example/1.png' }] },
    }),
  ).toEqual([
    { expected: '2 images', actual: '1 images', at: '/data', rule: 'count' },
    { expected: 'b64_json', actual: 'url', at: '/data/0', rule: 'form' },
  ]);
});

test('fails an image that is not there', () => {
  expect(
    judged(imagesAsAsked, { operation: 'createImageEdit', asked: { prompt: 'a', n: '1' }, answer: { data: [{ revised_prompt: 'a' }] } }),
  ).toEqual([{ expected: 'url or b64_json', actual: 'neither', at: '/data/0', rule: 'form' }]);
});
