import { describe, expect, test } from 'vitest';
import type { JsonObject, StreamGrammar } from '../../../src/model/index.ts';
import { grammars } from '../../../suites/openai/grammars/index.ts';
import { assistantTraces } from './assistant-traces.ts';
import { chatTraces, completionTraces } from './chat-traces.ts';
import { alterations } from './alterations.ts';
import { Walk } from '../../helpers/stream-tester/effects.ts';
import { type OrderChange, orderTester, reordered } from '../../helpers/stream-tester/order.ts';
import { otherTraces } from './other-traces.ts';
import { responseTraces } from './response-traces.ts';
import type { Sent, Trace } from '../../helpers/stream-tester/trace.ts';
import { rulesBroken } from './trace.ts';

const traces = [...chatTraces, ...completionTraces, ...assistantTraces, ...responseTraces, ...otherTraces];
const grammarOf = (trace: Trace): StreamGrammar => grammars.find((grammar) => grammar.id === trace.stream) as StreamGrammar;

export interface Variant {
  readonly what: string;
  readonly events: readonly Sent[];
  /** The grammar says that the result is another legal stream. */
  readonly legal: boolean;
}

/** Variants of a trace with the numbers taken out: what refuses them is the order, not the number. */
const unnumbered = (trace: Trace): Trace => ({
  ...trace,
  request: { ...trace.request, profile: '2025-03' },
  events: trace.events.map((sent) => {
    if (typeof sent.data !== 'object' || sent.data === null) return sent;
    const { sequence_number: _number, ...data } = sent.data as JsonObject;
    // The early edition spells two of its events another way.
    return JSON.parse(JSON.stringify({ ...sent, data }).replaceAll('interpreter_call_code.', 'interpreter_call.code.')) as Sent;
  }),
});

function orderVariants(trace: Trace): readonly Variant[] {
  const whyVisible = orderTester(grammarOf(trace), trace);
  return trace.events.flatMap((_sent, at) => {
    const swaps: readonly OrderChange[] = at + 1 < trace.events.length ? [{ kind: 'move', at, to: at + 1 }] : [];
    const changes: readonly OrderChange[] = [{ kind: 'drop', at }, { kind: 'repeat', at }, ...swaps];
    return changes.map((change): Variant => ({
      what: `${at} ${change.kind}`,
      events: reordered(trace.events, change),
      legal: whyVisible(change) === undefined,
    }));
  });
}

const counts = new Map<string, { refused: number; legal: number }>();
function count(kind: string, legal: boolean): void {
  const entry = counts.get(kind) ?? { refused: 0, legal: 0 };
  entry[legal ? 'legal' : 'refused'] += 1;
  counts.set(kind, entry);
}

function judgeVariants(kind: string, trace: Trace, variants: readonly Variant[]): readonly string[] {
  const wrong: string[] = [];
  for (const variant of variants) {
    if (JSON.stringify(variant.events) === JSON.stringify(trace.events)) continue;
    count(kind, variant.legal);
    const broken = rulesBroken({ ...trace, events: variant.events });
    if (variant.legal && broken.length > 0) wrong.push(`${variant.what}: legal by the grammar, refused for ${broken.join(', ')}`);
    if (!variant.legal && broken.length === 0) wrong.push(`${variant.what}: accepted`);
  }
  return wrong;
}

describe('dropped, repeated and swapped events are refused unless the grammar says they may be', () => {
  test.each(traces.map((trace) => [trace.stream, trace.name, trace] as const))('%s: %s', (_stream, _name, trace) => {
    const isResumed = trace.request?.['starting_after'] !== undefined;
    const isNumbered = trace.stream === 'resp' && trace.request?.['profile'] === undefined;
    const bare = isNumbered ? unnumbered(trace) : trace;
    if (!isResumed) expect(judgeVariants('order', bare, orderVariants(bare))).toEqual([]);
    if (!isNumbered) return;
    // With numbers nothing may be lost, sent again or moved, but for the sentinel, which has none.
    const numbered = trace.events.filter((sent) => sent.data !== '[DONE]');
    const variants = orderVariants({ ...trace, events: numbered }).filter((variant) => !(isResumed && variant.what === '0 drop'));
    expect(
      judgeVariants(
        'numbers',
        trace,
        variants.map((variant) => ({ ...variant, legal: false })),
      ),
    ).toEqual([]);
  });
});

/** Whether a stream that ends after so many events has come to its end. */
function isComplete(trace: Trace, kept: number): boolean {
  const grammar = grammarOf(trace);
  const walk = new Walk(grammar, { ...trace, events: trace.events.slice(0, kept) });
  walk.all();
  const events = trace.events.slice(0, kept);
  const rows = events.map((sent) => (typeof sent.data === 'string' ? undefined : grammar.events[walk.typeOf(sent) ?? '']));
  const member = grammar.framing.error?.member;
  const errored =
    rows.some((row) => row?.error === true) ||
    events.some((sent) => member !== undefined && typeof sent.data === 'object' && (sent.data as JsonObject)[member] !== undefined);
  if (errored && grammar.terminal?.errorEnds !== false) return true;
  if (grammar.terminal !== undefined && !rows.some((row) => row?.terminal === true)) return false;
  if (grammar.framing.sentinel?.policy === 'require') return events.at(-1)?.data === '[DONE]';
  return (grammar.end ?? []).every(
    ({ when, that }) => when !== undefined || that === undefined || !('seen' in that) || walk.marks.has(that.seen),
  );
}

describe('a stream that is cut is refused unless it had come to its end', () => {
  test.each(traces.map((trace) => [trace.stream, trace.name, trace] as const))('%s: %s', (_stream, _name, trace) => {
    const cuts = trace.events.map((_sent, kept): Variant => ({
      what: `cut after ${kept}`,
      events: trace.events.slice(0, kept),
      legal: isComplete(trace, kept),
    }));
    expect(judgeVariants('cut', trace, cuts)).toEqual([]);
  });
});

describe('altered ids, indexes, deltas and final values are refused unless nothing compares them', () => {
  test.each(traces.map((trace) => [trace.stream, trace.name, trace] as const))('%s: %s', (_stream, _name, trace) => {
    expect(judgeVariants('altered', trace, alterations(grammarOf(trace), trace))).toEqual([]);
  });
});

describe('the tester', () => {
  test('has tried enough of each', () => {
    console.log(
      [...counts]
        .map(([kind, { refused, legal }]) => `${kind}: ${refused + legal} variants, ${refused} refused, ${legal} legal by the grammar`)
        .join('\n'),
    );
    expect([...counts.keys()].toSorted()).toEqual(['altered', 'cut', 'numbers', 'order']);
    for (const { refused, legal } of counts.values()) expect(refused).toBeGreaterThan(legal);
  });
});
