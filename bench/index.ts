import { benchContract } from './contract.ts';
import { benchGenerators } from './generators.ts';
import { benchLoop } from './loop.ts';
import { type Figure, lineOf } from './measure.ts';
import { benchMutations } from './mutations.ts';
import { benchProxy } from './proxy.ts';
import { benchRecordings } from './recordings.ts';
import { benchSecondOracle } from './second-oracle.ts';
import { benchStream } from './stream.ts';

const vectorStore = {
  id: 'vs_1',
  object: 'vector_store',
  created_at: 1,
  name: 'a',
  usage_bytes: 0,
  file_counts: { in_progress: 0, completed: 0, failed: 0, cancelled: 0, total: 0 },
  status: 'completed',
  last_active_at: 1,
  metadata: {},
};

/** Parts of the bench by name; `npm run bench -- NAME…` runs some, without a name all. `mutations` takes recordings after its name. */
const parts: Readonly<Record<string, (files: readonly string[]) => Promise<Figure[]>>> = {
  contract: benchContract,
  generators: benchGenerators,
  oracle: benchSecondOracle,
  mutations: benchMutations,
  recordings: benchRecordings,
  proxy: benchProxy,
  stream: () => benchStream(),
  loop: () => benchLoop('createVectorStore', { body: vectorStore, echo: ['name', 'metadata', 'expires_after'] }, 5000),
};

const given = process.argv.slice(2);
const wanted = given.filter((one) => Object.hasOwn(parts, one));
const files = given.filter((one) => !Object.hasOwn(parts, one));
for (const [name, bench] of Object.entries(parts)) {
  if (given.length > 0 && !wanted.includes(name)) continue;
  for (const figure of await bench(files)) console.log(lineOf(figure));
}
