import { buildContract, loadDocument, loadOverlay } from '../src/contract/index.ts';
import { openai } from '../suites/openai/pack.ts';
import { intendedDifferences } from '../test/helpers/intended-differences.ts';
import { compareOracles } from '../test/helpers/second-oracle.ts';
import type { Figure } from './measure.ts';

/** 1,000 values of every request schema of each contract under both validators: no difference but those named. */
export async function benchSecondOracle(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const { version, file, overlays } of openai.documents) {
    const { document } = await loadDocument(file);
    const contract = await buildContract(document, { overlays: await Promise.all(overlays.map(loadOverlay)) });
    const { values, refusedByAjv, differences } = await compareOracles(contract, 1_000);
    const unnamed = [...differences.keys()].filter((place) => !intendedDifferences.has(place));
    const note = `${values} values, ${differences.size} named places${unnamed.length > 0 ? `, not named: ${unnamed.join(', ')}` : ''}`;
    figures.push({
      name: `${version}: values that a validator refuses`,
      value: refusedByAjv.length + unnamed.length,
      unit: 'ratio',
      wanted: { atMost: 0 },
      note,
    });
  }
  return figures;
}
