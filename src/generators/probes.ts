import type { Json, NameValue, PlannedBody, PlannedRequest } from '../model/index.ts';
import { isObject } from '../schema/json.ts';
import { serialiseBody } from '../wire/index.ts';
import type { Workbench } from './workbench.ts';

/** A robustness probe: whether it is accepted says nothing; it must be answered, not by 5xx, and break nothing after it. */
export interface Probe {
  readonly kind: string;
  readonly request: PlannedRequest;
}

// As deep as parsers that recurse without a limit notice, and far below what a proxy cuts off by size.
const nesting = 5_000;
const longText = 100_000;

/** Unusual forms of one valid request, each concrete: the bytes that matter are written out. */
export function* probesOf(bench: Workbench, request: PlannedRequest): Iterable<Probe> {
  yield* ofHeaders(request);
  yield* ofQuery(bench, request);
  const { body } = request;
  if (!body) {
    yield* withoutBody(request);
    return;
  }
  if (bench.operation.requestBody?.required !== true)
    yield { kind: 'empty-body', request: { ...request, body: { mediaType: body.mediaType, text: '' } } };
  if ('json' in body) yield* ofJson(request, body);
  if ('parts' in body) yield* ofParts(request, body);
  if ('form' in body) {
    const [first] = body.form;
    if (first) yield { kind: 'duplicate-keys', request: { ...request, body: { ...body, form: [...body.form, first] } } };
    yield { kind: 'unknown-members', request: { ...request, body: { ...body, form: [...body.form, ['not_declared', 'x']] } } };
  }
}

function* ofHeaders(request: PlannedRequest): Iterable<Probe> {
  const forms: readonly (readonly [string, readonly NameValue[]])[] = [
    ['header-accept-list', [['accept', 'text/html;q=0.1, application/json;q=0.9 , */*;q=0.5']]],
    [
      'header-case',
      [
        ['X-ASSAY-Probe', 'Mixed Case'],
        ['x-assay-empty', ''],
      ],
    ],
    ['header-long', [['x-assay-long', 'a'.repeat(4_000)]]],
    [
      'header-repeated',
      [
        ['x-assay-twice', '1'],
        ['x-assay-twice', '2'],
      ],
    ],
    ['header-latin-1', [['x-assay-text', 'caf\u00e9']]],
  ];
  for (const [kind, headers] of forms) yield { kind, request: { ...request, headers: [...request.headers, ...headers] } };
  const { body } = request;
  if (!body || !('json' in body)) return;
  const quirky = body.mediaType.replace('application/json', 'Application/JSON ; Charset="UTF-8"');
  yield { kind: 'header-content-type-form', request: { ...request, headers: [...request.headers, ['content-type', quirky]] } };
}

function* ofQuery({ operation }: Workbench, request: PlannedRequest): Iterable<Probe> {
  const sent = request.query[0];
  const declared = operation.parameters.find((parameter) => parameter.in === 'query');
  const pair: NameValue | undefined = sent ?? (declared && [declared.name, '1']);
  if (pair) yield { kind: 'duplicate-query', request: { ...request, query: [...request.query, ...(sent ? [] : [pair]), pair] } };
  yield { kind: 'unknown-query', request: { ...request, query: [...request.query, ['not_declared', 'x']] } };
  yield { kind: 'query-nul', request: { ...request, query: [...request.query, ['not_declared', '\u0000']] } };
}

function* withoutBody(request: PlannedRequest): Iterable<Probe> {
  if (request.method === 'GET' || request.method === 'DELETE') return;
  yield { kind: 'body-not-asked-for', request: { ...request, body: { mediaType: 'application/json', text: '{"not_declared":true}' } } };
}

function* ofJson(request: PlannedRequest, body: Extract<PlannedBody, { json: Json }>): Iterable<Probe> {
  const { mediaType, json } = body;
  const text = JSON.stringify(json);
  const withText = (kind: string, changed: string, type = mediaType): Probe => ({
    kind,
    request: { ...request, body: { mediaType: type, text: changed } },
  });
  const withBytes = (kind: string, bytes: Buffer, type = mediaType): Probe => {
    return { kind, request: { ...request, body: { mediaType: type, base64: bytes.toString('base64') } } };
  };
  yield withText('bom', `\uFEFF${text}`);
  yield withBytes('charset-utf-16', Buffer.from(text, 'utf16le'), `${mediaType}; charset=utf-16le`);
  yield withBytes(
    'charset-latin-1',
    Buffer.from(text.replace(/}$/, `${text === '{}' ? '' : ','}"not_declared":"caf\u00e9"}`), 'latin1'),
    `${mediaType}; charset=iso-8859-1`,
  );
  yield withText('charset-unknown', text, `${mediaType}; charset=x-unknown`);
  yield withText('whitespace', JSON.stringify(json, undefined, '\t').replaceAll('\n', '\r\n').concat('\r\n  '));
  yield withText('deep-nesting', `${'['.repeat(nesting)}${']'.repeat(nesting)}`);
  if (!isObject(json)) return;
  const first = Object.entries(json)[0];
  const adding = (member: string) => text.replace(/}$/, `${text === '{}' ? '' : ','}${member}}`);
  if (first) yield withText('duplicate-keys', adding(`${JSON.stringify(first[0])}:${JSON.stringify(first[1])}`));
  yield withText('unknown-members', adding('"not_declared":{"a":[1,null]}'));
  yield withText('deep-member', adding(`"not_declared":${'{"a":'.repeat(nesting)}1${'}'.repeat(nesting)}`));
  yield withText('huge-number', adding('"not_declared":1e400'));
  yield withText('long-number', adding(`"not_declared":${'9'.repeat(400)}`));
  yield withText('prototype-member', adding('"__proto__":{"polluted":true},"constructor":{"prototype":{}}'));
  const member = Object.entries(json).find(([, value]) => typeof value === 'string');
  const name = member?.[0] ?? 'not_declared';
  const replaced = (literal: string) => {
    const { [name]: _, ...rest } = json;
    const others = JSON.stringify(rest);
    return others.replace(/}$/, `${others === '{}' ? '' : ','}${JSON.stringify(name)}:${literal}}`);
  };
  yield withText('long-string', replaced(JSON.stringify('a'.repeat(longText))));
  yield withText('nul', replaced(String.raw`"a\u0000b"`));
  yield withText('lone-surrogate', replaced(String.raw`"a\ud800b"`));
  const [before = '', after = ''] = replaced('"ab"').split('"ab"');
  yield withBytes('invalid-utf-8', Buffer.concat([Buffer.from(`${before}"a`), Buffer.from([0xff, 0xfe]), Buffer.from(`b"${after}`)]));
}

function* ofParts(request: PlannedRequest, body: Extract<PlannedBody, { parts: unknown }>): Iterable<Probe> {
  const { mediaType, parts } = body;
  const [first] = parts;
  yield { kind: 'extra-parts', request: { ...request, body: { mediaType, parts: [...parts, { name: 'not_declared', text: 'x' }] } } };
  if (first) yield { kind: 'duplicate-part', request: { ...request, body: { mediaType, parts: [...parts, first] } } };
  const named = parts.map((part) => (part.filename === undefined ? part : { ...part, filename: 'ünï "quoted"\\name.bin' }));
  yield { kind: 'filename-form', request: { ...request, body: { mediaType, parts: named } } };
  const { contentType, bytes } = serialiseBody(body);
  const boundary = /boundary="?([^";]+)"?/.exec(contentType)?.[1] ?? '';
  const framed = Buffer.concat([
    Buffer.from('A preamble to be ignored.\r\n'),
    Buffer.from(bytes),
    Buffer.from('An epilogue to be ignored.'),
  ]);
  yield {
    kind: 'preamble',
    request: { ...request, body: { mediaType: `${mediaType}; boundary="${boundary}"`, base64: framed.toString('base64') } },
  };
}
