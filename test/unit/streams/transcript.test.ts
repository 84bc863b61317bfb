import { expect, test } from 'vitest';
import { buildContract, loadDocument, loadOverlay } from '../../../src/contract/index.ts';
import type { Json, JsonObject, StreamEvent } from '../../../src/model/index.ts';
import { createJudge } from '../../../src/schema/index.ts';
import { checkTranscript, contextOf, judgeStream, payloadValidator } from '../../../src/stream/index.ts';
import { createSseDecoder } from '../../../src/wire/index.ts';
import { grammars } from '../../../suites/openai/grammars/index.ts';
import { streamPractices } from '../../../suites/openai/grammars/practice.ts';
import { openai } from '../../../suites/openai/pack.ts';
import { assistantTraces, message, requiresAction } from './assistant-traces.ts';
import { aligned, chatTraces, completionTraces, plain, text, tools, twoPrompts, withUsage } from './chat-traces.ts';
import { all, data, insert, repeat, set } from './changes.ts';
import { illegalAssistants } from './illegal-assistants.ts';
import { illegalChat } from './illegal-chat.ts';
import { illegalOthers } from './illegal-others.ts';
import { illegalResponses } from './illegal-responses.ts';
import { drawn, heard, otherTraces, spoken } from './other-traces.ts';
import { responseTraces, text as responseText } from './response-traces.ts';
import type { Sent } from '../../helpers/stream-tester/trace.ts';
import { bytesOf, numbered } from './trace.ts';

function decoded(bytes: Uint8Array): readonly StreamEvent[] {
  const decoder = createSseDecoder();
  return [...decoder.push(bytes, 0), ...decoder.end()];
}

const encoder = new TextEncoder();
const withCase = (context: string, events: readonly Sent[]): readonly StreamEvent[] =>
  decoded(Uint8Array.from([...encoder.encode(`: case ${context}\n\n`), ...bytesOf(events)]));
const rules = (events: readonly StreamEvent[], options: Partial<Parameters<typeof checkTranscript>[1]> = {}): readonly string[] => [
  ...new Set(checkTranscript(events, { grammars, ...options }).violations.map((violation) => violation.rule)),
];

async function validatorOf(version: string) {
  const document = openai.documents.find((one) => one.version === version);
  if (document === undefined) throw new Error(`no document ${version}`);
  const overlays = await Promise.all(document.overlays.map(loadOverlay));
  const contract = await buildContract((await loadDocument(document.file)).document, { overlays });
  const judge = createJudge(contract.document);
  return (grammar: (typeof grammars)[number]) => payloadValidator(grammar, contract.document, judge);
}

test('takes the request from the case line', () => {
  expect(rules(withCase('{"stream":"chat","include_usage":true}', withUsage))).toEqual([]);
  expect(rules(withCase('{"stream":"chat","include_usage":true}', text))).toEqual(['chat.usage-missing']);
  expect(rules(withCase('{"stream":"chat"}', withUsage))).toEqual(['chat.usage-unrequested']);
});

test('counts the prompts of a request, and takes a list of tokens as one', () => {
  const completions = grammars.find((grammar) => grammar.id === 'compl');
  if (completions === undefined) throw new Error('no grammar');
  const prompts = (prompt: Json): Json | undefined => contextOf(completions, 'createCompletion', { prompt })['prompts'];
  expect([prompts('a'), prompts(['a', 'b']), prompts([1, 2, 3]), prompts([[1, 2], [3]])]).toEqual([1, 2, 1, 2]);
});

test('takes an edition by its year, and a list for its length, from a case line', () => {
  const code = responseTraces.find((trace) => trace.name === 'a code interpreter')?.events ?? [];
  expect(rules(withCase('{"stream":"resp","profile":"2026-08"}', code))).toEqual([]);
  expect(rules(withCase('{"stream":"resp","profile":"2025-03-22"}', code))).toEqual(['resp.unknown-event']);
  expect(rules(withCase('{"stream":"compl","n":2,"prompts":["a","b"]}', twoPrompts))).toEqual([]);
});

test('takes a run of an unknown request for any of the three', () => {
  const named = (name: string) => assistantTraces.find((trace) => trace.name === name)?.events ?? [];
  for (const name of ['a message', 'a new thread', 'outputs submitted'])
    expect(rules(withCase('{"stream":"asst"}', named(name)))).toEqual([]);
  expect(rules(withCase('{"stream":"asst","mode":"run"}', named('outputs submitted')))).toEqual(['asst.run-created', 'asst.step-open']);
});

test('judges a stream without events by its case line', () => {
  const decoder = createSseDecoder();
  const events = [...decoder.push(encoder.encode(': case {"stream":"img"}\n\n: nothing came\n'), 0), ...decoder.end()];
  expect(events).toEqual([]);
  expect(rules(events, { comments: decoder.pending })).toEqual(['img.done-once']);
  expect(checkTranscript(events, { grammars }).grammar).toBeUndefined();
});

test('judges nothing that depends on a request it does not know', () => {
  expect(rules(decoded(bytesOf(withUsage)))).toEqual([]);
  expect(rules(decoded(bytesOf(text)))).toEqual([]);
  expect(rules(decoded(bytesOf(repeat(3)(withUsage))))).toEqual(['chat.usage-once']);
});

test.each([
  ['chat', text],
  ['asst', message],
  ['resp', numbered(responseText)],
  ['stt', heard],
  ['tts', spoken],
  ['img', drawn],
])('knows a stream of %s by its payloads', (id, events) => {
  const checked = checkTranscript(decoded(bytesOf(events)), { grammars });
  expect([checked.grammar?.id, checked.violations]).toEqual([id, []]);
});

test('says so where no grammar knows the stream', () => {
  expect(checkTranscript(decoded(bytesOf([{ data: { hello: 'world' } }])), { grammars })).toEqual({
    grammar: undefined,
    events: 1,
    violations: [],
  });
});

test('seeks the grammar in the first twenty events, and judges from the first', () => {
  const odd = (count: number): readonly Sent[] => Array.from({ length: count }, () => ({ data: { hello: 'world' } }));
  const checked = checkTranscript(decoded(bytesOf([...odd(3), ...text])), { grammars });
  expect(checked).toMatchObject({ grammar: { id: 'chat' }, events: 3 + text.length });
  expect(checked.violations.map((violation) => `${violation.eventIndex} ${violation.rule}`)).toEqual([
    '0 chat.object',
    '0 chat.choices-present',
  ]);
  expect(checkTranscript(decoded(bytesOf([...odd(30), ...text])), { grammars })).toEqual({
    grammar: undefined,
    events: 30 + text.length,
    violations: [],
  });
});

test('leaves out what the practice of a service excuses', () => {
  const leading = [{ data: { id: '', object: '', created: 0, model: '', choices: [], prompt_filter_results: [] } }, ...text];
  const azure = streamPractices.find((one) => one.name === 'azure');
  expect(rules(decoded(bytesOf(leading)))).toEqual([
    'chat.object',
    'chat.empty-choices',
    'chat.id-const',
    'chat.created-const',
    'chat.model-const',
  ]);
  expect(rules(decoded(bytesOf(leading)), { ...(azure && { practice: azure }) })).toEqual([]);
});

test('tells what a practice does not excuse although the stream broke the rule before in a way that it does', () => {
  const practice = streamPractices.find((one) => one.name === 'openai');
  const unknown = (type: string): Sent => ({ event: type, data: { type } });
  const events = insert(
    2,
    unknown('response.apply_patch_call_operation_diff.delta'),
    unknown('response.thinking'),
    unknown('response.thinking'),
  )(responseText);
  const found = checkTranscript(decoded(bytesOf(events)), { grammars, request: { stream: 'resp' }, ...(practice && { practice }) });
  const ofEvents = found.violations.filter(({ rule }) => rule === 'resp.unknown-event');
  expect(ofEvents.map(({ eventIndex, actual }) => [eventIndex, actual])).toEqual([[3, 'response.thinking']]);
});

test('names the rule of the member that a schema error is about, once for one place', async () => {
  const validate = await validatorOf('2025-03');
  const schema = (events: readonly Sent[]): readonly string[] => rules(decoded(bytesOf(events)), { validate, request: { stream: 'chat' } });
  expect(schema(text)).toEqual([]);
  expect(schema(tools)).toEqual([]);
  expect(schema(set(2, { '/choices/0/delta': ' grows' })(text))).toEqual(['chat.choice-shape']);
  expect(schema(set(2, { '/choices/0/delta/content': 7 })(text))).toEqual(['chat.choice-shape']);
  expect(schema(set(4, { '/choices/0/finish_reason': 'eos' })(text))).toEqual(['chat.finish-value']);
  expect(schema(set(2, { '/model': undefined })(text))).toEqual(['stream-event-valid']);
  // That the role comes again is one fault, that it is no text another.
  expect(schema(set(2, { '/choices/0/delta/role': 7 })(text))).toEqual(['chat.role-once', 'chat.choice-shape']);
  // The schema forbids both; only null is what newer models send.
  expect(schema(set(2, { '/system_fingerprint': null })(text))).toEqual([]);
  expect(schema(set(2, { '/system_fingerprint': 7 })(text))).toEqual(['stream-event-valid']);
  expect(schema(set(2, { '/id': undefined })(text))).toEqual(['chat.id-const']);
  const echoed = set(0, { '/choices/0/logprobs/token_logprobs/0': null })(aligned);
  expect(rules(decoded(bytesOf(echoed)), { validate, request: { stream: 'compl' } })).toEqual([]);
  const keyless = set(2, { '/choices/0/finish_reason': undefined })(plain);
  expect(rules(decoded(bytesOf(keyless)), { validate, request: { stream: 'compl' } })).toEqual(['compl.finish-missing']);
  const noAction = set(10, { '/required_action': {} })(requiresAction);
  expect(rules(decoded(bytesOf(noAction)), { validate, request: { stream: 'asst' } })).toEqual(['asst.requires-action']);
});

test('finds in streams that are valid by the schemas what it finds without them, and nothing else', async () => {
  const validate = await validatorOf('2025-03');
  const wrong: string[] = [];
  for (const trace of [...chatTraces, ...completionTraces, ...assistantTraces, ...responseTraces, ...otherTraces]) {
    const found = rules(decoded(bytesOf(trace.events)), { validate, request: { stream: trace.stream, ...trace.request } });
    if (found.length > 0) wrong.push(`${trace.stream} ${trace.name}: ${found.join(', ')}`);
  }
  for (const one of [...illegalChat, ...illegalResponses, ...illegalAssistants, ...illegalOthers]) {
    const found = rules(decoded(bytesOf(one.change(one.events))), { validate, request: { stream: one.stream, ...one.request } });
    const wanted = [one.rule, one.also].filter((rule) => rule !== undefined);
    if (found.toSorted().join() !== wanted.toSorted().join()) wrong.push(`${one.rule}, ${one.how}: ${found.join(', ')}`);
  }
  expect(wrong).toEqual([]);
});

test('judges payloads of run events, which no operation refers to, and events of a later edition by the schemas that the contract has', async () => {
  const validate = await validatorOf('2025-03');
  const assistants = grammars.find((grammar) => grammar.id === 'asst');
  const responses = grammars.find((grammar) => grammar.id === 'resp');
  if (assistants === undefined || responses === undefined) throw new Error('no grammars');
  const run = validate(assistants)('thread.run.created', message[0]?.data as JsonObject);
  expect(run).toEqual([]);
  const { model: _model, ...without } = (message[0] as Sent).data as JsonObject;
  expect(validate(assistants)('thread.run.created', without)?.map((error) => error.pointer)).toEqual(['/model']);
  const delta = { type: 'response.output_text.delta', item_id: 'msg_1', output_index: 0, delta: 'a' };
  expect(validate(responses)('response.output_text.delta', delta)?.map((error) => error.pointer)).toEqual(['/content_index']);
  const later = { ...delta, content_index: 0, sequence_number: 4, logprobs: [] };
  expect(validate(responses)('response.output_text.delta', later)).toEqual([]);
});

test('judges nothing as missing from a stream that the client broke off', () => {
  const grammar = grammars.find((one) => one.id === 'chat');
  if (grammar === undefined) throw new Error('no grammar');
  const judge = judgeStream(grammar, { request: {} });
  for (const event of decoded(bytesOf(text.slice(0, 2)))) judge.push(event);
  expect(judge.end('aborted-by-client')).toEqual([]);
});

test('gives every violation of a fault that repeats itself once, and says where', () => {
  const { violations } = checkTranscript(
    decoded(bytesOf(all(set(1, { '/object': 'x' }), set(2, { '/object': 'x' }), set(3, { '/object': 'x' }))(text))),
    {
      grammars,
      request: { stream: 'chat' },
    },
  );
  expect(violations).toEqual([
    {
      rule: 'chat.object',
      level: 'MUST',
      eventIndex: 1,
      message: 'object: expected chat.completion.chunk, came x',
      expected: 'chat.completion.chunk',
      actual: 'x',
      at: '/object',
    },
  ]);
});

test('survives a payload that is nested without end, and keys that are names of the language', () => {
  const nested = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
  const deep = data(2, `{"id":"chatcmpl-meadow","choices":[],"usage":${nested}}`);
  expect(rules(decoded(bytesOf(deep(text))), { request: { stream: 'chat' } })).toContain('sse.json');
  const hostile = set(8, {
    '/delta/content/0/text': JSON.parse('{"__proto__":{"value":"x"},"constructor":"y","value":" lamp"}') as JsonObject,
  });
  expect(rules(decoded(bytesOf(hostile(message))), { request: { stream: 'asst', mode: 'run' } })).toEqual(['asst.msg-equals']);
  expect(({} as { value?: string }).value).toBeUndefined();
});
