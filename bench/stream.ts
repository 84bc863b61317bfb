import { type Figure, compared } from './measure.ts';
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

function parseOnly(events: number): void {
  const decoder = createSseDecoder();
  for (const bytes of reads(events)) {
    for (const event of decoder.push(bytes, 0)) if (event.data !== undefined && event.data !== '[DONE]') JSON.parse(event.data);
  }
}

function judged(events: number, { grammar, validate }: Awaited<ReturnType<typeof chatJudge>>): void {
  const decoder = createSseDecoder();
  const judge = judgeStream(grammar, { request: { n: 1 }, validate });
  let violations = 0;
  for (const bytes of reads(events)) {
    for (const event of decoder.push(bytes, 0)) violations += judge.push(event).length;
  }
  violations += judge.end('closed').length;
  if (violations > 1) throw new Error(`The stream of the bench is not legal: ${violations} violations.`);
}

const megabyte = 1024 * 1024;
const bytesPerEvent = 235;
const rounds = 31;

/** What judging a chat stream costs beside parsing it, and what a long one costs in memory. */
export async function benchStream(events = 60_000, longBytes = 1024 * megabyte): Promise<Figure[]> {
  const context = await chatJudge();
  const { ratio, first, second } = await compared(
    rounds,
    () => parseOnly(events),
    () => judged(events, context),
  );
  const rssAfter = (bytes: number): number => {
    judged(Math.round(bytes / bytesPerEvent), context);
    return process.memoryUsage().rss / megabyte;
  };
  const short = rssAfter(10 * megabyte);
  const long = rssAfter(longBytes);
  return [
    { name: 'chat stream: parse and JSON', value: (events * 1000) / first, unit: 'per second' },
    { name: 'chat stream: parse, JSON, schema and grammar', value: (events * 1000) / second, unit: 'per second' },
    {
      name: 'chat stream: judged against parsed',
      value: ratio.ms,
      unit: 'ratio',
      wanted: { atLeast: 0.5 },
      note: `${ratio.cpuMs.toFixed(2)} in processor time`,
    },
    { name: 'chat stream: RSS after 1 GB over RSS after 10 MB', value: long - short, unit: 'MB', wanted: { atMost: 40 } },
  ];
}
