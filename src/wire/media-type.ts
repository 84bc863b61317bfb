import type { MediaType, NameValue } from '../model/index.ts';

/** A content-type taken apart: `essence` is `type/subtype` in lower case. */
export interface ParsedMediaType {
  readonly essence: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** The few content-types of a run come with every exchange; a target that sends others without end must not fill the memory. */
const known = new Map<string, ParsedMediaType | undefined>();
const knownAtMost = 500;

/** Takes a content-type apart (RFC 9110, 8.3.1); `undefined` where it is none. */
export function parseMediaType(text: string): ParsedMediaType | undefined {
  if (known.has(text)) return known.get(text);
  const parsed = parse(text);
  if (known.size < knownAtMost) known.set(text, parsed);
  return parsed;
}

function parse(text: string): ParsedMediaType | undefined {
  const essence = /^\s*([!#$%&'*+.^_`|~\w-]+\/[!#$%&'*+.^_`|~\w-]+)\s*(?:;|$)/.exec(text)?.[1]?.toLowerCase();
  if (essence === undefined) return undefined;
  const parameters = new Map<string, string>();
  for (const [name, value] of parametersOf(text)) if (!parameters.has(name)) parameters.set(name, value);
  return { essence, parameters };
}

/** The `name=value` pairs after the first `;` of a header value, names in lower case, quoted strings unquoted. */
export function parametersOf(text: string): NameValue[] {
  const start = text.indexOf(';');
  if (start < 0) return [];
  const pairs = text.slice(start).matchAll(/;\s*([!#$%&'*+.^_`|~\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;"]*))/g);
  return Array.from(pairs, ([, name = '', quoted, plain]) => [
    name.toLowerCase(),
    // Browsers send the backslashes of a filename unescaped, so that only a quote and a backslash can be escaped ones.
    quoted === undefined ? (plain ?? '').trim() : quoted.replaceAll(/\\(["\\])/g, '$1'),
  ]);
}

/** Whether a body of this essence is JSON: `application/json` and every `+json`. */
export function isJsonMediaType(essence: string): boolean {
  return essence === 'application/json' || essence === 'text/json' || essence.endsWith('+json');
}

/**
 * The declared media type that a content-type fits: the same type with the most parameters in common, then a range
 * `image/*`, then the range of everything. A declared parameter that came with another value is no match.
 */
export function matchMediaType(declared: readonly MediaType[], contentType: string): MediaType | undefined {
  const came = parseMediaType(contentType);
  if (came === undefined) return undefined;
  let best: { readonly score: number; readonly media: MediaType } | undefined;
  for (const media of declared) {
    const score = matchScore(media.mediaType, came);
    if (score !== undefined && (best === undefined || score > best.score)) best = { score, media };
  }
  return best?.media;
}

function matchScore(declared: string, came: ParsedMediaType): number | undefined {
  const wanted = parseMediaType(declared);
  if (wanted === undefined) return undefined;
  if (wanted.essence === '*/*') return 0;
  if (wanted.essence.endsWith('/*')) return came.essence.startsWith(wanted.essence.slice(0, -1)) ? 1 : undefined;
  if (wanted.essence !== came.essence) return undefined;
  let score = 2;
  for (const [name, value] of wanted.parameters) {
    const other = came.parameters.get(name);
    if (other !== undefined && other.toLowerCase() !== value.toLowerCase()) return undefined;
    if (other !== undefined) score += 1;
  }
  return score;
}
