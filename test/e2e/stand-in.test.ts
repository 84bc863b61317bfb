import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { ExchangeEvent, OutcomeEvent, RunEvent } from '../../src/model/index.ts';
import { assay, scratch } from '../helpers/assay.ts';
import { json, serve } from '../helpers/own-server.ts';

const thing = {
  type: 'object',
  required: ['name'],
  properties: { name: { type: 'string' }, size: { type: 'integer', minimum: 1 }, note: { type: 'string' } },
};
const ok = { description: 'OK', content: { 'application/json': { schema: { type: 'object' } } } };
const document = {
  openapi: '3.0.3',
  info: { title: 'Things', version: '1' },
  paths: {
    '/things': {
      post: {
        operationId: 'makeThing',
        requestBody: { required: true, content: { 'application/json': { schema: thing } } },
        responses: { '200': ok, '4XX': { ...ok, description: 'Refused' } },
      },
    },
  },
};

/** Refuses every request that has a note, and takes any number as a size. */
function refuses(body: Buffer): boolean {
  try {
    const { name, note, size } = JSON.parse(body.toString()) as Readonly<Record<string, unknown>>;
    return typeof name !== 'string' || note !== undefined || (size !== undefined && typeof size !== 'number');
  } catch {
    return true;
  }
}

test('a control that the target refuses is replaced once by a smaller one, and its mutants are judged by that', async () => {
  const server = await serve(({ body }, response) => {
    if (refuses(body)) json(response, 400, { error: { message: 'That is not a thing.' } });
    else json(response, 200, {});
  });
  const cwd = scratch();
  writeFileSync(path.join(cwd, 'things.json'), JSON.stringify(document));
  const { code } = await assay(
    ['run', server.url, '--spec', 'things.json', '--phase', 'property', '--property-cases', '60', '--max-requests', '2000', '--out', 'run'],
    { cwd },
  );
  expect(code).toBe(1);
  const events = readFileSync(path.join(cwd, 'run', 'journal.ndjson'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as RunEvent);
  const replaced = events.filter((event): event is ExchangeEvent => event.type === 'exchange' && event.case.standIn?.holdsPlace === true);
  expect(replaced.length).toBeGreaterThan(5);
  // Nothing that was accepted holds a note.
  expect(replaced.filter(({ case: { request } }) => JSON.stringify(request.body).includes('"note"'))).toEqual([]);
  const undecided = events.filter((event): event is OutcomeEvent => event.type === 'outcome' && event.outcome.reason === 'control-refused');
  // What is wrong with the note itself cannot be told from the note.
  const mutated = new Map(
    events.flatMap((event) => ('case' in event ? [[event.case?.id, event.case?.mutation?.instancePath] as const] : [])),
  );
  expect(new Set(undecided.map(({ outcome }) => mutated.get(outcome.caseId)))).toEqual(new Set(['/note']));
  const ids = new Set(replaced.map(({ case: { id } }) => id));
  const failing = events.filter((event): event is OutcomeEvent => event.type === 'outcome' && event.outcome.status === 'fail');
  expect(failing.some(({ outcome }) => outcome.checkId === 'invalid-rejected' && ids.has(outcome.caseId))).toBe(true);
  expect(undecided.some(({ outcome }) => ids.has(outcome.caseId))).toBe(false);
});
