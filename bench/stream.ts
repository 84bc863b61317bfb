import type { Figure } from './measure.ts';
import type { StreamGrammar } from '../src/model/index.ts';
import { createJudge } from '../src/schema/index.ts';
import { buildContract, loadDocument, loadOverlay } from '../src/contract/index.ts';
import { judgeStream, payloadValidator } from '../src/stream/index.ts';
import { createSseDecoder } from '../src/wire/index.ts';
import { openai } from '../suites/openai/pack.ts';

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

const megabyte = 1024 * 1024;
const bytesPerEvent = 235;
const rounds = 30;

/**
 * What judging a chat stream costs beside parsing it, and what a long one costs in memory. The rates are the best of
 * interleaved rounds, for other work of the machine only ever slows one down.
 */
export async function benchStream(events = 60_000, longBytes = 1024 * megabyte): Promise<Figure[]> {
  const context = await chatJudge();
  let parses = 0;
  let judges = 0;
  for (let round = 0; round < rounds; round += 1) {
    parses = Math.max(parses, parseOnly(events));
    judges = Math.max(judges, judged(events, context));
  }
  const rssAfter = (bytes: number): number => {
    judged(Math.round(bytes / bytesPerEvent), context);
    return process.memoryUsage().rss / megabyte;
  };
  const short = rssAfter(10 * megabyte);
  const long = rssAfter(longBytes);
  return [
    { name: 'chat stream: parse and JSON', value: parses, unit: 'per second' },
    { name: 'chat stream: parse, JSON, schema and grammar', value: judges, unit: 'per second' },
    { name: 'chat stream: judged against parsed', value: judges / parses, unit: 'ratio', wanted: { atLeast: 0.5 } },
    { name: 'chat stream: RSS after 1 GB over RSS after 10 MB', value: long - short, unit: 'MB', wanted: { atMost: 40 } },
  ];
}
