import type { TransportError, TransportErrorKind } from '../model/index.ts';

const kinds: ReadonlyMap<string, TransportErrorKind> = new Map<string, TransportErrorKind>([
  ['ENOTFOUND', 'dns'],
  ['EAI_AGAIN', 'dns'],
  ['EAI_NODATA', 'dns'],
  ['EAI_NONAME', 'dns'],
  ['ECONNREFUSED', 'refused'],
  ['EHOSTUNREACH', 'refused'],
  ['ENETUNREACH', 'refused'],
  ['EADDRNOTAVAIL', 'refused'],
  ['UND_ERR_CONNECT_TIMEOUT', 'connect-timeout'],
  ['ETIMEDOUT', 'connect-timeout'],
  ['ECONNRESET', 'reset'],
  ['EPIPE', 'reset'],
  ['ECONNABORTED', 'reset'],
  ['UND_ERR_SOCKET', 'closed'],
  ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'malformed-http'],
  ['UND_ERR_ABORTED', 'aborted'],
]);

/** Maps an error of the HTTP client to what went wrong on the wire. `sent` says whether any byte of the request may have left. */
export function transportErrorOf(error: unknown, sent: boolean): TransportError {
  const code = codeOf(error);
  const message = messageOf(error);
  const base = { sent, message, ...(code === undefined ? {} : { code }) };
  if (code === 'UND_ERR_HEADERS_OVERFLOW' || code === 'HPE_HEADER_OVERFLOW') return { ...base, kind: 'limit', limit: 'headerBytes' };
  return { ...base, kind: kindOf(code, message, sent) };
}

function kindOf(code: string | undefined, message: string, sent: boolean): TransportErrorKind {
  const known = code === undefined ? undefined : kinds.get(code);
  // A TLS handshake that is cut off comes as a reset before anything was sent.
  if (known !== undefined) return !sent && (known === 'reset' || known === 'closed') && /tls|ssl/i.test(message) ? 'tls' : known;
  if (code?.startsWith('HPE_') === true || /does not match the HTTP\/1\.1 protocol/i.test(message)) return 'malformed-http';
  if (code !== undefined && /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|EPROTO)/.test(code)) return 'tls';
  if (/bad (response|upgrade)|invalid (header|transfer)/i.test(message)) return 'malformed-http';
  return 'other';
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'cause' in error ? codeOf(error.cause) : undefined;
}

function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(messageOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}
