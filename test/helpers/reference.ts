import OpenAI from 'openai';
import { buildContract, loadDocument, loadOverlay } from '../../src/contract/index.ts';
import type { Contract } from '../../src/model/index.ts';
import { createReferenceServer, type ReferenceServer, type ReferenceServerOptions } from '../../src/reference/index.ts';
import { openai } from '../../suites/openai/pack.ts';
import { makeReference } from '../../suites/openai/reference/index.ts';

/** The contract of one version of the pack, with its overlays. */
export async function packContract(version: string): Promise<Contract> {
  const document = openai.documents.find((candidate) => candidate.version === version);
  if (!document) throw new Error(`The pack has no document ${version}.`);
  const overlays = await Promise.all(document.overlays.map((file) => loadOverlay(file)));
  return await buildContract((await loadDocument(document.file)).document, { id: `openai@${version}`, overlays });
}

/** The pack's reference server; it answers 500 where one of its own replies breaks the contract, and says so in `complaints`. */
export async function startReference(
  contract: Contract,
  options: Partial<ReferenceServerOptions> = {},
): Promise<ReferenceServer & { readonly complaints: readonly string[] }> {
  const complaints: string[] = [];
  const log = (line: string): void => void complaints.push(line);
  const server = await createReferenceServer({ contract, behaviours: makeReference, selfCheck: true, log, ...options });
  return { ...server, complaints };
}

/** The official client, pointed at a server, without retries. */
export function clientOf(server: ReferenceServer): OpenAI {
  return new OpenAI({ baseURL: `${server.origin}/v1`, apiKey: server.apiKey, adminAPIKey: server.apiKey, maxRetries: 0 });
}

/** Every row of a list, page after page. */
export async function rowsOf<Row>(pages: AsyncIterable<Row>): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const row of pages) rows.push(row);
  return rows;
}
