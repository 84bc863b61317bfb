import { describe, expect, test } from 'vitest';
import { found, type Told } from './traffic.ts';

const asked = { model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'Hello' }] };
const refused = (status: number, answer: unknown, headers?: Told['headers']): Told => ({
  path: '/chat/completions',
  asked,
  status,
  answer,
  ...(headers === undefined ? {} : { headers }),
});
const error = (type: string, code: string | null = null, param: string | null = null) => ({ error: { message: 'No.', type, param, code } });
const page = (mediaType: string) => ({ 'content-type': mediaType, server: 'cloudflare', date: 'Sat, 01 Aug 2026 00:00:00 GMT' });

describe('errors of the service raise no finding', () => {
  test.each([
    ['an invalid key', 401, error('invalid_request_error', 'invalid_api_key')],
    ['a key of another organization', 401, error('invalid_request_error', 'invalid_organization')],
    ['an unknown model', 404, error('invalid_request_error', 'model_not_found', 'model')],
    ['a path that leads nowhere', 404, error('invalid_request_error')],
    ['too many requests', 429, error('requests', 'rate_limit_exceeded')],
    ['too many tokens', 429, error('tokens', 'rate_limit_exceeded')],
    ['an empty purse', 429, error('insufficient_quota', 'insufficient_quota')],
    ['a country that is not served', 403, error('request_forbidden', 'unsupported_country_region_territory')],
    ['a request that came too slowly', 408, error('invalid_request_error')],
    ['a detail beside the error', 400, { ...error('invalid_request_error'), detail: 'No.' }],
    ['usage beside the error', 400, { ...error('invalid_request_error'), usage: { type: 'duration', seconds: 0 } }],
  ])('%s', async (_, status, answer) => {
    expect(await found(refused(status, answer), 'service')).toEqual([]);
    expect(await found(refused(status, answer), 'other')).toEqual([]);
    expect(await found(refused(status, answer), 'service', '2025-01')).toEqual([]);
  });
});

describe('what stands in front of the service', () => {
  test.each([
    ['a page of 502', 502, '<html><title>502 Bad Gateway</title></html>', page('text/html')],
    ['a page of 520', 520, '<!DOCTYPE html><html></html>', page('text/html; charset=UTF-8')],
    ['a line of the proxy', 503, 'upstream connect error or disconnect/reset before headers', page('text/plain')],
    ['nothing but 504', 504, '', { ...page('text/plain'), 'content-length': '0' }],
    [
      'the envelope with the status for a code',
      502,
      { error: { code: 502, message: 'Bad gateway.', param: null, type: 'cf_bad_gateway' } },
      page('application/json'),
    ],
  ])('warns of the failure, and fails nothing: %s', async (_, status, answer, headers) => {
    const findings = await found(refused(status, answer, headers), 'service');
    expect(findings.filter((one) => !one.startsWith('SHOULD'))).toEqual([]);
    expect(findings).toContain('SHOULD no-server-error status');
  });

  test.each([
    ['a request that is too large', 413],
    ['a client that is not let through', 403],
    ['a request that is no HTTP', 400],
  ])('refuses by a page of its own: %s', async (_, status) => {
    const told = refused(status, '<html><title>No</title></html>', page('text/html'));
    expect(await found(told, 'service')).toEqual([]);
    expect(await found(told, 'other')).toEqual(['MUST error-envelope body']);
  });
});

test.each([
  ['a page where the service itself fails', refused(500, '<html></html>', page('text/html')), 'MUST error-envelope body'],
  ['an error that is a text', refused(400, { error: 'No.' }), 'MUST error-envelope /error'],
  ['the detail of another framework', refused(400, { detail: 'No.' }), 'MUST error-envelope body'],
  [
    'a code that is the status',
    refused(400, { error: { message: 'No.', type: 'a', param: null, code: '400' } }),
    'SHOULD error-code-named /error/code',
  ],
])('sees %s', async (_, told, finding) => {
  expect(await found(told, 'service')).toContain(finding);
});
