import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Arbitrary, sample, Stream, Value, type Random } from 'fast-check';
import { buildContract, loadDocument, loadOverlay } from '../src/contract/index.ts';
import { createGenerator, createRequestArbitraries } from '../src/generators/index.ts';
import type { Operation } from '../src/model/index.ts';
import { createJudge } from '../src/schema/index.ts';
import { openai } from '../suites/openai/pack.ts';
import type { Figure } from './measure.ts';
import { median } from './measure.ts';

const bodies = ['createChatCompletion', 'createResponse', 'createVectorStore'];
const phases = ['valid', 'invalid', 'coverage', 'pairs', 'property', 'probe'] as const;
const draws = 20_000;

/** Generating valid bodies against ajv's validation of the same bodies, the whole plan, and memory over many cases. */
export async function benchGenerators(): Promise<Figure[]> {
  const contract = await newestContract();
  const judge = createJudge(contract.document);
  const arbitraries = createRequestArbitraries(contract, judge);
  const figures: Figure[] = [];
  for (const id of bodies) {
    const ref = contract.operations.find((operation) => operation.id === id)?.requestBody?.content[0]?.schema ?? '';
    const arbitrary = arbitraries.get(ref);
    if (!arbitrary) continue;
    const values = sample(arbitrary, { seed: 1, numRuns: draws });
    const generating = await median(5, (seed) => spent(() => sample(new Drawn(arbitrary, draws), { seed: seed + 2, numRuns: 1 })));
    const validating = await median(5, () => spent(() => values.every((value) => judge.accepts(ref, value))));
    figures.push({
      name: `valid bodies of ${id}, generated per second against ajv`,
      value: validating / generating,
      unit: 'ratio',
      wanted: { atLeast: 1 / 6 },
    });
    figures.push({ name: `valid bodies of ${id}, generated`, value: (draws / generating) * 1000, unit: 'per second' });
  }
  figures.push(...(await planFigures()), ...memoryFigures(arbitraries));
  return figures;
}

async function planFigures(): Promise<Figure[]> {
  const contract = await newestContract();
  let cases = 0;
  let invalid = 0;
  let controls = 0;
  const took = spent(() => {
    const { bindings, wellMeant } = openai;
    const generator = createGenerator({
      contract,
      judge: createJudge(contract.document),
      bindings,
      ...(wellMeant && { wellMeant }),
      seed: 1,
    });
    for (const operation of contract.operations) {
      for (const phase of phases) cases += [...generator.cases(operation, phase)].length;
      invalid += invalidOf(operation);
      controls += generator.controls(operation).length;
    }
    function invalidOf(operation: Operation): number {
      return [...generator.invalid(operation), ...generator.coverage(operation)].filter((planned) => planned.mode === 'invalid').length;
    }
  });
  return [
    { name: 'plan of all phases of the newest contract', value: took / 1000, unit: 's', wanted: { atMost: 5 }, note: `${cases} cases` },
    { name: 'controls and mutants for each mutant', value: (invalid + controls) / invalid, unit: 'ratio', wanted: { atMost: 1.15 } },
  ];
}

/** Values are drawn and dropped: what the heap holds after a fifth of them is what it holds at the end. */
function memoryFigures(arbitraries: ReturnType<typeof createRequestArbitraries>): Figure[] {
  const all = [...arbitraries.values()];
  const total = 1_000_000;
  const heap: number[] = [];
  for (let drawn = 0, turn = 0; drawn < total; drawn += 1_000, turn += 1) {
    const arbitrary = all[turn % all.length];
    if (arbitrary) sample(arbitrary, { seed: turn, numRuns: 1_000 });
    if (turn % 200 === 199) heap.push(heapAfterCollection());
  }
  const [first = 0] = heap;
  return [
    {
      name: 'heap after 1,000,000 values over heap after 200,000',
      value: (heap.at(-1) ?? 0) / first,
      unit: 'ratio',
      wanted: { atMost: 1.5 },
    },
  ];
}

function heapAfterCollection(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
  return process.memoryUsage().heapUsed / 1_000_000;
}

/** Many draws in one run: what is measured is the drawing, not the bookkeeping of fast-check for each run. */
class Drawn extends Arbitrary<number> {
  readonly #of: Arbitrary<unknown>;
  readonly #count: number;

  constructor(of: Arbitrary<unknown>, count: number) {
    super();
    this.#of = of;
    this.#count = count;
  }

  override generate(random: Random): Value<number> {
    for (let index = 0; index < this.#count; index++) this.#of.generate(random, undefined);
    return new Value(this.#count, undefined);
  }

  override canShrinkWithoutContext(value: unknown): value is number {
    return value === this.#count;
  }

  override shrink(): Stream<Value<number>> {
    return Stream.nil();
  }
}

/** Processor milliseconds: another load of the machine does not count. */
function spent(task: () => unknown): number {
  const before = process.cpuUsage();
  task();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

async function newestContract() {
  const newest = openai.documents.find((one) => one.version === openai.defaultVersion);
  if (!newest) throw new Error('The pack has no default document.');
  const { document } = await loadDocument(newest.file);
  return buildContract(document, { overlays: await Promise.all(newest.overlays.map(loadOverlay)) });
}
