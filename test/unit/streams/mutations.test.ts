import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadContract } from '../../../src/cli/contract.ts';
import { openPassiveRun } from '../../../src/cli/passive-run.ts';
import type { RecordedJudging } from '../../../src/engine/index.ts';
import { type RecordedExchange, readRecordings } from '../../../src/recordings/index.ts';
import { type BodyMutation, mutateBody, mutateEvents } from '../../helpers/mutations/bodies.ts';
import { recordReference } from '../../helpers/mutations/record.ts';
import { type SecondValidator, secondValidatorOf } from '../../helpers/mutations/second-validator.ts';
import { mutateStream, withoutNumbers } from '../../helpers/mutations/streams.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'assay-mutations-'));
const recorded: RecordedExchange[] = [];
let judging: RecordedJudging;
let second: SecondValidator;

beforeAll(async () => {
  const loaded = await loadContract({});
  const file = path.join(folder, 'reference.jsonl');
  await recordReference(loaded.contract, file);
  for await (const one of readRecordings([file])) if (one.kind === 'exchange') recorded.push(one);
  judging = openPassiveRun(loaded, {}, { target: file, options: {} }).judging;
  second = secondValidatorOf(loaded.contract);
});
afterAll(() => rmSync(folder, { recursive: true }));

const whereOf = (one: RecordedExchange): string => `${one.exchange.request.url} ${one.exchange.request.body?.text ?? ''}`;

test('reports every change of the order of a recorded stream that its grammar lets be seen, and no other', () => {
  const random = (): number => 0.5;
  const streams = recorded.filter((one) => one.exchange.stream !== undefined);
  const wrong: string[] = [];
  let visible = 0;
  for (const one of streams) {
    const mutations = [...mutateStream(one, judging, { farMoves: 1, random })];
    if (mutations.length === 0) wrong.push(`${whereOf(one)} is not accepted as it came`);
    visible += mutations.filter((mutation) => mutation.visible !== undefined).length;
    const differs = mutations.filter((mutation) => (mutation.visible === undefined) === mutation.reported.length > 0);
    for (const { change, visible: why, reported } of differs)
      wrong.push(`${whereOf(one)} ${JSON.stringify(change)} visible: ${why ?? 'not'}, reported: ${reported.join()}`);
  }
  expect(wrong).toEqual([]);
  expect(streams.length).toBeGreaterThan(15);
  expect(visible).toBeGreaterThan(500);
});

async function missedOf(mutations: AsyncIterable<BodyMutation>): Promise<readonly [visible: number, missed: readonly string[]]> {
  const missed: string[] = [];
  let visible = 0;
  for await (const { kind, event = '', at, visible: isVisible, reported } of mutations) {
    if (isVisible) visible += 1;
    if (isVisible && reported.length === 0) missed.push(`${kind} ${event} ${at}`);
  }
  return [visible, missed];
}

test.each([
  ['an answer', mutateBody, '/v1/chat/completions', '"stream":false'],
  ['a response', mutateBody, '/v1/responses', '"stream":false'],
  ['a streamed answer', mutateEvents, '/v1/chat/completions', '"stream":true'],
  ['a streamed response', mutateEvents, '/v1/responses', '"stream":true'],
] as const)('reports every member dropped and every type changed that the contract forbids in %s', async (_what, mutate, where, asked) => {
  const one = recorded.find(({ exchange }) => exchange.request.url.endsWith(where) && exchange.request.body?.text?.includes(asked));
  if (one === undefined) throw new Error('The recording holds no such exchange.');
  const [visible, missed] = await missedOf(mutate(one, judging, { second, entriesOfPlace: 1 }));
  expect(missed).toEqual([]);
  expect(visible).toBeGreaterThan(50);
});

test('takes the numbers out of a recording only where there are some', () => {
  const chat = recorded.find(({ exchange }) => exchange.stream !== undefined && exchange.request.url.endsWith('/chat/completions'));
  expect(chat && withoutNumbers(chat, judging)).toBeUndefined();
});
