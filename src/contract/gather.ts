import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Json, JsonObject } from '../model/index.ts';
import { isObject, stringMember } from '../schema/json.ts';
import { pointerOfReference, tokensOf } from '../schema/pointer.ts';
import { MissingFileError } from './error.ts';
import { parseDocument } from './read.ts';

/** Stands for a `$ref` to nothing while the files are bundled: the bundler knows no such thing. */
const missingMark = 'x-assay-missing-ref';

/** Every file that a document consists of, as text, by where it is; a reference to nothing does not look like one. */
type Gathered = ReadonlyMap<string, string>;

/**
 * Reads all files of a document before they are bundled. What refers to a file that is not there, or to a place that
 * is not in its file, is marked, so that the rest can be bundled; {@link restored} makes it a reference again, which
 * the lint then names.
 */
export async function gatherFiles(
  document: JsonObject,
  location: string,
  read: (file: string, base: string) => Promise<string>,
): Promise<Gathered> {
  const files = new Map<string, JsonObject>([[location, document]]);
  for (const [base, content] of files) {
    for (const file of new Set(referencesIn(content).map((reference) => fileOf(reference, base)))) {
      if (files.has(file)) continue;
      try {
        files.set(file, parseDocument(await read(file, base), file));
      } catch (error) {
        if (!(error instanceof MissingFileError)) throw error;
      }
    }
  }
  return new Map([...files].map(([base, content]) => [base, JSON.stringify(marked(content, base, location, files))]));
}

/** The document with its references to nothing as they were written. */
export function restored(value: Json): Json {
  return mapObjects(value, (object) => {
    const { [missingMark]: reference, ...rest } = object;
    return reference === undefined ? object : { $ref: reference, ...rest };
  });
}

/** References to other files: neither local nor the name of a schema in the document. */
export function referencesIn(content: JsonObject): readonly string[] {
  const found: string[] = [];
  const names = new Set<string>();
  mapObjects(content, (object) => {
    const reference = stringMember(object, '$ref');
    const name = stringMember(object, '$id');
    if (reference !== undefined) found.push(reference);
    if (name !== undefined) names.add(name);
    return object;
  });
  return found.filter((reference) => !reference.startsWith('#') && !names.has(reference.split('#')[0] ?? ''));
}

/** The file that a reference names, as the bundler will ask for it. */
export function fileOf(reference: string, base: string): string {
  const [file = ''] = reference.split('#');
  if (file === '') return base;
  if (/^https?:\/\//i.test(file)) return file;
  if (/^https?:\/\//i.test(base)) return file.startsWith('file:') ? file : new URL(file, base).href;
  return file.startsWith('file:') ? fileURLToPath(file) : path.resolve(path.dirname(base), decodeURIComponent(file));
}

function marked(content: JsonObject, base: string, root: string, files: ReadonlyMap<string, JsonObject>): Json {
  const known = new Set(referencesIn(content));
  return mapObjects(content, (object) => {
    const { $ref: reference, ...rest } = object;
    if (typeof reference !== 'string' || !(reference.startsWith('#') || known.has(reference))) return object;
    const file = fileOf(reference, base);
    const target = files.get(file);
    const pointer = pointerOfReference(`#${reference.split('#')[1] ?? ''}`);
    if (target && (pointer === undefined || leadsSomewhere(target, pointer))) return object;
    // In another file a local reference would seem to be one into the first.
    const told = base === root || !reference.startsWith('#') ? reference : `${path.relative(path.dirname(root), base)}${reference}`;
    return { ...rest, [missingMark]: told };
  });
}

/** Whether something is there; what lies behind another reference is for the bundler to say. */
function leadsSomewhere(content: Json, pointer: string): boolean {
  let here: Json | undefined = content;
  for (const token of tokensOf(pointer)) {
    if (typeof here !== 'object' || here === null) return false;
    if (isObject(here) && typeof here['$ref'] === 'string') return true;
    here = Object.hasOwn(here, token) ? (here as JsonObject)[token] : undefined;
  }
  return here !== undefined;
}

/** A copy in which every object was replaced, the inner ones first. */
function mapObjects(value: Json, change: (object: JsonObject) => JsonObject): Json {
  if (Array.isArray(value)) return value.map((entry) => mapObjects(entry as Json, change));
  if (!isObject(value)) return value;
  return change(Object.fromEntries(Object.entries(value).map(([name, content]) => [name, mapObjects(content, change)])));
}
