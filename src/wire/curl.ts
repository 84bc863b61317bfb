import type { Body, SentRequest } from '../model/index.ts';
import { bytesOf } from './body.ts';
import { parseMediaType } from './media-type.ts';
import type { ParsedPart } from './parse-multipart.ts';
import { parseMultipart } from './parse-multipart.ts';
import { shortestSecret } from './secret.ts';
import { headerOf, textOfPart } from './views.ts';

export interface CurlOptions {
  /** Environment variable that stands for the API key. */
  readonly keyVariable: string;
  /**
   * The key: wherever this value occurs the variable stands for it, and other credentials are written as they were
   * sent. Without it every value of an authorization or API key header is replaced.
   */
  readonly key?: string;
}

/** Written by curl itself, or by the connection. */
const ownHeaders = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'keep-alive']);
/** Headers whose value is a credential. */
export const credentialHeaders: ReadonlySet<string> = new Set(['authorization', 'proxy-authorization', 'api-key', 'x-api-key']);
/** Linux passes no argument longer than 128 kB to a program; the printf of a shell has no such limit. */
const longestArgument = 100_000;

/** A curl line that sends the request again when pasted into a POSIX shell. */
export function curlLine(request: SentRequest, options: CurlOptions): string {
  const quote = quoter(options);
  const words = ['curl', '-sS', '-i', ...methodWords(request)];
  if (/[[\]{}]/.test(request.url)) words.push('--globoff');
  if (/\/\.{1,2}(\/|$|\?)/.test(request.url)) words.push('--path-as-is');
  words.push(quote(request.url));
  const body = request.body !== undefined && request.body.size > 0 ? request.body : undefined;
  const form = body === undefined ? undefined : formWords(request, body, quote);
  for (const [name, value] of request.headers) {
    const lower = name.toLowerCase();
    if (ownHeaders.has(lower) || (form !== undefined && lower === 'content-type')) continue;
    words.push('-H', headerWord(name, value, options, quote));
  }
  if (body === undefined) return words.join(' ');
  // curl would call any body a form.
  if (form === undefined && headerOf(request.headers, 'content-type') === undefined) words.push('-H', "'Content-Type:'");
  const data = form ?? dataWords(body, quote);
  return `${data.pipe ?? ''}${[...words, ...data.words].join(' ')}`;
}

interface Data {
  /** A command whose output curl reads. */
  readonly pipe?: string;
  readonly words: readonly string[];
}
type Quote = (text: string) => string;

function methodWords(request: SentRequest): string[] {
  if (request.method === 'HEAD') return ['--head'];
  return request.method === 'GET' && (request.body?.size ?? 0) === 0 ? [] : ['-X', request.method];
}

function headerWord(name: string, value: string, options: CurlOptions, quote: Quote): string {
  if (value === '') return quote(`${name};`);
  if (options.key === undefined && credentialHeaders.has(name.toLowerCase())) {
    const scheme = /^(bearer|basic|token)\s/i.exec(value)?.[1];
    return `"${name}: ${scheme === undefined ? '' : `${scheme} `}$${options.keyVariable}"`;
  }
  const scheme = /^(?:[A-Za-z]+ )?/.exec(value)?.[0] ?? '';
  if (isShort(options.key) && credentialHeaders.has(name.toLowerCase()) && value === `${scheme}${options.key}`)
    return `"${name}: ${scheme}$${options.keyVariable}"`;
  return quote(`${name}: ${value}`);
}

/** A key such as `x` is no secret and stands in any word: only the header that carries it shows the variable. */
function isShort(key: string | undefined): boolean {
  return key !== undefined && key.length < shortestSecret;
}

function dataWords(body: Body, quote: Quote): Data {
  if (body.text === undefined || body.text.includes('\0')) return { pipe: unpacked(bytesOf(body)), words: ['--data-binary', '@-'] };
  const text = quote(body.text);
  if (Buffer.byteLength(text) > longestArgument) return { pipe: `printf %s ${text} | `, words: ['--data-binary', '@-'] };
  return { words: ['--data-raw', text] };
}

function unpacked(bytes: Uint8Array): string {
  return `printf %s '${Buffer.from(bytes).toString('base64')}' | base64 -d | `;
}

/** The parts of a multipart body as `-F`; `undefined` where they say what `-F` cannot, and the bytes are sent as they are. */
function formWords(request: SentRequest, body: Body, quote: Quote): Data | undefined {
  const contentType = headerOf(request.headers, 'content-type') ?? '';
  if (parseMediaType(contentType)?.essence !== 'multipart/form-data') return undefined;
  const parsed = parseMultipart(contentType, bytesOf(body));
  if (!('parts' in parsed) || parsed.parts.length === 0) return undefined;
  const words: string[] = [];
  let pipe: string | undefined;
  for (const part of parsed.parts) {
    if (/["\r\n=\\;]/.test(part.name) || /["\r\n\\]/.test(part.filename ?? '') || hasOtherHeaders(part)) return undefined;
    const text = textOfPart(part.bytes);
    const binary = text.includes('\0') || !Buffer.from(text, 'utf8').equals(part.bytes) || part.bytes.length > longestArgument;
    if (part.filename === undefined && part.contentType === undefined && !binary) {
      words.push('--form-string', quote(`${part.name}=${text}`));
      continue;
    }
    if (binary && pipe !== undefined) return undefined;
    if (binary) pipe = unpacked(part.bytes);
    words.push('-F', quote(`${part.name}=${binary ? '@-' : quotedContent(text)}${attributes(part)}`));
  }
  return { words, ...(pipe === undefined ? {} : { pipe }) };
}

function hasOtherHeaders(part: ParsedPart): boolean {
  return part.headers.some(([name]) => !['content-disposition', 'content-type'].includes(name.toLowerCase()));
}

/** Content in double quotes, so that curl takes no `;`, `@` or `<` of it for its own. */
function quotedContent(text: string): string {
  return `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}

function attributes({ filename, contentType }: ParsedPart): string {
  const name = filename === undefined ? '' : `;filename="${filename}"`;
  return `${name}${contentType === undefined ? '' : `;type=${contentType}`}`;
}

function quoter({ key, keyVariable }: CurlOptions): Quote {
  const single = (text: string) => (text === '' ? '' : `'${text.replaceAll("'", String.raw`'\''`)}'`);
  return (text) => {
    if (key === undefined || isShort(key) || !text.includes(key)) return single(text) || "''";
    return text.split(key).map(single).join(`"$${keyVariable}"`);
  };
}
