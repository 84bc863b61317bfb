import SwaggerParser from '@apidevtools/swagger-parser';
import type { JsonObject, LintEntry, Pointer } from '../model/index.ts';
import { tokensOf } from '../schema/pointer.ts';
import { messageOf } from './read.ts';

interface StructureError {
  readonly instancePath: Pointer;
  readonly message?: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}

// Structure only: references stay as they are, so the document is judged as it is written, in a third of the time that following them takes.
const settings = {
  resolve: { external: false },
  resolveExcludedPathMatcher: () => true,
  dereference: { circular: 'ignore', excludedPathMatcher: () => true },
  validate: { schema: true, spec: false },
};

/**
 * Validates the document against the published schema of its OpenAPI version. One entry for each operation, path or component with a fault:
 * its deepest one, since the union of "object or reference" repeats every fault at each level above.
 */
export async function validateStructure(document: JsonObject, when: string): Promise<readonly LintEntry[]> {
  try {
    await SwaggerParser.validate(document as never, settings as never);
    return [];
  } catch (error) {
    const details = errorDetails(error)?.filter((detail) => !isPathReference(detail));
    if (details === undefined) return [{ rule: 'invalid-structure', pointer: '', message: `${when}: ${messageOf(error)}` }];
    return nearest(details).map(({ instancePath, message, params }) => {
      const extra = params['additionalProperty'] ?? params['unevaluatedProperty'];
      const what = `${message ?? 'is not what OpenAPI asks for'}${typeof extra === 'string' ? ` (${extra})` : ''}`;
      return { rule: 'invalid-structure', pointer: instancePath, message: `${when}: ${instancePath || 'the document'} ${what}` };
    });
  }
}

function errorDetails(error: unknown): readonly StructureError[] | undefined {
  if (typeof error !== 'object' || error === null || !('details' in error) || !Array.isArray(error.details)) return undefined;
  return error.details as readonly StructureError[];
}

/** The schema of 3.1 that the validator has (2021-04-15) forgot that a path item may be a reference; the specification says it may. */
function isPathReference({ instancePath, params }: StructureError): boolean {
  return params['unevaluatedProperty'] === '$ref' && /^\/paths\/[^/]+$/.test(instancePath);
}

function nearest(errors: readonly StructureError[]): readonly StructureError[] {
  const found = new Map<string, StructureError>();
  for (const error of errors) {
    const owner = tokensOf(error.instancePath).slice(0, 3).join('/');
    const known = found.get(owner);
    if (known === undefined || weight(error) > weight(known)) found.set(owner, error);
  }
  return [...found.values()];
}

/** Deeper is nearer to the fault; that something is no reference, or fits no branch, is never the fault itself. */
function weight(error: StructureError): number {
  const aboutUnion = error.keyword === 'oneOf' || error.keyword === 'anyOf' || error.params['missingProperty'] === '$ref';
  return tokensOf(error.instancePath).length * 2 + (aboutUnion ? 0 : 1);
}
