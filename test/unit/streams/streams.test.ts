import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { sseRules } from '../../../src/stream/index.ts';
import { grammars } from '../../../suites/openai/grammars/index.ts';
import { assistantTraces } from './assistant-traces.ts';
import { chatTraces, completionTraces, text } from './chat-traces.ts';
import { illegalAssistants } from './illegal-assistants.ts';
import { illegalChat } from './illegal-chat.ts';
import { illegalOthers } from './illegal-others.ts';
import { illegalResponses } from './illegal-responses.ts';
import { otherTraces } from './other-traces.ts';
import { responseTraces } from './response-traces.ts';
import type { Sent } from '../../helpers/stream-tester/trace.ts';
import { bytesOf, rulesBroken, violationsOf } from './trace.ts';

const legal = [...chatTraces, ...completionTraces, ...assistantTraces, ...responseTraces, ...otherTraces];
const illegal = [...illegalChat, ...illegalResponses, ...illegalAssistants, ...illegalOthers];

describe('legal streams', () => {
  test.each(legal.map((trace) => [trace.stream, trace.name, trace] as const))('%s: accepts %s', (_stream, _name, trace) => {
    expect(violationsOf(trace)).toEqual([]);
  });
});

describe('parts of legal streams', () => {
  const numberedOnes = responseTraces.filter(
    ({ request }) => request?.['starting_after'] === undefined && request?.['profile'] === undefined,
  );

  test.each(numberedOnes.map((trace) => [trace.name, trace] as const))('%s: may be resumed after any event', (_name, trace) => {
    const events = trace.events.filter(({ data }) => typeof data === 'object');
    const refused = events.slice(0, -1).flatMap((_event, after) => {
      const broken = rulesBroken({ ...trace, request: { starting_after: after }, events: events.slice(after + 1) });
      return broken.length === 0 ? [] : [`after ${after}: ${broken.join(', ')}`];
    });
    expect(refused).toEqual([]);
  });

  const error = { error: { message: 'The bridge fell.', type: 'server_error', param: null, code: null } };
  const ended = legal.filter(({ stream, events }) => stream !== 'resp' && !JSON.stringify(events).includes('"error"'));

  test.each(ended.map((trace) => [trace.stream, trace.name, trace] as const))(
    '%s: %s: may end in an error at any point',
    (stream, _name, trace) => {
      const failure = stream === 'asst' ? { event: 'error', data: error } : { data: error };
      const end = stream === 'asst' ? { event: 'done', data: '[DONE]' } : { data: '[DONE]' };
      const refused = trace.events.slice(0, -1).flatMap((_event, kept) => {
        if (stream === 'asst' && assistantEnds(trace.events.slice(0, kept))) return [];
        return [[failure], [failure, end]].flatMap((rest) => {
          const broken = rulesBroken({ ...trace, events: [...trace.events.slice(0, kept), ...rest] });
          return broken.length === 0 ? [] : [`after ${kept}: ${broken.join(', ')}`];
        });
      });
      expect(refused).toEqual([]);
    },
  );
});

/** Whether the run of these events has come to its end: after that no error is expected. */
function assistantEnds(events: readonly Sent[]): boolean {
  const ends = ['requires_action', 'completed', 'incomplete', 'failed', 'cancelled', 'expired'];
  return events.some(({ event }) => ends.some((end) => event === `thread.run.${end}`));
}

describe('illegal streams', () => {
  test.each(illegal.map((one) => [one.stream, one.rule, one.how, one] as const))('%s: %s: refuses %s', (_stream, _rule, _how, one) => {
    const broken = rulesBroken({
      name: one.how,
      stream: one.stream,
      ...(one.request && { request: one.request }),
      events: one.change(one.events),
    });
    expect(broken.toSorted()).toEqual([one.rule, ...(one.also === undefined ? [] : [one.also])].toSorted());
  });

  test('break every rule of every grammar', () => {
    const proven = new Set(illegal.map((one) => one.rule));
    const rules = [...grammars.flatMap((grammar) => grammar.rules), ...sseRules]
      .filter((rule) => rule.level !== 'MAY')
      .map((rule) => rule.id);
    // Bytes that are no text and a missing end are below; the answer's head is seen by other checks; schemas need a contract.
    const elsewhere = ['sse.utf8', 'sse.blank-terminated', 'sse.content-type', 'sse.status', 'stream-event-valid'];
    expect(rules.filter((id) => !proven.has(id))).toEqual(rules.filter((id) => elsewhere.includes(id)));
  });
});

describe('bytes', () => {
  const trace = { name: 'text', stream: 'chat', request: {}, events: text };

  test('refuses a last event that no blank line ends', () => {
    const bytes = bytesOf(text);
    expect(rulesBroken(trace, bytes.subarray(0, bytes.length - 2))).toEqual(['sse.blank-terminated']);
  });

  test('refuses bytes that are no UTF-8', () => {
    const bytes = bytesOf(text);
    bytes[bytes.indexOf('M'.charCodeAt(0))] = 0xff;
    expect(rulesBroken(trace, bytes)).toEqual(['sse.utf8']);
  });

  test.each(['\r\n', '\r'])('accepts lines that end in %j', (end) => {
    const bytes = new TextEncoder().encode(new TextDecoder().decode(bytesOf(text)).replaceAll('\n', end));
    expect(rulesBroken(trace, bytes)).toEqual([]);
  });
});

describe('rules', () => {
  test('have one entry each, and an example where a stream can break them', () => {
    const rules = grammars.flatMap((grammar) => grammar.rules).concat(sseRules);
    expect(rules.map((rule) => rule.id)).toEqual([...new Set(rules.map((rule) => rule.id))]);
    expect(rules.filter((rule) => rule.level !== 'MAY' && rule.example === undefined)).toEqual([]);
    expect(rules.filter((rule) => rule.source === 'observed' && rule.level === 'MUST')).toEqual([]);
  });

  test('name every rule that a grammar uses', () => {
    const known = new Set(grammars.flatMap((grammar) => grammar.rules.map((rule) => rule.id)).concat(sseRules.map((rule) => rule.id)));
    const folder = path.join(import.meta.dirname, '../../../suites/openai/grammars');
    const files = [
      'chat',
      'chat-choice',
      'completions',
      'assistants',
      'assistants-entities',
      'responses',
      'responses-events',
      'responses-items',
      'audio',
      'images',
      'practice',
    ];
    const named = files.flatMap((file) =>
      [...readFileSync(path.join(folder, `${file}.ts`), 'utf8').matchAll(/'((?:sse|chat|compl|asst|resp|stt|tts|img)\.[a-z-]+)'/g)].map(
        (match) => match[1] ?? '',
      ),
    );
    expect([...new Set(named)].filter((id) => !known.has(id))).toEqual([]);
  });
});
