import path from 'node:path';
import type { JsonObject } from '../model/index.ts';
import { readDocumentFile } from './read.ts';
import { versionOf } from './version.ts';

/** A document of which every reference is local. */
export interface LoadedDocument {
  readonly document: JsonObject;
  /** The absolute path or the URL that it was read from. */
  readonly location: string;
}

/** Reads an OpenAPI 3.0 or 3.1 document. */
export async function loadDocument(source: string): Promise<LoadedDocument> {
  const location = path.resolve(source);
  const document = await readDocumentFile(location);
  versionOf(document, source);
  return { document, location };
}
