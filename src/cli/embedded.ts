import { createReferenceServer } from '../reference/index.ts';
import type { LoadedContract } from './contract.ts';

/** The reference server of a contract, running on loopback. */
export interface Embedded {
  readonly url: string;
  readonly apiKey: string;
  close(): Promise<void>;
}

/** Starts the reference server of the pack, or a schema-made one for a document without a pack. */
export async function startEmbedded(
  loaded: LoadedContract,
  more: { readonly port?: number; readonly verbose?: boolean; readonly chunking?: 'events' | 'odd'; readonly realDelays?: boolean } = {},
): Promise<Embedded> {
  const behaviours = loaded.pack?.reference;
  return createReferenceServer({ contract: loaded.contract, ...(behaviours && { behaviours }), ...more });
}
