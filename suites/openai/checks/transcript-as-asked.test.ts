import { expect, test } from 'vitest';
import { transcriptAsAsked } from './transcript-as-asked.ts';
import { judged } from './scene.ts';

test('passes subtitles as plain text', () => {
  expect(
    judged(transcriptAsAsked, {
      operation: 'createTranscription',
      asked: { response_format: 'vtt' },
      mediaType: 'text/plain',
      text: 'WEBVTT\n\n',
    }),
  ).toEqual([]);
});

test('passes verbose JSON', () => {
  expect(
    judged(transcriptAsAsked, {
      operation: 'createTranslation',
      asked: { response_format: 'verbose_json' },
      answer: { text: 'a', language: 'english', duration: 1 },
    }),
  ).toEqual([]);
});

test('fails JSON where subtitles were asked for', () => {
  expect(judged(transcriptAsAsked, { operation: 'createTranscription', asked: { response_format: 'srt' }, answer: { text: 'a' } })).toEqual(
    [{ expected: 'plain text of the format srt', actual: 'application/json', at: 'header content-type', rule: 'text' }],
  );
});

test('fails subtitles without their head', () => {
  expect(
    judged(transcriptAsAsked, {
      operation: 'createTranscription',
      asked: { response_format: 'vtt' },
      mediaType: 'text/plain',
      text: 'Hello',
    }),
  ).toEqual([{ expected: 'WEBVTT at the start', actual: '"Hello"', at: 'body', rule: 'vtt' }]);
});

test('fails plain JSON where verbose was asked for', () => {
  expect(
    judged(transcriptAsAsked, { operation: 'createTranscription', asked: { response_format: 'verbose_json' }, answer: { text: 'a' } }),
  ).toEqual([
    { expected: 'language, as verbose_json has it', actual: 'nothing', at: '/language', rule: 'verbose' },
    { expected: 'duration, as verbose_json has it', actual: 'nothing', at: '/duration', rule: 'verbose' },
  ]);
});

test('says nothing where no format was asked for', () => {
  expect(judged(transcriptAsAsked, { operation: 'createTranscription', asked: {}, answer: { text: 'a' } })).toBeUndefined();
});
