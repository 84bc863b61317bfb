import type { RecordedParts } from './recorded.ts';
import { type RecordedBody, bodyMember, headersOf, isRecord, memberOf, numberMember, textMember, timeOf } from './values.ts';

/** One interaction of a VCR cassette (vcrpy, Ruby VCR, go-vcr), or why it is none. */
export function vcrInteraction(interaction: unknown): RecordedParts | { readonly problem: string } {
  const request = memberOf(interaction, 'request');
  const response = memberOf(interaction, 'response');
  const method = textMember(request, 'method');
  const url = textMember(request, 'uri') ?? textMember(request, 'url');
  if (method === undefined || url === undefined) return { problem: 'an interaction without request.method and request.uri' };
  const status = memberOf(response, 'status');
  const code =
    numberMember(status, 'code') ??
    numberMember(response, 'code') ??
    numberMember(response, 'status_code') ??
    numberMember(response, 'status');
  const requestHeaders = headersOf(memberOf(request, 'headers'));
  const responseHeaders = headersOf(memberOf(response, 'headers'));
  const requestBody = vcrBody(request);
  const responseBody = vcrBody(response);
  const startedAt = timeOf(memberOf(interaction, 'recorded_at'));
  const parsed = memberOf(request, 'parsed_body') !== undefined || memberOf(response, 'parsed_body') !== undefined;
  return {
    method,
    url,
    ...(requestHeaders === undefined ? {} : { requestHeaders }),
    ...(requestBody === undefined ? {} : { requestBody }),
    ...(code === undefined ? {} : { status: code }),
    ...(responseHeaders === undefined ? {} : { responseHeaders }),
    ...(responseBody === undefined ? {} : { responseBody }),
    ...(startedAt === undefined ? {} : { startedAt }),
    isStream: true,
    flags: parsed ? ['reserialised'] : [],
  };
}

/** `body: text`, `body: {string}`, `body: {encoding, base64_string}`, or a body that the recorder parsed. */
function vcrBody(message: unknown): RecordedBody | undefined {
  const parsed = memberOf(message, 'parsed_body');
  if (parsed !== undefined && parsed !== null) return bodyMember(parsed);
  const body = memberOf(message, 'body') ?? memberOf(message, 'content');
  if (!isRecord(body)) return scalarBody(body);
  const packed = textMember(body, 'base64_string');
  if (packed !== undefined) return Buffer.from(packed, 'base64');
  const inner = memberOf(body, 'string');
  return inner === undefined ? undefined : scalarBody(inner);
}

/** YAML reads a body such as `1` as a number; it was a text. */
function scalarBody(value: unknown): RecordedBody | undefined {
  return typeof value === 'number' || typeof value === 'boolean' ? Buffer.from(String(value)) : bodyMember(value);
}
