import { binaryTag, CORE_SCHEMA, defineMappingTag, defineScalarTag, defineSequenceTag, load, mergeTag } from 'js-yaml';

/** Aliases in one document at most: an alias of an alias of an alias must not fill the memory. */
const aliasesAtMost = 1_000;

/**
 * YAML as data: `!binary` and `!!binary` are bytes, a tag that we do not know is its plain scalar, list or map and never
 * code, dates stay texts.
 */
const schema = CORE_SCHEMA.withTags(
  mergeTag,
  binaryTag,
  defineScalarTag('!binary', { resolve: (source) => Uint8Array.from(Buffer.from(source, 'base64')), identify: () => false }),
  ['!', 'tag:'].flatMap((prefix) => [
    defineScalarTag(prefix, { matchByTagPrefix: true, resolve: (source) => source, identify: () => false }),
    defineSequenceTag(prefix, {
      matchByTagPrefix: true,
      create: (): unknown[] => [],
      addItem: (list, item) => void list.push(item),
      identify: () => false,
    }),
    defineMappingTag(prefix, {
      matchByTagPrefix: true,
      create: () => new Map<string, unknown>(),
      addPair: (map, key, value) => {
        map.set(String(key), value);
        return '';
      },
      has: (map, key) => map.has(String(key)),
      keys: (map: Record<string, unknown>) => Object.keys(map),
      get: (map, key) => (Object.hasOwn(map, String(key)) ? map[String(key)] : undefined),
      finalize: (map): Record<string, unknown> => Object.fromEntries(map),
      identify: () => false,
    }),
  ]),
);

/** A YAML text as a value, or why it is none. */
export function parseYaml(text: string): { readonly value: unknown } | { readonly problem: string } {
  try {
    return { value: load(text, { schema, json: true, maxAliases: aliasesAtMost }) };
  } catch (error) {
    return { problem: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error) };
  }
}
