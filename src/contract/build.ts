import { createHash } from 'node:crypto';
import type { Contract, JsonObject } from '../model/index.ts';
import { objectMember, stringMember } from '../schema/json.ts';
import { toJsonSchema } from './dialect.ts';
import { doubtsOf, faultsOf, withoutFaulty } from './lint/index.ts';
import { applyOverlays } from './overlay.ts';
import type { Overlay } from './overlay.ts';
import { resolveOperations, securitySchemes, serverUrls } from './resolve.ts';
import { validateStructure } from './validate-structure.ts';
import { versionOf } from './version.ts';
import { objectsOf } from './walk.ts';

/** How a contract is made of a document. */
interface BuildOptions {
  /** `acme@2025-03`; `<title>@<version>` where absent. */
  readonly id?: string;
  readonly overlays?: readonly Overlay[];
  /** `letter` leaves out what says that the document is wrong or has grown; every other reading applies all actions. */
  readonly reading?: string;
}

/** Makes the contract of a bundled document: overlays applied, schemas converted, operations resolved, faults named in `lint`. */
export async function buildContract(document: JsonObject, options: BuildOptions = {}): Promise<Contract> {
  const openapi = versionOf(document);
  const { document: source, actions } = applyOverlays(document, options.overlays ?? [], options.reading ?? 'contract');
  const converted = toJsonSchema(source, openapi);
  const structure = await validateStructure(document, source);
  const written = objectsOf(source);
  const faults = faultsOf(source, written);
  const resolved = resolveOperations(converted);
  const { operations, lint } = withoutFaulty(written, resolved.operations, faults);
  const info = objectMember(source, 'info');
  const title = stringMember(info, 'title') ?? 'untitled';
  const version = stringMember(info, 'version') ?? '0';
  return {
    id: options.id ?? `${title}@${version}`,
    title,
    version,
    openapi,
    hash: createHash('sha256').update(JSON.stringify(source)).digest('hex'),
    source,
    document: converted,
    servers: serverUrls(source),
    securitySchemes: securitySchemes(converted),
    operations,
    lint: [...structure, ...faults, ...resolved.lint, ...lint, ...doubtsOf(written, converted)],
    overlays: actions,
  };
}

/** The converted document with no erratum applied: what the reading `letter` judges by. */
export function letterDocument(document: JsonObject, overlays: readonly Overlay[]): JsonObject {
  return toJsonSchema(applyOverlays(document, overlays, 'letter').document, versionOf(document));
}
