import type { Pack, PackDocument } from '../model/index.ts';
import { UsageError, nearest } from '../engine/index.ts';

/** The packs that ship. The one place where the engine's package meets an API. */
async function shippedPacks(): Promise<readonly Pack[]> {
  const { packs } = await import('../../suites/index.ts');
  return packs;
}

/** Finds `<pack>@<version>` or `<pack>`; refuses an unknown one with the nearest right name. */
export async function findContract(
  id: string | undefined,
): Promise<{ readonly pack: Pack; readonly document: PackDocument; readonly id: string }> {
  const packs = await shippedPacks();
  const [first] = packs;
  if (!first) throw new UsageError('No pack ships with this package; name a document with --spec.');
  const [name, version] = id === undefined ? [first.name, undefined] : id.split('@');
  const pack = packs.find((one) => one.name === name);
  const document = pack?.documents.find((one) => one.version === (version ?? pack.defaultVersion));
  if (pack && document) return { pack, document, id: `${pack.name}@${document.version}` };
  const ids = packs.flatMap((one) => one.documents.map((edition) => `${one.name}@${edition.version}`));
  const near = nearest(id ?? '', ids);
  throw new UsageError(
    `There is no contract "${id}".${near ? ` Did you mean "${near}"?` : ''} The contracts are: ${ids.join(', ')}. Another document is named with --spec.`,
  );
}
