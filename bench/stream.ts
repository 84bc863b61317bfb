import type { StreamGrammar } from '../src/model/index.ts';
import { createJudge } from '../src/schema/index.ts';
import { buildContract, loadDocument, loadOverlay } from '../src/contract/index.ts';
import { judgeStream, payloadValidator } from '../src/stream/index.ts';
import { createSseDecoder } from '../src/wire/index.ts';
import { openai } from '../suites/openai/pack.ts';

export interface StreamBench {
  readonly events: number;
  /** Events a second: parse and JSON.parse alone. */
  readonly parseOnly: number;
  /** Events a second: parse, JSON, schema and grammar. */
  readonly judged: number;
  /** `judged / parseOnly`: at least 0.5 is wanted. */
  readonly ratio: number;
}

const piecesPerRead = 60;

/** Reads of a chat stream of that many events, as a socket would give them. */
function* reads(events: number): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  const head = {
    id: 'chatcmpl-bench',
    object: 'chat.completion.chunk',
    created: 1_750_000_000,
    model: 'bench-1',
    system_fingerprint: 'fp_bench',
    service_tier: 'default',
  };
  const chunk = (delta: object, finish: string | null): string =>
    `data: ${JSON.stringify({ ...head, choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }], usage: null })}\n\n`;
  yield encoder.encode(chunk({ role: 'assistant', content: '', refusal: null }, null));
  const piece = encoder.encode(Array.from({ length: piecesPerRead }, (_, index) => chunk({ content: ` word${index}` }, null)).join(''));
  for (let sent = 0; sent + piecesPerRead < events; sent += piecesPerRead) yield piece.slice();
  yield encoder.encode(`${chunk({}, 'stop')}data: [DONE]\n\n`);
}

async function chatJudge(): Promise<{ readonly grammar: StreamGrammar; readonly validate: ReturnType<typeof payloadValidator> }> {
  const grammar = openai.grammars.find((one) => one.id === 'chat');
  const document = openai.documents.find((one) => one.version === openai.defaultVersion);
  if (grammar === undefined || document === undefined) throw new Error('The pack has no chat grammar or no default document.');
  const overlays = await Promise.all(document.overlays.map(loadOverlay));
  const contract = await buildContract((await loadDocument(document.file)).document, { overlays });
  return { grammar, validate: payloadValidator(grammar, contract.document, createJudge(contract.document)) };
}

function parseOnly(events: number): number {
  const started = performance.now();
  const decoder = createSseDecoder();
  let parsed = 0;
  for (const bytes of reads(events)) {
    for (const event of decoder.push(bytes, 0)) {
      if (event.data !== undefined && event.data !== '[DONE]') JSON.parse(event.data);
      parsed += 1;
    }
  }
  return parsed / ((performance.now() - started) / 1000);
}

function judged(events: number, { grammar, validate }: Awaited<ReturnType<typeof chatJudge>>): number {
  const started = performance.now();
  const decoder = createSseDecoder();
  const judge = judgeStream(grammar, { request: { n: 1 }, validate });
  let seen = 0;
  let violations = 0;
  for (const bytes of reads(events)) {
    for (const event of decoder.push(bytes, 0)) {
      violations += judge.push(event).length;
      seen += 1;
    }
  }
  violations += judge.end('closed').length;
  if (violations > 1) throw new Error(`The stream of the bench is not legal: ${violations} violations.`);
  return seen / ((performance.now() - started) / 1000);
}

/** What judging a chat stream costs beside parsing it: the best of interleaved rounds, for other work of the machine only ever slows one down. */
export async function benchStream(events = 60_000, rounds = 30): Promise<StreamBench> {
  const context = await chatJudge();
  const parses: number[] = [];
  const judges: number[] = [];
  parseOnly(events / 4);
  judged(events / 4, context);
  for (let round = 0; round < rounds; round += 1) {
    parses.push(parseOnly(events));
    judges.push(judged(events, context));
  }
  const parse = Math.max(...parses);
  const judge = Math.max(...judges);
  return { events, parseOnly: Math.round(parse), judged: Math.round(judge), ratio: judge / parse };
}

/** How much more memory (RSS, MB) a stream of `large` bytes takes than one of `small`; run with --expose-gc for steady figures. */
export async function benchStreamMemory(
  small = 10 * 1024 * 1024,
  large = 1024 * 1024 * 1024,
): Promise<{ readonly smallMb: number; readonly largeMb: number; readonly moreMb: number }> {
  const context = await chatJudge();
  const bytesPerEvent = 235;
  const peak = (bytes: number): number => {
    judged(Math.round(bytes / bytesPerEvent), context);
    globalThis.gc?.();
    return process.memoryUsage().rss / 1024 / 1024;
  };
  const smallMb = peak(small);
  const largeMb = peak(large);
  return { smallMb, largeMb, moreMb: largeMb - smallMb };
}
