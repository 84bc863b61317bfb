import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { assay, root, scratch } from '../helpers/assay.ts';
import { leaksOf } from '../helpers/leaks.ts';
import { type OwnServer, json, serve } from '../helpers/own-server.ts';

const key = 'sk-proj-Zq7Lw2Xc9Vb4Nm6Kj1Hg8Fd3Sa5';
const headerKey = 'tenant/K9+wQ3:eR7 "tY1"uI5oP2aS8';
const document = path.join(root, 'test', 'fixtures', 'echo.json');

/** Repeats the credentials of a request in its answer, in a form that the path names. */
function startEcho(): Promise<OwnServer> {
  return serve((request, response) => {
    const given = request.headers.authorization?.replace(/^Bearer /, '') ?? '';
    const tenant = String(request.headers['x-tenant-key'] ?? '');
    const both = `${given} ${tenant}`;
    if (!given.startsWith('sk-'))
      return json(response, 401, { error: { message: `The key ${both} is not known.`, seen: request.headers } });
    switch (new URL(request.path, 'http://localhost').pathname) {
      case '/header':
        return json(
          response,
          200,
          { count: 1 },
          { 'x-seen': given, 'set-cookie': `key=${given}`, 'x-tenant-seen': tenant.replaceAll('"', '') },
        );
      case '/packed':
        response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
        return void response.end(gzipSync(JSON.stringify({ count: 'no number', both })));
      case '/base64':
        return json(response, 200, {
          count: 'x',
          all: ['', 'a', 'ab'].map((start) => Buffer.from(`${start}${given} ${start}${tenant}`).toString('base64')),
        });
      case '/percent':
        return json(response, 200, {
          count: 'x',
          once: encodeURIComponent(both),
          all: percent(both),
          twice: encodeURIComponent(percent(both)),
        });
      case '/escaped':
        response.writeHead(200, { 'content-type': 'application/json' });
        return void response.end(`{"count": "${unicode(both)}", "quoted": ${JSON.stringify(JSON.stringify(JSON.stringify(both)))}}`);
      case '/bytes':
        return void response.writeHead(200, { 'content-type': 'application/gzip' }).end(gzipSync(`inside: ${both}`));
      case '/events':
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        // One fragment of the key in each event, and one event cut in the middle of the key by the chunks.
        for (const piece of given.match(/.{1,5}/g) ?? []) response.write(`data: ${JSON.stringify({ delta: piece })}\n\n`);
        response.write(`data: {"whole": "${given.slice(0, 11)}`);
        return void response.end(`${given.slice(11)}"}\n\ndata: [DONE]\n\n`);
      case '/things':
        return json(response, request.body.includes('"name":"') ? 200 : 400, {
          error: { message: `${given} may not do this` },
          count: both,
        });
      default:
        return json(response, 200, { count: both, [given]: given });
    }
  });
}

function percent(text: string): string {
  return Array.from(Buffer.from(text), (byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
}

function unicode(text: string): string {
  return Array.from(text, (character) => String.raw`\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
}

describe('a key that the target repeats', () => {
  test('stands in no file of the run folder, in no form', async () => {
    const { url, received } = await startEcho();
    const cwd = scratch();
    const flags = ['--spec', document, '--api-key-env', 'ECHO_KEY', '--header', `X-Tenant-Key: ${headerKey}`, '--out', 'run'];
    const { code, stdout, stderr } = await assay(['run', url, ...flags], { cwd, env: { ECHO_KEY: key } });
    expect(`${stdout}${stderr}`).toContain('body-valid');
    expect(code).toBe(1);
    // The key was really sent, and every form of answer really asked for.
    expect(new Set(received.map((one) => one.path.split('?')[0]))).toEqual(
      new Set(['/member', '/header', '/packed', '/base64', '/percent', '/escaped', '/bytes', '/events', '/things']),
    );
    expect(received.filter((one) => one.headers.authorization === `Bearer ${key}`).length).toBeGreaterThan(9);

    for (const secret of [key, headerKey]) {
      expect(leaksOf(path.join(cwd, 'run'), secret)).toEqual([]);
      expect(`${stdout}${stderr}`).not.toContain(secret);
    }
    // A mask of the same length and prefix stands where the key was.
    expect(readFileSync(path.join(cwd, 'run', 'journal.ndjson'), 'utf8')).toContain('sk-proj-Xx0Xx0Xx0Xx0Xx0Xx0Xx0Xx0Xx0');
  });

  test('would be found by this search', () => {
    const folder = path.join(scratch(), 'leaky');
    mkdirSync(folder);
    const leaks: Readonly<Record<string, string | Buffer>> = {
      plain: `key ${key}`,
      packed: gzipSync(`key ${key}`),
      packedInside: JSON.stringify({ base64: gzipSync(`key ${key}`).toString('base64') }),
      percent: percent(key),
      unicode: unicode(key),
      shifted: Buffer.from(`a${key} and more`).toString('base64'),
    };
    for (const [name, content] of Object.entries(leaks)) writeFileSync(path.join(folder, name), content);
    const found = new Set(leaksOf(folder, key).map((leak) => leak.split(':')[0]));
    expect(found).toEqual(new Set(Object.keys(leaks)));
  });
});

test('secrets that an answer mints stand in no file', async () => {
  const cwd = scratch();
  const only = ['admin-api-keys-create', 'create-project-service-account', 'create-realtime-session'].flatMap((id) => ['--only', id]);
  const { code } = await assay(['run', ...only, '--out', 'run'], { cwd });
  expect(code).toBe(0);
  const journal = readFileSync(path.join(cwd, 'run', 'journal.ndjson'), 'utf8');
  const minted = [...journal.matchAll(/\\"value\\":\s*\\"([^"\\]+)\\"/g)].map((match) => match[1] ?? '');
  // Of the keys of the administrator, the service account and the session the prefixes are left; a list shows none.
  const beginnings = new Set(minted.map((value) => value.replace(/[xX0_-]+$/, '')));
  expect(beginnings).toEqual(new Set(['', 'ek', 'sk-admin', 'sk-svcacct']));
});
