import { buildContract, letterDocument, loadDocument, loadOverlay } from '../contract/index.ts';
import { UsageError } from '../engine/index.ts';
import type { Contract, JsonObject, Pack } from '../model/index.ts';
import { findContract } from './packs.ts';
import { oneOf, type Settings } from './settings.ts';

/** A contract ready to be run, and the pack it came with. */
export interface LoadedContract {
  readonly contract: Contract;
  readonly pack?: Pack;
  readonly reading: string;
  /** The converted document without its errata; absent where none are applied. */
  readonly letter?: () => JsonObject;
}

/** Loads what `--contract` or `--spec` names, under the reading that was asked for. */
export async function loadContract(settings: Settings): Promise<LoadedContract> {
  if (settings.contract !== undefined && settings.spec !== undefined) {
    throw new UsageError('Give --contract or --spec, not both: --spec takes a document that no pack knows.');
  }
  const more = await Promise.all((settings.overlay ?? []).map((file) => loadOverlay(file)));
  if (settings.spec !== undefined) {
    const reading = oneOf('reading', settings.reading ?? 'contract', ['letter', 'contract']);
    const { document } = await loadDocument(settings.spec, { allowRemoteRefs: settings.allowRemoteRefs ?? false });
    return withLetter({ contract: await buildContract(document, { overlays: more, reading }), reading }, () =>
      letterDocument(document, more),
    );
  }
  const { pack, document, id } = await findContract(settings.contract);
  const reading = oneOf('reading', settings.reading ?? 'contract', ['letter', 'contract', ...pack.readings.map((one) => one.name)]);
  const [loaded, overlays] = await Promise.all([
    loadDocument(document.file),
    Promise.all(document.overlays.map((file) => loadOverlay(file))),
  ]);
  const all = [...overlays, ...more];
  const contract = await buildContract(loaded.document, { id, overlays: all, reading });
  return withLetter({ contract, pack, reading }, () => letterDocument(loaded.document, all));
}

function withLetter(loaded: LoadedContract, letter: () => JsonObject): LoadedContract {
  const repairs = loaded.contract.overlays.some(({ kind, matched }) => kind !== 'rule' && matched > 0);
  return repairs ? { ...loaded, letter } : loaded;
}
