import { expect, test } from 'vitest';
import { speechAsAsked } from './speech-as-asked.ts';
import { judged } from './scene.ts';

test('passes mp3 where nothing else was asked for', () => {
  expect(judged(speechAsAsked, { operation: 'createSpeech', asked: {}, mediaType: 'audio/mpeg', base64: '//sQxAAA' })).toEqual([]);
});

test('passes each format by how it begins', () => {
  expect(
    judged(speechAsAsked, { operation: 'createSpeech', asked: { response_format: 'flac' }, mediaType: 'audio/flac', base64: 'ZkxhQwAA' }),
  ).toEqual([]);
});

test('takes raw samples as they are', () => {
  expect(
    judged(speechAsAsked, { operation: 'createSpeech', asked: { response_format: 'pcm' }, mediaType: 'audio/pcm', base64: 'AAAAAAAA' }),
  ).toEqual([]);
});

test('reads bytes that were kept as text', () => {
  expect(
    judged(speechAsAsked, { operation: 'createSpeech', asked: { response_format: 'wav' }, mediaType: 'audio/wav', text: 'RIFF    WAVE' }),
  ).toEqual([]);
});

test('fails mp3 where opus was asked for', () => {
  expect(
    judged(speechAsAsked, { operation: 'createSpeech', asked: { response_format: 'opus' }, mediaType: 'audio/mpeg', base64: 'SUQzBAAA' }),
  ).toEqual([{ expected: 'opus', actual: 'mp3', at: 'body' }]);
});

test('fails what no format begins with', () => {
  expect(
    judged(speechAsAsked, { operation: 'createSpeech', asked: { response_format: 'wav' }, mediaType: 'audio/wav', base64: 'AAECAwQF' }),
  ).toEqual([{ expected: 'wav', actual: '"00010203"', at: 'body' }]);
});

test('says nothing of text', () => {
  expect(judged(speechAsAsked, { operation: 'createSpeech', asked: {}, mediaType: 'text/event-stream', text: 'data: {}' })).toBeUndefined();
});

test('cannot tell a sound that the recorder took for text', () => {
  const scene = { operation: 'createSpeech', asked: {}, mediaType: 'audio/mpeg', text: '\uFFFD\uFFFDabcdef' };
  expect(judged(speechAsAsked, scene)).toBeUndefined();
});
