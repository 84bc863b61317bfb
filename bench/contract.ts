import SwaggerParser from '@apidevtools/swagger-parser';

import { loadContract } from '../src/cli/contract.ts';
import { prepare } from '../src/cli/prepare.ts';
import { runOptionsOf } from '../src/cli/run-options.ts';
import { buildContract, loadDocument } from '../src/contract/index.ts';
import { planRun, run } from '../src/engine/index.ts';
import { createSender } from '../src/http/index.ts';
import { startEmbedded } from '../src/cli/embedded.ts';
import { packageFile } from '../src/cli/package-file.ts';
import { type Figure, median, timed } from './measure.ts';
import { syntheticDocument } from './synthetic.ts';

/** Loading, planning and starting: against swagger-parser's own validation of the same document, in the same run. */
export async function benchContract(): Promise<Figure[]> {
  const file = packageFile('spec/openai/2025-03.json');
  const { document } = await loadDocument(file);
  const validate = await median(5, () => timed(() => SwaggerParser.validate(structuredClone(document) as never)));
  const ready = await median(5, () => timed(() => loadContract({})));
  const loaded = await loadContract({});
  const nowhere = { url: 'http://127.0.0.1:1', apiKey: 'k' };
  const planned = await median(3, () =>
    timed(() => {
      const options = runOptionsOf({ phase: ['valid', 'invalid', 'coverage', 'pairs', 'property', 'probe', 'stream'] }, loaded, nowhere);
      return planRun(options, prepare(options)).cases.length;
    }),
  );
  const first = await median(3, () => firstRequest());
  const synthetic = await timed(async () => {
    const contract = await buildContract(syntheticDocument(300), {});
    const options = runOptionsOf({}, { contract, reading: 'contract' }, nowhere);
    planRun(options, prepare(options));
  });
  return [
    {
      name: 'contract ready / swagger-parser validate',
      value: ready / validate,
      unit: 'ratio',
      wanted: { atMost: 1.3 },
      note: `${ready.toFixed(0)} ms / ${validate.toFixed(0)} ms`,
    },
    {
      name: 'first request after the start of the process',
      value: first,
      unit: 'ms',
      wanted: { atMost: 1000 },
      note: 'without the start of Node itself',
    },
    { name: 'plan of openai@2025-03, every phase', value: planned / 1000, unit: 's', wanted: { atMost: 5 } },
    { name: 'synthetic 3.1 document of 300 operations: load and plan', value: synthetic / 1000, unit: 's', wanted: { atMost: 10 } },
  ];
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
