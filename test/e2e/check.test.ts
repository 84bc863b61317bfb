import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/reporting/index.ts';
import { assay, scratch } from '../helpers/assay.ts';

const kettle = {
  type: 'object',
  required: ['id', 'litres'],
  properties: { id: { type: 'string' }, litres: { type: 'number' } },
};
const spec = {
  openapi: '3.1.0',
  info: { title: 'Kettles', version: '1' },
  paths: {
    '/kettles': {
      post: {
        operationId: 'makeKettle',
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { type: 'object', properties: { litres: { type: 'number' } } } } },
        },
        responses: { 201: { description: 'made', content: { 'application/json': { schema: kettle } } } },
      },
    },
    '/kettles/{id}': {
      get: {
        operationId: 'getKettle',
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        responses: { 200: { description: 'one', content: { 'application/json': { schema: kettle } } } },
      },
    },
  },
};
const json = { 'content-type': 'application/json' };

/** A folder with the document in it, and what was recorded. */
function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = scratch();
  writeFileSync(path.join(folder, 'spec.json'), JSON.stringify(spec));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), content);
  }
  return folder;
}

interface Checked {
  readonly summary: { readonly exchanges: number; readonly judged: number; readonly unjudged: number; readonly verdicts: object };
  readonly findings: readonly { readonly checkId: string; readonly count: number; readonly operationIds: readonly string[] }[];
  readonly exchanges: readonly {
    readonly source: string;
    readonly id: string;
    readonly operationId: string | null;
    readonly verdict: string;
    readonly reason?: string;
    readonly violations: readonly { readonly checkId: string; readonly level: string; readonly at: string }[];
  }[];
}

async function checked(folder: string, ...args: string[]): Promise<{ code: number | null; stderr: string; said: Checked }> {
  const { code, stdout, stderr } = await assay(['check', ...args, '--json'], { cwd: folder });
  return { code, stderr, said: JSON.parse(stdout) as Checked };
}

const line = (more: object): string =>
  JSON.stringify({
    id: 'k1',
    method: 'GET',
    path: '/kettles/a',
    status: 200,
    request_headers: { accept: '*/*' },
    response_headers: json,
    response_body: '{"id":"a","litres":1.5}',
    ...more,
  });

/** Of a journal: the target could not be reached. */
const unsent = {
  id: 'unsent',
  request: { method: 'GET', url: 'http://127.0.0.1:9/kettles/a', headers: [] },
  error: { kind: 'refused', sent: false, message: 'connect ECONNREFUSED' },
  timings: { startedAt: 0, endMs: 1 },
};

const har = JSON.stringify({
  log: {
    version: '1.2',
    creator: { name: 'hand', version: '1' },
    entries: [
      {
        startedDateTime: '2026-01-01T00:00:00Z',
        time: 4,
        request: {
          method: 'POST',
          url: 'https://kitchen.example/api/v3/kettles',
          httpVersion: 'HTTP/1.1',
          headers: [{ name: 'Content-Type', value: 'application/json' }],
          postData: { mimeType: 'application/json', text: '{"litres":"two"}' },
        },
        response: {
          status: 201,
          httpVersion: 'HTTP/1.1',
          headers: [{ name: 'Content-Type', value: 'application/json' }],
          content: { mimeType: 'application/json', encoding: 'base64', text: Buffer.from('{"id":"b","litres":2}').toString('base64') },
        },
      },
    ],
  },
});

const cassette = `interactions:
- request:
    method: GET
    uri: https://kitchen.example/kettles/c
    headers: {Accept: ['*/*']}
    body: null
  response:
    status: {code: 200, message: OK}
    headers: {Content-Type: [application/json]}
    body: {string: !!binary ${Buffer.from('{"id":"c","litres":"full"}').toString('base64')}}
version: 1
`;

describe('check', () => {
  test('reads every format, gzipped or not, and judges each exchange under its operation', async () => {
    const folder = folderWith({
      'in/a.har': har,
      'in/b.yaml': cassette,
      'in/c.jsonl.gz': gzipSync(`${line({ id: 'fine' })}\n${line({ id: 'no litres', response_body: '{"id":"a"}' })}\n`),
    });
    const { code, said } = await checked(folder, 'in', '--spec', 'spec.json');
    expect(code).toBe(1);
    expect(
      said.exchanges.map(({ source, id, operationId, verdict, violations }) => [
        source,
        id,
        operationId,
        verdict,
        violations.map(({ checkId, level, at }) => `${checkId} ${level} ${at}`),
      ]),
    ).toEqual([
      ['in/a.har', 'entry 1', 'makeKettle', 'pass', ['request-valid MAY request /litres']],
      ['in/b.yaml', 'entry 1', 'getKettle', 'fail', ['body-valid MUST /litres']],
      ['in/c.jsonl.gz', 'fine', 'getKettle', 'pass', []],
      ['in/c.jsonl.gz', 'no litres', 'getKettle', 'fail', ['body-valid MUST body']],
    ]);
    expect(said.summary).toEqual({
      exchanges: 4,
      judged: 4,
      unjudged: 0,
      verdicts: { fail: 2, error: 0, warn: 0, inconclusive: 0, unsupported: 0, pass: 2 },
    });
    expect(said.findings.map(({ checkId, count, operationIds }) => [checkId, count, operationIds])).toEqual([
      ['body-valid', 1, ['getKettle']],
      ['body-valid', 1, ['getKettle']],
    ]);
  });

  test('says what could not be judged and why', async () => {
    const folder = folderWith({
      'r.jsonl': [
        line({ id: 'elsewhere', path: '/teapots' }),
        line({ id: 'cut', flags: ['bytes=900'] }),
        line({ id: 'bare', response_headers: {} }),
        line({ id: 'silent', status: undefined, response_body: undefined }),
        line({ id: 'blocked', status: 0, response_headers: {}, response_body: undefined }),
        JSON.stringify({ v: 2, type: 'exchange', exchange: unsent }),
        line({ id: 'unsaid', method: 'POST', path: '/kettles', status: 201 }),
      ].join('\n'),
    });
    const { code, said } = await checked(folder, 'r.jsonl', '--spec', 'spec.json');
    expect(code).toBe(0);
    expect(said.exchanges.map(({ id, verdict, reason }) => [id, verdict, reason])).toEqual([
      ['elsewhere', 'unjudged', 'the contract has no operation for GET /teapots'],
      ['cut', 'inconclusive', expect.stringContaining('truncated')],
      ['bare', 'inconclusive', expect.stringContaining('not-recorded')],
      ['silent', 'unjudged', 'the recording holds no response'],
      ['blocked', 'unjudged', 'the recording holds no response'],
      ['unsent', 'unjudged', 'the request was never sent (refused)'],
      ['unsaid', 'pass', 'not-recorded: the request body was not recorded'],
    ]);
  });

  test('names what it cannot read, passes over it, and counts it', async () => {
    const folder = folderWith({
      'r.jsonl': Buffer.concat([
        Buffer.from(`${line({ id: 'first' })}\n{"id": "half\n`),
        Buffer.from([0x7b, 0xff, 0xfe, 0x7d, 0x0a]),
        Buffer.from('[1]\n'),
        Buffer.from(`${line({ path: undefined, url: 'http://[kettles' })}\n`),
        Buffer.from(`${JSON.stringify({ v: 2, type: 'exchange', exchange: { ...unsent, response: {} } })}\n`),
        Buffer.from(line({ id: 'last' })),
      ]),
    });
    const { code, stderr, said } = await checked(folder, 'r.jsonl', '--spec', 'spec.json');
    expect(code).toBe(0);
    expect(said.exchanges.map(({ id }) => id)).toEqual(['first', 'last']);
    expect(stderr.split('\n').filter((one) => one !== '')).toEqual([
      expect.stringMatching(/^assay: r\.jsonl, line 2: is no JSON/),
      'assay: r.jsonl, line 3: is not valid UTF-8',
      'assay: r.jsonl, line 4: is no JSON object',
      'assay: r.jsonl, line 5: the URL "http://[kettles" cannot be read',
      'assay: r.jsonl, line 6: an exchange of a journal whose parts are not those of one',
    ]);
  });

  test('could not measure where nothing can be read', async () => {
    const folder = folderWith({ 'r.jsonl': 'no\n' });
    const { code } = await assay(['check', 'r.jsonl', 'absent.har', '--spec', 'spec.json'], { cwd: folder });
    expect(code).toBe(2);
  });

  test('follows no link out of a folder', async () => {
    const folder = folderWith({ 'in/a.jsonl': line({ id: 'in' }), 'out/b.jsonl': line({ id: 'out' }) });
    symlinkSync(path.join(folder, 'out'), path.join(folder, 'in', 'link'));
    symlinkSync(path.join(folder, 'out', 'b.jsonl'), path.join(folder, 'in', 'b.jsonl'));
    const { said } = await checked(folder, 'in', '--spec', 'spec.json');
    expect(said.exchanges.map(({ id }) => id)).toEqual(['in']);
  });

  test('takes a path only below the base path that was given', async () => {
    const folder = folderWith({ 'r.jsonl': `${line({ id: 'other' })}\n${line({ id: 'own', prefix: '/v3' })}` });
    const { said } = await checked(folder, 'r.jsonl', '--spec', 'spec.json', '--base-path', '/v3');
    expect(said.exchanges.map(({ id, verdict }) => [id, verdict])).toEqual([
      ['other', 'unjudged'],
      ['own', 'pass'],
    ]);
  });

  test('writes a run folder that can be judged again, without the credentials in it', async () => {
    const secret = 'sk-live-4f7Gk29QmZ81';
    const broken = line({
      id: 'broken',
      request_headers: { authorization: `Bearer ${secret}` },
      response_body: JSON.stringify({ id: secret, litres: 'none' }),
    });
    const folder = folderWith({ 'r.jsonl': broken });
    const { code, stdout } = await assay(['check', 'r.jsonl', '--spec', 'spec.json', '--out', 'run'], { cwd: folder });
    expect(code).toBe(1);
    expect(stdout).toContain('r.jsonl:broken body-valid MUST GET /kettles/{id} /litres: expected number, came "none"');
    const written = ['journal.ndjson', 'report.json', 'report.html', 'junit.xml', 'summary.md'].map((name) =>
      readFileSync(path.join(folder, 'run', name), 'utf8'),
    );
    expect([stdout, ...written].filter((text) => text.includes(secret))).toEqual([]);
    const again = await checked(folder, 'run/journal.ndjson', '--spec', 'spec.json');
    expect(again.said.summary.verdicts).toMatchObject({ fail: 1, pass: 0 });
  });

  test('reports recorded exchanges as recorded, whatever their status', async () => {
    const refused = { status: 404, response_body: '{"error":{"message":"no such kettle"}}' };
    const folder = folderWith({ 'r.jsonl': `${line({ id: 'fine' })}\n${line({ id: 'gone', ...refused })}\n${line({ path: '/teapots' })}` });
    const { stdout } = await assay(['check', 'r.jsonl', '--spec', 'spec.json', '--out', 'run'], { cwd: folder });
    const read = (name: string) => readFileSync(path.join(folder, 'run', name), 'utf8');
    const { summary } = JSON.parse(read('report.json')) as Report;
    expect(summary.cases).toEqual({ valid: 0, invalid: 0, probe: 0, recorded: 2 });
    expect(summary.operations).toEqual({ total: 2, exercisedValid: 0, exercisedInvalid: 0, recorded: 1 });
    expect(summary.requests).toBe(3);
    expect(read('summary.md')).toContain('| Operations met in recorded exchanges | 1 of 2 |\n| Cases | 2: 2 recorded exchanges |');
    expect(stdout).toContain('exchanges  3: 2 judged, 1 not');
  });

  test('takes the practice of a service for its own host alone, and another reading where one is asked for', async () => {
    const chunk = (delta: object, more: object = {}): string =>
      `data: ${JSON.stringify({
        id: 'c1',
        object: 'chat.completion.chunk',
        created: 1,
        model: 'm',
        choices: [{ index: 0, delta, finish_reason: null, ...more }],
      })}\n\n`;
    // The role again where the audio begins: a habit of one service's audio streams.
    const body = `${chunk({ role: 'assistant', content: '' })}${chunk({ role: 'assistant', audio: { id: 'audio_1', transcript: 'tea' } })}${chunk({}, { finish_reason: 'stop' })}data: [DONE]\n\n`;
    const recorded = (id: string, host: string, more: object = { modalities: ['text', 'audio'] }): string =>
      JSON.stringify({
        id,
        host,
        method: 'POST',
        prefix: '/v1',
        path: '/chat/completions',
        status: 200,
        request_headers: json,
        request_body: JSON.stringify({ model: 'm', messages: [{ role: 'user', content: 'tea?' }], stream: true, ...more }),
        response_headers: { 'content-type': 'text/event-stream' },
        response_body: body,
        stream: true,
      });
    const folder = folderWith({
      'r.jsonl': `${recorded('there', 'api.openai.com')}\n${recorded('here', 'kitchen.example')}\n${recorded('plain', 'api.openai.com', {})}`,
    });
    const verdicts = (said: Checked) =>
      said.exchanges.map(({ id, verdict, violations }) => [
        id,
        verdict,
        violations.filter(({ checkId }) => checkId === 'stream-rules').map(({ level }) => level),
      ]);
    expect(verdicts((await checked(folder, 'r.jsonl')).said)).toEqual([
      ['there', 'pass', ['MAY']],
      ['here', 'fail', ['MUST']],
      ['plain', 'fail', ['MUST']],
    ]);
    expect(verdicts((await checked(folder, 'r.jsonl', '--reading', 'openai')).said)).toEqual([
      ['there', 'pass', ['MAY']],
      ['here', 'pass', ['MAY']],
      ['plain', 'fail', ['MUST']],
    ]);
  });

  test('tells which errata a recording needed', async () => {
    const overlay = {
      overlay: '1.0.0',
      info: { title: 'What kettles really say', version: '1' },
      actions: [
        {
          'x-id': 'litres-null',
          'x-kind': 'wrong',
          'x-evidence': 'observed: 2 answers',
          target: "$.paths['/kettles/{id}'].get.responses['200'].content['application/json'].schema.properties.litres",
          update: { type: ['number', 'null'] },
        },
        { 'x-id': 'lid-gone', 'x-kind': 'wrong', target: '$.components.schemas.Lid', update: { type: 'object' } },
      ],
    };
    const folder = folderWith({
      'overlay.json': JSON.stringify(overlay),
      'r.jsonl': `${line({ id: 'full' })}\n${line({ id: 'empty', response_body: '{"id":"a","litres":null}' })}`,
    });
    const ran = await assay(['check', 'r.jsonl', '--spec', 'spec.json', '--overlay', 'overlay.json', '--out', 'run'], { cwd: folder });
    expect(ran.code).toBe(0);
    const { stdout, stderr } = await assay(['errata', 'run', '--overlay', 'overlay.json'], { cwd: folder });
    expect(stdout.split('\n').filter((one) => !one.startsWith(' ') && one !== '')).toEqual([
      'litres-null  wrong  1 place (overlay.json), fired in 1 exchange',
      'lid-gone  wrong  0 places (overlay.json), fired in 0 exchanges',
      '1 of 2 actions on Kettles@1 fired: litres-null',
    ]);
    expect(stderr).toContain('overlay.json, action lid-gone is stale');
  });

  test('tells of raw streams by file, beside exchanges where both were given', async () => {
    const stream = ': case {"stream": "chat"}\n\ndata: {"id":"c1","object":"chat.completion.chunk"\n\n';
    const folder = folderWith({ 'one.sse': stream, 'r.jsonl': line({}) });
    const alone = await assay(['check', 'one.sse', '--json'], { cwd: folder });
    const { files } = JSON.parse(alone.stdout) as { files: { path: string; events: number; violations: { rule: string }[] }[] };
    expect(alone.code).toBe(1);
    expect(Object.keys(JSON.parse(alone.stdout) as object)).toEqual(['files']);
    expect(files.map(({ path: file, events }) => [file, events])).toEqual([['one.sse', 1]]);
    expect(files[0]?.violations.map(({ rule }) => rule)).toContain('sse.json');
    const both = await assay(['check', 'one.sse', 'r.jsonl', '--json'], { cwd: folder });
    expect(Object.keys(JSON.parse(both.stdout) as object).toSorted()).toEqual(['exchanges', 'files', 'findings', 'summary']);
  });
});

test('what is unknown is told once for each path, whatever ids stand in it', async () => {
  const paths = ['/teapots/pot_8812345', '/teapots/pot_9912345', '/teapots', '/kettles/k1'];
  const lines = paths.map((asked, index) => line({ id: `x${index}`, path: asked }));
  const cwd = folderWith({ 'recorded.jsonl': `${lines.join('\n')}\n` });
  const { stdout } = await assay(['check', 'recorded.jsonl', '--spec', 'spec.json'], { cwd });
  const told = stdout.split('\n').filter((text) => text.startsWith('not judged'));
  expect(told.map((text) => text.replaceAll(/ +/g, ' '))).toEqual([
    'not judged 2x the contract has no operation for GET /teapots/*',
    'not judged 1x the contract has no operation for GET /teapots',
  ]);
});
