import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Report } from '../../src/reporting/index.ts';
import { assay, scratch, startAssay } from '../helpers/assay.ts';
import { listen } from '../helpers/between.ts';

interface Erratum {
  readonly id: string;
  readonly kind: string;
  readonly fired?: number;
}

test('errata lists every action with its kind, and no stale one', async () => {
  const { code, stdout, stderr } = await assay(['errata', '--contract', 'openai@2025-03', '--json']);
  const errata = JSON.parse(stdout) as readonly Erratum[];
  expect(errata.length).toBeGreaterThan(150);
  expect(new Set(errata.map(({ kind }) => kind))).toEqual(new Set(['wrong', 'grew', 'rule']));
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});

test('errata of a checked recording says which fired', async () => {
  const folder = scratch();
  const recording = path.join(folder, 'files.jsonl');
  const file = {
    id: 'file-1',
    object: 'file',
    bytes: 1,
    created_at: 1,
    filename: 'a',
    purpose: 'assistants',
    status: 'processed',
    status_details: null,
  };
  const line = {
    method: 'GET',
    path: '/files/file-1',
    status: 200,
    response_headers: { 'content-type': 'application/json' },
    response_body: JSON.stringify(file),
  };
  writeFileSync(recording, `${JSON.stringify(line)}\n`);
  const run = path.join(folder, 'run');
  const checked = await assay(['check', recording, '--out', run]);
  expect(checked.code).toBe(0);
  const { stdout } = await assay(['errata', run, '--json']);
  const fired = (JSON.parse(stdout) as readonly Erratum[]).filter((erratum) => erratum.fired !== 0);
  expect(fired.map(({ id, fired: times }) => [id, times])).toEqual([['open-aifile-status-details-null', 1]]);
});

const met = (folder: string) =>
  (JSON.parse(readFileSync(path.join(folder, 'report.json'), 'utf8')) as Report).errata
    .filter(({ fired }) => fired > 0)
    .map(({ id, fired, operationIds }) => [id, fired > 0, operationIds]);

test('a run tells which errata its answers needed, and of which operations', async () => {
  const folder = path.join(scratch(), 'run');
  const { code, stdout } = await assay(['run', '--only', 'createSpeech', '--phase', 'valid', '--out', folder]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^errata met {4}1 repair of the document needed: speech-audio-types \(\d+ exchanges?\)$/m);
  expect(met(folder)).toEqual([['speech-audio-types', true, ['createSpeech']]]);
  expect(readFileSync(path.join(folder, 'summary.md'), 'utf8')).toMatch(/\| `speech-audio-types` \| wrong \| \d+ \|/);
});

test('the proxy tells which errata passed by, also in events', async () => {
  const folder = path.join(scratch(), 'run');
  const chunk = (delta: object, more: object) =>
    `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', service_tier: 'priority', choices: [{ index: 0, delta, ...more }] })}\n\n`;
  const events = [
    chunk({ role: 'assistant', content: 'tea' }, { finish_reason: null }),
    chunk({}, { finish_reason: 'stop' }),
    'data: [DONE]\n\n',
  ];
  const origin = await listen(
    createServer((request, response) => {
      request.resume().on('end', () => response.writeHead(200, { 'content-type': 'text/event-stream' }).end(events.join('')));
    }),
  );
  const proxy = startAssay(['proxy', '--to', origin, '--out', folder]);
  const [, url = ''] = /^(http:\S+) passes on/m.exec(await proxy.printed(/^http:\S+ passes on/m)) ?? [];
  const body = JSON.stringify({ model: 'm', stream: true, service_tier: 'priority', messages: [{ role: 'user', content: 'tea?' }] });
  await (await fetch(`${url}/v1/chat/completions`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })).text();
  proxy.interrupt();
  const { code } = await proxy.ended;
  expect(code).toBe(0);
  expect(met(folder)).toEqual([['create-chat-completion-stream-response-service-tier-grew', true, ['createChatCompletion']]]);
});
