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

/** How a contract is made of a document. */
export interface BuildOptions {
  /** `acme@2025-03`; `<title>@<version>` where absent. */
  readonly id?: string;
  readonly overlays?: readonly Overlay[];
  /** `letter` leaves out what says that the document is wrong or has grown; every other reading applies all actions. */
  readonly reading?: string;
}

/** Makes the contract of a bundled document: overlays applied, schemas converted, operations resolved, faults named in `lint`. */
export async function buildContract(document: JsonObject, options: BuildOptions = {}): Promise<Contract> {
  const openapi = versionOf(document);
  const before = await validateStructure(document, 'as published');
  const { document: source, actions } = applyOverlays(document, options.overlays ?? [], options.reading ?? 'contract');
  const converted = toJsonSchema(source, openapi);
  const after = actions.length === 0 ? [] : await validateStructure(source, 'after the overlays');
  const faults = faultsOf(source);
  const resolved = resolveOperations(converted);
  const { operations, lint } = withoutFaulty(source, resolved.operations, faults);
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
    lint: [...before, ...after, ...faults, ...resolved.lint, ...lint, ...doubtsOf(source, converted)],
    overlays: actions,
  };
}
