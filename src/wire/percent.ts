import type { ParameterStyle } from '../model/index.ts';

/** Percent-encodes everything but the unreserved characters of RFC 3986; a lone surrogate becomes U+FFFD. */
export function encodeComponent(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

const pathDelimiters: Readonly<Partial<Record<ParameterStyle, RegExp>>> = {
  simple: /%(2C|3D)/g,
  label: /%(2C|3D)/g,
  matrix: /%(2C|3B|3D)/g,
};

/** A path parameter's text: its style's own delimiters stay, they are legal in a segment; `/` and `?` never do. */
export function encodePathValue(text: string, style: ParameterStyle): string {
  const encoded = encodeComponent(text);
  const delimiters = pathDelimiters[style];
  return delimiters === undefined ? encoded : encoded.replaceAll(delimiters, (code) => decodeURIComponent(code));
}

/**
 * A query value. With `allowReserved` the reserved characters stay, except those that would end or split the pair
 * (`&`, `#`, `+`) or are illegal in a query (`[`, `]`): OpenAPI 3.0.4 leaves encoding those to the application.
 */
export function encodeQueryValue(text: string, options: { readonly allowReserved: boolean; readonly comma: boolean }): string {
  const encoded = encodeComponent(text);
  if (options.allowReserved) return encoded.replaceAll(/%(3A|2F|3F|40|21|24|27|28|29|2A|2C|3B|3D)/g, (code) => decodeURIComponent(code));
  return options.comma ? encoded.replaceAll('%2C', ',') : encoded;
}

/** Percent-decoding that leaves what is no escape as it is. `plus` reads `+` as a space, as forms and queries do. */
export function decodeComponent(text: string, plus = false): string {
  const spaced = plus ? text.replaceAll('+', ' ') : text;
  if (!spaced.includes('%')) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    const bytes = spaced.replaceAll(/(?:%[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'));
    return bytes;
  }
}
