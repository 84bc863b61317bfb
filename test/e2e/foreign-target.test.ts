import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { classesOf } from '../../src/engine/index.ts';
import { matchOperation } from '../../src/wire/index.ts';
import { openai } from '../../suites/openai/pack.ts';
import { assay, scratch } from '../helpers/assay.ts';
import { json, serve } from '../helpers/own-server.ts';
import { type Passed, startProxy } from '../helpers/proxy.ts';
import { packContract, startReference } from '../helpers/reference.ts';

const contract = await packContract('2025-03');

/** The classes of what a request reached; none where it reached no operation. */
function classes(one: Passed): readonly string[] {
  const route = matchOperation(contract.operations, one.method, one.path);
  return route.kind === 'operation' ? classesOf(route.operation, openai) : [];
}

test('a plain run against a foreign target is safe', async () => {
  const reference = await startReference(contract);
  onTestFinished(() => reference.close());
  const proxy = await startProxy(reference.origin);
  const cwd = scratch();
  const { code, stdout } = await assay(['run', proxy.url, '--out', 'run'], { cwd, env: { OPENAI_API_KEY: reference.apiKey } });
  expect(stdout).toContain('The budget of 500 requests is used up; --max-requests raises it.');
  expect(code).toBe(0);
  const report = JSON.parse(readFileSync(path.join(cwd, 'run', 'report.json'), 'utf8')) as { summary: { requests: number } };
  // Answers that the run broke off are not among those that passed through.
  expect(report.summary.requests).toBeGreaterThanOrEqual(proxy.passed.length);

  // 500 requests, and what it takes to end: cases under way and the removal of what was made.
  const removals = proxy.passed.filter((one) => one.method === 'DELETE').length;
  expect(proxy.passed.length).toBeGreaterThanOrEqual(500);
  expect(proxy.passed.length - removals).toBeLessThan(520);

  expect(proxy.passed.filter((one) => classes(one).some((name) => name === 'costly' || name === 'admin'))).toEqual([]);

  const made = new Set<string>();
  const strange: string[] = [];
  for (const one of proxy.passed) {
    if (one.status >= 300) continue;
    const route = matchOperation(contract.operations, one.method, one.path);
    if (route.kind !== 'operation') continue;
    const names = Object.values(route.pathParameters);
    const changes = classesOf(route.operation, openai).some((name) => name === 'mutate' || name === 'delete');
    if (changes && !names.every((name) => made.has(name))) strange.push(`${one.method} ${one.path}`);
    if (one.method === 'POST') for (const id of idsOf(one.body)) made.add(id);
  }
  expect(strange).toEqual([]);
  expect(made.size).toBeGreaterThan(10);
});

function idsOf(body: string): string[] {
  return [...body.matchAll(/"(?:id|file_id)":\s*"([^"]+)"/g)].map((match) => match[1] ?? '');
}

test('what streams, twins and calls that make something on the way leave behind is removed; what is not kept is asked for by nobody', async () => {
  const reference = await startReference(contract);
  onTestFinished(() => reference.close());
  const proxy = await startProxy(reference.origin);
  const only = ['createThreadAndRun', 'createResponse', 'createChatCompletion', 'getChatCompletion', 'getResponse'];
  const { code } = await assay(
    ['run', proxy.url, '--allow', 'costly', '--max-requests', '2000', ...only.flatMap((pattern) => ['--only', pattern])],
    { env: { OPENAI_API_KEY: reference.apiKey } },
  );
  expect(code).toBe(0);
  const made = (prefix: string): Set<string> => {
    const bodies = proxy.passed.filter((one) => one.method === 'POST' && one.status < 300).map((one) => one.body);
    return new Set(
      bodies
        .flatMap((body) => [...body.matchAll(/"(?:id|thread_id)":\s*"([^"]+)"/g)].map((match) => match[1] ?? ''))
        .filter((id) => id.startsWith(prefix)),
    );
  };
  const left: string[] = [];
  for (const [family, prefix] of [
    ['threads', 'thread_'],
    ['responses', 'resp_'],
    ['chat/completions', 'chatcmpl-'],
  ] as const) {
    const ids = made(prefix);
    expect(ids.size).toBeGreaterThan(10);
    for (const id of ids) {
      const answer = await fetch(`${reference.url}/${family}/${id}`, { headers: { authorization: `Bearer ${reference.apiKey}` } });
      if (answer.status !== 404) left.push(`${family}/${id}`);
      await answer.body?.cancel();
    }
  }
  expect(left).toEqual([]);
  // Most chat completions are not kept, and nothing is asked to remove them.
  const removed = proxy.passed.filter((one) => one.method === 'DELETE' && one.path.includes('/chat/completions/')).length;
  expect(removed).toBeLessThan(made('chatcmpl-').size / 2);
});

test('what needs --allow is left out, also where another operation would be needed first', async () => {
  const reference = await startReference(contract);
  onTestFinished(() => reference.close());
  const proxy = await startProxy(reference.origin);
  const { code, stdout } = await assay(['run', proxy.url, '--only', 'tag:Models'], { env: { OPENAI_API_KEY: reference.apiKey } });
  expect(stdout).toContain('A fine_tuned_model comes from createFineTuningJob, which needs --allow costly.');
  expect(proxy.passed.filter((one) => one.path.includes('fine_tuning'))).toEqual([]);
  // Left out by choice, so that it does not count as undecided.
  expect(code).toBe(0);
});

test('an operation that is needed for set-up, but was not selected, is not on trial', async () => {
  const { url } = await serve((request, response) => {
    if (request.path === '/models')
      json(response, 200, { object: 'list', data: [{ id: 'm', object: 'model', created: 1, owned_by: 'me' }] });
    else json(response, 404, { error: { message: 'no such route', type: 'invalid_request_error', param: null, code: null } });
  });
  const cwd = scratch();
  const { stdout } = await assay(['run', url, '--only', 'getAssistant', '--phase', 'valid', '--out', 'run'], {
    cwd,
    env: { OPENAI_API_KEY: 'sk-planted-key-123456' },
  });
  expect(stdout).toContain('createAssistant answered 404 when the assistant was to be made.');
  const report = JSON.parse(readFileSync(path.join(cwd, 'run', 'report.json'), 'utf8')) as { findings: { operationIds: string[] }[] };
  expect(report.findings.flatMap((finding) => finding.operationIds)).not.toContain('createAssistant');
});

describe('a redirect', () => {
  const key = { OPENAI_API_KEY: 'sk-planted-key-123456' };

  test('takes no request and no key to another origin', async () => {
    const statuses = new Map([
      ['/assistants', 301],
      ['/files', 302],
      ['/batches', 303],
      ['/vector_stores', 307],
      ['/threads', 308],
    ]);
    const other = await serve((_, response) => json(response, 200, { object: 'list', data: [] }));
    const { url, received } = await serve((request, response) => {
      const status = statuses.get(request.path.replace(/\?.*/, ''));
      if (status === undefined) return json(response, 200, { object: 'list', data: [] });
      response.writeHead(status, { location: `${other.url}${request.path}` }).end();
    });
    const only = ['listModels', ...[...statuses.keys()].map((route) => `path:${route}`)].flatMap((pattern) => ['--only', pattern]);
    const { code } = await assay(['run', url, ...only], { env: key });
    expect(new Set(received.map((one) => one.path.replace(/\?.*/, '')))).toEqual(
      new Set(['/models', '/assay/no-such-route', ...statuses.keys()]),
    );
    expect(other.received).toEqual([]);
    expect(code).toBe(1);
  });

  test('of the smoke test is not followed either', async () => {
    const other = await serve((_, response) => json(response, 200, { object: 'list', data: [] }));
    const { url } = await serve((request, response) => void response.writeHead(307, { location: `${other.url}${request.path}` }).end());
    const { code, stdout } = await assay(['run', url, '--only', 'listModels'], { env: key });
    expect(other.received).toEqual([]);
    expect(stdout).toContain('307');
    expect(code).toBe(2);
  });
});
