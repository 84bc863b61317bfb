import type { Format } from './format.ts';

/** The format `url`. */
export const url: Format = {
  name: 'url',
  samples: ['https://example.com/', 'https://example.com/a?b=c', 'http://example.org/x'],
  accepts: (text) => /^https?:\/\/[^\s\\<>"{}|^`]+$/i.test(text),
  broken: ['not a url', 'example.com'],
};
