import SwaggerParser from '@apidevtools/swagger-parser';
import type { Json, JsonObject, LintEntry, Pointer } from '../model/index.ts';
import { isObject, objectMember, sameJson } from '../schema/json.ts';
import { pointerOf, tokensOf } from '../schema/pointer.ts';
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
 * Validates the document, before and after the overlays, against the published schema of its OpenAPI version.
 * What the overlays brought in is told apart from what was published.
 */
export async function validateStructure(before: JsonObject, after: JsonObject): Promise<readonly LintEntry[]> {
  if (before === after) return (await errorsOf(before)).map((error) => entryOf(error, 'as published'));
  if (!sameJson(frameOf(before), frameOf(after))) {
    const [old, changed] = [await errorsOf(before), await errorsOf(after)];
    return [...old.map((error) => entryOf(error, 'as published')), ...added(old, changed)];
  }
  const errors = await errorsOf(sideBySide(before, after));
  const old = errors.filter(({ instancePath }) => !isAfter(instancePath));
  const changed = errors.filter(({ instancePath }) => isAfter(instancePath));
  return [...old.map((error) => entryOf(error, 'as published')), ...added(old, changed.map(asWritten))];
}

async function errorsOf(document: JsonObject): Promise<readonly StructureError[]> {
  try {
    await SwaggerParser.validate(document as never, settings as never);
    return [];
  } catch (error) {
    const details = errorDetails(error);
    if (details !== undefined) return nearest(details.filter((detail) => !isPathReference(detail)));
    return [{ instancePath: '', message: messageOf(error), keyword: '', params: {} }];
  }
}

function errorDetails(error: unknown): readonly StructureError[] | undefined {
  if (typeof error !== 'object' || error === null || !('details' in error) || !Array.isArray(error.details)) return undefined;
  return error.details as readonly StructureError[];
}

function entryOf({ instancePath, message, params }: StructureError, when: string): LintEntry {
  const extra = params['additionalProperty'] ?? params['unevaluatedProperty'];
  const what = `${message ?? 'is not what OpenAPI asks for'}${typeof extra === 'string' ? ` (${extra})` : ''}`;
  return { rule: 'invalid-structure', pointer: instancePath, message: `${when}: ${instancePath || 'the document'} ${what}` };
}

/** The faults that the overlays brought in. */
function added(before: readonly StructureError[], after: readonly StructureError[]): readonly LintEntry[] {
  const known = new Set(before.map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`));
  const fresh = after.filter(({ instancePath, message }) => !known.has(`${instancePath} ${message ?? ''}`));
  return fresh.map((error) => entryOf(error, 'after the overlays'));
}

/** The schema of 3.1 that the validator has (2021-04-15) forgot that a path item may be a reference; the specification says it may. */
function isPathReference({ instancePath, params }: StructureError): boolean {
  return params['unevaluatedProperty'] === '$ref' && /^\/paths\/[^/]+$/.test(instancePath);
}

/** The faults themselves: that something is no reference either, or fits no branch, repeats them at each level above. */
function nearest(errors: readonly StructureError[]): readonly StructureError[] {
  const real = errors.filter((error) => !isAboutUnion(error));
  const bare = errors.filter(
    (error) => isAboutUnion(error) && !real.some(({ instancePath }) => `${instancePath}/`.startsWith(`${error.instancePath}/`)),
  );
  const distinct = new Map(
    [...real, ...bare].map((error) => [`${error.instancePath} ${error.message ?? ''} ${JSON.stringify(error.params)}`, error]),
  );
  return [...distinct.values()].slice(0, mostEntries);
}

/** Of one document: whoever has more to mend will look again. */
const mostEntries = 200;

function isAboutUnion(error: StructureError): boolean {
  return error.keyword === 'oneOf' || error.keyword === 'anyOf' || error.params['missingProperty'] === '$ref';
}

// The validator compiles OpenAPI's schema anew at every call (70 of 80 ms, measured): both editions of the document go through in one,
// the second one's paths and components beside the first one's under names of their own.
const mark = '.after-the-overlays';

function sideBySide(before: JsonObject, after: JsonObject): JsonObject {
  const paths = marked(before['paths'], after['paths']);
  const sections = Object.keys(objectMember(after, 'components') ?? {});
  const old = objectMember(before, 'components') ?? {};
  const changed = objectMember(after, 'components') ?? {};
  const components = Object.fromEntries(sections.map((section) => [section, marked(old[section], changed[section])]));
  return { ...before, ...(paths === undefined ? {} : { paths }), components: { ...old, ...components } as JsonObject };
}

function marked(before: Json | undefined, after: Json | undefined): Json | undefined {
  if (!isObject(after)) return after;
  const old = isObject(before) ? before : {};
  const changed = Object.entries(after).filter(([name, value]) => !name.startsWith('x-') && !sameJson(old[name], value));
  return Object.fromEntries([...Object.entries(old), ...changed.map(([name, value]) => [name + mark, value] as const)]);
}

function isAfter(pointer: Pointer): boolean {
  return tokensOf(pointer)
    .slice(1, 3)
    .some((token) => token.endsWith(mark));
}

function asWritten(error: StructureError): StructureError {
  const tokens = tokensOf(error.instancePath).map((token, index) =>
    index < 3 && token.endsWith(mark) ? token.slice(0, -mark.length) : token,
  );
  return { ...error, instancePath: pointerOf(...tokens) };
}

/** What of the document is neither a path nor a component. */
function frameOf(document: JsonObject): JsonObject {
  return { ...document, paths: {}, components: {} };
}
