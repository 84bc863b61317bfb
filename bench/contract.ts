import SwaggerParser from '@apidevtools/swagger-parser';

import { loadContract } from '../src/cli/contract.ts';
import { prepare } from '../src/cli/prepare.ts';
import { runOptionsOf } from '../src/cli/run-options.ts';
import { buildContract, loadDocument } from '../src/contract/index.ts';
import { planRun, run } from '../src/engine/index.ts';
import { createSender } from '../src/http/index.ts';
import { startEmbedded } from '../src/cli/embedded.ts';
import { packageFile } from '../src/cli/package-file.ts';
import { type Figure, type Spent, median, spent } from './measure.ts';
import { syntheticDocument } from './synthetic.ts';

const rounds = 7;

/** Loading, planning and starting: against swagger-parser's own validation of the same document, in the same run. */
export async function benchContract(): Promise<Figure[]> {
  const file = packageFile('spec/openai/2025-03.json');
  const { document } = await loadDocument(file);
  const validate: Spent[] = [];
  const ready: Spent[] = [];
  // In turns: what else the machine does slows both.
  for (let round = 0; round < rounds; round++) {
    validate.push(await spent(() => SwaggerParser.validate(structuredClone(document) as never)));
    ready.push(await spent(() => loadContract({})));
  }
  const ratio = (of: keyof Spent): Promise<number> => median(rounds, (round) => (ready[round]?.[of] ?? 0) / (validate[round]?.[of] ?? 1));
  const loaded = await loadContract({});
  const nowhere = { url: 'http://127.0.0.1:1', apiKey: 'k' };
  const planned = await spent(() => {
    const options = runOptionsOf({ phase: ['valid', 'invalid', 'coverage', 'pairs', 'property', 'probe', 'stream'] }, loaded, nowhere);
    return planRun(options, prepare(options)).cases.length;
  });
  const first = await median(3, () => firstRequest());
  const synthetic = await spent(async () => {
    const contract = await buildContract(syntheticDocument(300), {});
    const options = runOptionsOf({}, { contract, reading: 'contract' }, nowhere);
    planRun(options, prepare(options));
  });
  return [
    {
      name: 'contract ready / swagger-parser validate',
      value: await ratio('ms'),
      unit: 'ratio',
      wanted: { atMost: 1.3 },
      note: `${(await ratio('cpuMs')).toFixed(2)} in processor time`,
    },
    {
      name: 'first request after the start of the process',
      value: first,
      unit: 'ms',
      wanted: { atMost: 1000 },
      note: 'without the start of Node itself',
    },
    {
      name: 'plan of openai@2025-03, every phase',
      value: planned.ms / 1000,
      unit: 's',
      wanted: { atMost: 5 },
      note: processorTime(planned),
    },
    {
      name: 'synthetic 3.1 document of 300 operations: load and plan',
      value: synthetic.ms / 1000,
      unit: 's',
      wanted: { atMost: 10 },
      note: processorTime(synthetic),
    },
  ];
}

function processorTime({ cpuMs }: Spent): string {
  return `${(cpuMs / 1000).toFixed(1)} s of the processor`;
}

async function firstRequest(): Promise<number> {
  const start = performance.now();
  const loaded = await loadContract({});
  const server = await startEmbedded(loaded);
  const options = runOptionsOf({ only: ['listModels'] }, loaded, server);
  const sender = createSender({ baseUrl: new URL(server.url).origin });
  let at: number | undefined;
  await run(options, {
    ...prepare(options),
    sender,
    onEvent: (event) => (event.type === 'exchange' ? (at ??= performance.now()) : undefined),
  });
  await sender.close();
  await server.close();
  return (at ?? Number.NaN) - start;
}
