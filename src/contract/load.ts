import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import SwaggerParser from '@apidevtools/swagger-parser';
import type { JsonObject } from '../model/index.ts';
import { ContractError, MissingFileError } from './error.ts';
import { fetchText } from './fetch-text.ts';
import { fileOf, gatherFiles, referencesIn, restored } from './gather.ts';
import { documentLimits, messageOf, parseDocument, readTextFile } from './read.ts';
import { versionOf } from './version.ts';

interface LoadOptions {
  /** Follow references to http(s) URLs; without it they are refused. */
  readonly allowRemoteRefs?: boolean;
}

/** A document of which every reference is local. */
interface LoadedDocument {
  readonly document: JsonObject;
  /** The absolute path or the URL that it was read from. */
  readonly location: string;
}

/**
 * Reads an OpenAPI 3.0 or 3.1 document from a file or an http(s) URL, JSON or YAML, and bundles it where it consists of several files.
 * A reference to a file or place that is not there stays as it is written. Refuses (with a {@link ContractError}) what is no such document, references that leave its folder, and whatever is over
 * {@link documentLimits}.
 */
export async function loadDocument(source: string, options: LoadOptions = {}): Promise<LoadedDocument> {
  const remote = isUrl(source);
  const location = remote ? source : path.resolve(source);
  const text = remote ? await fetchText(location) : await readTextFile(location);
  const document = parseDocument(text, source);
  versionOf(document, source);
  if (referencesIn(document).length === 0) return { document, location };
  return { document: await bundle(document, location, options), location };
}

function isUrl(source: string): boolean {
  return /^https?:\/\//i.test(source);
}

async function bundle(document: JsonObject, location: string, options: LoadOptions): Promise<JsonObject> {
  const reader = createReader(location, options);
  const gathered = await gatherFiles(document, location, reader);
  // The bundler reports a failed read in words of its own; the sentence that matters is ours.
  let refused: ContractError | undefined;
  const read = async (file: { readonly url: string; readonly baseUrl?: string }): Promise<string> => {
    try {
      return gathered.get(fileOf(file.url, location)) ?? (await reader(file.url, file.baseUrl ?? location));
    } catch (error) {
      refused ??= error instanceof ContractError ? error : new ContractError(messageOf(error));
      throw error;
    }
  };
  const parse = (file: { readonly url: string; readonly data: unknown }): unknown => parseDocument(String(file.data), file.url);
  const settings = {
    resolve: { external: true, file: false, http: false, assay: { order: 1, canRead: true, read } },
    parse: { json: false, yaml: false, text: false, binary: false, assay: { order: 1, canParse: true, parse } },
    dereference: { maxDepth: documentLimits.nesting },
  };
  try {
    const marked: unknown = JSON.parse(gathered.get(location) ?? '{}');
    const bundled = await SwaggerParser.bundle(location, marked as never, settings as never);
    return restored(parseDocument(JSON.stringify(bundled), location)) as JsonObject;
  } catch (error) {
    throw (
      refused ??
      (error instanceof ContractError
        ? error
        : new ContractError(`${location} cannot be bundled: ${messageOf(error).split('\n')[0] ?? ''}`))
    );
  }
}

/** Reads the further files of a document, each within what the first one may reach. */
function createReader(location: string, options: LoadOptions): (url: string, base: string) => Promise<string> {
  let files = 1;
  return async (url, base) => {
    files += 1;
    if (files > documentLimits.files) {
      throw new ContractError(`${location} consists of more than ${documentLimits.files} files, the limit. Bundle it into one file first.`);
    }
    if (isUrl(url)) {
      if (options.allowRemoteRefs !== true) {
        throw new ContractError(`${location} refers to ${url}. References to other hosts are followed only with --allow-remote-refs.`);
      }
      return fetchText(url);
    }
    const file = url.startsWith('file:') ? fileURLToPath(url) : decodeURIComponent(url);
    if (isUrl(location) || isUrl(base))
      throw new ContractError(`${base} refers to the local file ${file}; what was fetched may not read files.`);
    const folder = await realpath(path.dirname(location));
    const real = await realpath(file).catch(() => undefined);
    if (real === undefined) throw new MissingFileError(`${location} refers to ${file}, which does not exist.`);
    if (!real.startsWith(folder + path.sep)) {
      throw new ContractError(
        `${location} refers to ${file}, outside its folder ${folder}. Move the file inside, or bundle the document first.`,
      );
    }
    return readTextFile(real);
  };
}
