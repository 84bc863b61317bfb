import { readFile, stat } from 'node:fs/promises';
import { CORE_SCHEMA, load, mergeTag } from 'js-yaml';
import type { Json, JsonObject } from '../model/index.ts';
import { isObject } from '../schema/json.ts';
import { ContractError } from './error.ts';

/** What one document may cost: all its text is from outside. */
export const documentLimits = {
  /** Files that one document may consist of. */
  files: 20,
  /** Of one file of this machine; the largest published document known to us has 14 MB. */
  bytes: 32 * 1024 * 1024,
  /** Of one file that is fetched. */
  remoteBytes: 10 * 1024 * 1024,
  /** An operation's body schema starts at depth 8 and every level of properties adds two; the published documents reach 26. */
  nesting: 64,
  /** YAML aliases that are written in one file. */
  aliases: 1_000,
  /** Values after aliases are expanded; the largest published document known to us has 170,000. */
  values: 3_000_000,
  /** For a document by URL, in all. */
  milliseconds: 30_000,
} as const;

// `<<` is no part of YAML 1.2, but documents in the wild use it.
const yamlSchema = CORE_SCHEMA.withTags(mergeTag);

/** Reads one JSON or YAML file under the limits, without following its references. */
export async function readDocumentFile(file: string): Promise<JsonObject> {
  return parseDocument(await readTextFile(file), file);
}

/** Text of a file of at most {@link documentLimits} `bytes`. */
export async function readTextFile(file: string): Promise<string> {
  let found;
  try {
    found = await stat(file);
  } catch {
    throw new ContractError(`There is no file ${file}. Give the path or URL of an OpenAPI 3.0 or 3.1 document.`);
  }
  if (!found.isFile()) throw new ContractError(`${file} is not a file. Give the path or URL of an OpenAPI 3.0 or 3.1 document.`);
  if (found.size > documentLimits.bytes) throw tooLarge(file, documentLimits.bytes);
  return readFile(file, 'utf8');
}

export function tooLarge(name: string, limit: number): ContractError {
  return new ContractError(`${name} has more than ${limit} bytes, the limit for one file of a document.`);
}

/** Parses JSON or YAML (told by the text, not by the name) to plain JSON data; refuses what is no object. */
export function parseDocument(text: string, name: string): JsonObject {
  const value = parseText(text.startsWith('\uFEFF') ? text.slice(1) : text, name);
  if (!isObject(value)) {
    throw new ContractError(`${name} holds ${kindOf(value)}, not an object. Give an OpenAPI 3.0 or 3.1 document in JSON or YAML.`);
  }
  return value;
}

function parseText(text: string, name: string): Json {
  if (text.trim() === '') return null;
  let jsonProblem = '';
  if (/^\s*[{[]/.test(text)) {
    try {
      return plainJson(JSON.parse(text), name);
    } catch (error) {
      if (error instanceof ContractError) throw error;
      // A YAML flow mapping starts the same way; if it is none either, the JSON error says more.
      jsonProblem = messageOf(error);
    }
  }
  try {
    const options = { schema: yamlSchema, maxAliases: documentLimits.aliases, maxDepth: documentLimits.nesting };
    return plainJson(load(text, options), name);
  } catch (error) {
    if (error instanceof ContractError) throw error;
    const problem = jsonProblem === '' ? messageOf(error) : jsonProblem;
    throw new ContractError(`${name} is neither JSON nor YAML: ${problem.split('\n')[0] ?? ''}`);
  }
}

/** Checks nesting and size, and that all is JSON: YAML has more (dates, binary, infinities, keys that are no strings). */
function plainJson(value: unknown, name: string): Json {
  let values = 0;
  const check = (part: unknown, depth: number): void => {
    values += 1;
    if (values > documentLimits.values) throw new ContractError(`${name} has more than ${documentLimits.values} values, the limit.`);
    if (depth > documentLimits.nesting)
      throw new ContractError(`${name} is nested deeper than ${documentLimits.nesting} levels, the limit.`);
    if (typeof part === 'object' && part !== null) {
      for (const entry of Array.isArray(part) ? part : Object.values(part)) check(entry, depth + 1);
    } else if (part !== null && typeof part !== 'string' && typeof part !== 'boolean' && !Number.isFinite(part)) {
      throw new ContractError(`${name} holds ${String(part)}, which JSON cannot say.`);
    }
  };
  check(value, 0);
  return value as Json;
}

function kindOf(value: Json): string {
  if (value === null) return 'nothing';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
