import { mkdtempSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { buildContract } from './build.ts';
import { ContractError } from './error.ts';
import { loadDocument } from './load.ts';
import { documentLimits } from './read.ts';

let folder: string;
let inside: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'assay-load-'));
  inside = path.join(folder, 'inside');
  mkdirSync(inside);
  writeFileSync(path.join(folder, 'secret.yaml'), 'type: string\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

let servers: Server[] = [];
afterEach(async () => {
  await Promise.all(servers.map(async (server) => new Promise((resolve) => server.close(resolve))));
  servers = [];
});

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function write(name: string, text: string): string {
  const file = path.join(inside, name);
  writeFileSync(file, text);
  return file;
}

function documentWith(schema: string): string {
  return `openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {/a: {get: {responses: {'200': {description: OK, content: {application/json: {schema: ${schema}}}}}}}}\n`;
}

async function messageOf(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ContractError);
  return (error as ContractError).message;
}

describe('a file that is no OpenAPI document gives one sentence', () => {
  test.each([
    ['empty.yaml', '', 'holds nothing, not an object. Give an OpenAPI 3.0 or 3.1 document in JSON or YAML.'],
    ['list.json', '[1]', 'holds a list, not an object. Give an OpenAPI 3.0 or 3.1 document in JSON or YAML.'],
    ['text.txt', 'hello', 'holds a string, not an object. Give an OpenAPI 3.0 or 3.1 document in JSON or YAML.'],
    [
      'package.json',
      '{"name": "x", "version": "1"}',
      'is no OpenAPI document: it has no member `openapi` (it has: name, version). Give an OpenAPI 3.0 or 3.1 document.',
    ],
    ['swagger.json', '{"swagger": "2.0"}', 'is Swagger 2.0. Convert it to OpenAPI 3.0 first (swagger2openapi does), then give the result.'],
    ['next.yaml', 'openapi: 3.2.0', 'says `openapi: "3.2.0"`; OpenAPI 3.0 and 3.1 are understood. Give it in one of these versions.'],
    ['number.yaml', 'openapi: 3.1', 'says `openapi: 3.1`; OpenAPI 3.0 and 3.1 are understood. Give it in one of these versions.'],
    ['bare.yaml', 'openapi: 3.0.0', 'has no `info` object. Add one with a title and a version.'],
    [
      'pathless.yaml',
      'openapi: 3.0.0\ninfo: {title: t, version: "1"}',
      'has no `paths` object, so there is nothing to test. Add the paths of the service.',
    ],
    ['broken.json', '{"openapi": ', 'is neither JSON nor YAML: '],
    ['infinite.yaml', 'openapi: .inf', 'holds Infinity, which JSON cannot say.'],
  ])('%s', async (name, text, message) => {
    expect(await messageOf(loadDocument(write(name, text)))).toContain(message);
  });

  test('a file that is not there', async () => {
    expect(await messageOf(loadDocument(path.join(inside, 'gone.json')))).toBe(
      `There is no file ${path.join(inside, 'gone.json')}. Give the path or URL of an OpenAPI 3.0 or 3.1 document.`,
    );
  });

  test('a folder', async () => {
    expect(await messageOf(loadDocument(inside))).toContain('is not a file.');
  });
});

describe('a document stays within its limits', () => {
  test('of bytes', async () => {
    expect(await messageOf(loadDocument(write('big.json', `{"a":"${'x'.repeat(documentLimits.bytes)}"}`)))).toContain(
      'more than 33554432 bytes',
    );
  });

  test('of nesting', async () => {
    expect(await messageOf(loadDocument(write('deep.json', `${'{"a":'.repeat(200)}1${'}'.repeat(200)}`)))).toContain(
      'nested deeper than 64 levels',
    );
    expect(await messageOf(loadDocument(write('deep.yaml', `a: ${'['.repeat(200)}${']'.repeat(200)}`)))).toContain('maxDepth');
  });

  test('of YAML aliases, expanded', async () => {
    const lines = [
      'a0: &a0 [x,x,x,x,x,x,x,x,x,x]',
      ...Array.from({ length: 9 }, (_, index) => `a${index + 1}: &a${index + 1} [${`*a${index},`.repeat(10)}]`),
    ];
    expect(await messageOf(loadDocument(write('bomb.yaml', lines.join('\n'))))).toContain('more than 3000000 values');
  });

  test('of files', async () => {
    for (let index = 0; index < 25; index += 1) write(`many${index}.yaml`, 'type: string\n');
    const members = Array.from({ length: 25 }, (_, index) => `m${index}: {$ref: 'many${index}.yaml'}`);
    expect(
      await messageOf(loadDocument(write('many.yaml', documentWith(`{type: object, properties: {${members.join(', ')}}}`)))),
    ).toContain('more than 20 files');
  });
});

describe('a reference stays inside the folder of its document', () => {
  test.each(['../secret.yaml', '%2e%2e/secret.yaml', 'link.yaml', 'linked/secret.yaml'])('%s is refused', async (reference) => {
    for (const [name, target] of [
      ['link.yaml', path.join(folder, 'secret.yaml')],
      ['linked', folder],
    ] as const) {
      rmSync(path.join(inside, name), { force: true });
      symlinkSync(target, path.join(inside, name));
    }
    expect(await messageOf(loadDocument(write('outside.yaml', documentWith(`{$ref: '${reference}'}`))))).toContain('outside its folder');
  });

  test.each(['/etc/hostname', 'file:///etc/hostname'])('%s is refused', async (reference) => {
    expect(await messageOf(loadDocument(write('absolute.yaml', documentWith(`{$ref: '${reference}'}`))))).toContain('outside its folder');
  });

  test.each([
    ["{$ref: 'gone.yaml'}", 'gone.yaml'],
    ["{$ref: 'gone.yaml#/schemas/A'}", 'gone.yaml#/schemas/A'],
    ["{$ref: 'half.yaml#/nowhere'}", 'half.yaml#/nowhere'],
    ["{type: object, properties: {a: {$ref: 'half.yaml#/far'}}}", 'gone.yaml'],
    ["{type: array, items: {$ref: 'half.yaml#/near'}}", 'half.yaml#/nowhere'],
  ])('%s leads nowhere: what needs it is left out by name, the rest stays', async (schema, reference) => {
    write('half.yaml', "whole: {type: string}\nfar: {$ref: 'gone.yaml'}\nnear: {$ref: '#/nowhere'}\n");
    const rest =
      "  /b: {get: {responses: {'200': {description: OK, content: {application/json: {schema: {$ref: 'half.yaml#/whole'}}}}}}}\n";
    const paths = documentWith(schema).replace('paths: {/a: {', 'paths:\n  /a: {').replace(/}\n$/, `\n${rest}`);
    const { document } = await loadDocument(write('missing.yaml', paths));
    const contract = await buildContract(document);
    expect(contract.operations.map(({ id }) => id)).toEqual(['GET /b']);
    expect(contract.lint.filter(({ rule }) => rule === 'dangling-ref')).toMatchObject([{ message: `${reference} is not in the document` }]);
    expect(contract.lint.some(({ skips }) => skips === 'GET /a')).toBe(true);
  });

  test('a path that leads nowhere is left out by name', async () => {
    const text = documentWith('{type: string}').replace('paths: {', "paths: {/gone: {$ref: 'gone.yaml#/paths'}, ");
    const contract = await buildContract((await loadDocument(write('pathless.yaml', text))).document);
    expect(contract.operations.map(({ id }) => id)).toEqual(['GET /a']);
    expect(contract.lint.filter(({ skips }) => skips === '/gone')).toMatchObject([{ rule: 'dangling-ref' }]);
  });

  test('one inside is followed, and hostile names in it stay names', async () => {
    write('part.json', '{"type": "object", "properties": {"__proto__": {"type": "string"}, "constructor": {"type": "integer"}}}');
    const { document } = await loadDocument(write('whole.yaml', documentWith("{$ref: 'part.json'}")));
    const contract = await buildContract(document);
    expect(contract.operations.map(({ id }) => id)).toEqual(['GET /a']);
    expect(Object.hasOwn(Object.prototype, 'type')).toBe(false);
    expect(JSON.stringify(document)).toContain('"constructor":{"type":"integer"}');
  });
});

describe('other hosts', () => {
  test('are asked only when that is allowed', async () => {
    const url = await listen((_, response) => response.end('type: string'));
    const file = write('remote.yaml', documentWith(`{$ref: '${url}/schema.yaml'}`));
    expect(await messageOf(loadDocument(file))).toContain('followed only with --allow-remote-refs');
    const { document } = await loadDocument(file, { allowRemoteRefs: true });
    expect(JSON.stringify(document)).toContain('"schema":{"type":"string"}');
  });

  test('give a document by URL, JSON or YAML, over a redirect on the same host', async () => {
    const url = await listen((request, response) => {
      if (request.url === '/moved') response.writeHead(302, { location: '/openapi' }).end();
      else response.end(documentWith('{type: string}'));
    });
    const loaded = await loadDocument(`${url}/moved`);
    expect(loaded.location).toBe(`${url}/moved`);
    expect(loaded.document['openapi']).toBe('3.0.3');
  });

  test('are not reached by a redirect', async () => {
    const secret = await listen((_, response) => response.end(documentWith('{type: string}')));
    const url = await listen((_, response) => response.writeHead(302, { location: secret }).end());
    expect(await messageOf(loadDocument(url))).toContain('redirects to another host');
  });

  test('do not read files here', async () => {
    const url = await listen((_, response) => response.end(documentWith("{$ref: 'file:///etc/hostname'}")));
    expect(await messageOf(loadDocument(url, { allowRemoteRefs: true }))).toContain('what was fetched may not read files');
  });

  test('answer no more than the limit, and not with an error', async () => {
    const big = await listen((_, response) => response.end('x'.repeat(documentLimits.remoteBytes + 1)));
    expect(await messageOf(loadDocument(big))).toContain('more than 10485760 bytes');
    const gone = await listen((_, response) => response.writeHead(404).end());
    expect(await messageOf(loadDocument(gone))).toContain('answers 404');
  });
});
