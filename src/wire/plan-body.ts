import type { Encoding, Json, JsonObject, MediaType, NameValue, Part, PlannedBody } from '../model/index.ts';
import { isObject } from '../schema/index.ts';
import { isJsonMediaType, parseMediaType } from './media-type.ts';
import { serialiseParameter, textOf } from './parameters.ts';
import { shapeOf } from './shape.ts';

/**
 * The planned body that says this value in this media type: JSON as it is, an object as form pairs or multipart parts by
 * the media type's `encoding`, anything else as text. `undefined` where the media type cannot say it (an array as a form).
 */
export function planBody(media: MediaType, value: Json, document: JsonObject): PlannedBody | undefined {
  const essence = parseMediaType(media.mediaType)?.essence ?? media.mediaType;
  const { mediaType } = media;
  if (essence === 'application/x-www-form-urlencoded') return isObject(value) ? { mediaType, form: formPairs(media, value) } : undefined;
  if (essence.startsWith('multipart/')) return isObject(value) ? { mediaType, parts: multipartParts(media, value, document) } : undefined;
  if (isJsonMediaType(essence) || essence === '*/*' || essence === 'application/*') {
    return { mediaType: essence.includes('*') ? 'application/json' : mediaType, json: value };
  }
  if (typeof value === 'string') return { mediaType: essence === 'text/*' ? 'text/plain' : mediaType, text: value };
  return { mediaType, text: textOf(value) };
}

/** The pairs of a form: by default an array repeats its name and an object is JSON, as the Encoding Object has it. */
export function formPairs(media: MediaType, value: JsonObject): NameValue[] {
  return Object.entries(value).flatMap(([name, member]) => {
    const encoding = media.encoding.get(name);
    if (hasStyle(encoding)) {
      const style = encoding.style ?? 'form';
      return serialiseParameter({ name, style, explode: encoding.explode ?? style === 'form' }, member);
    }
    if (Array.isArray(member)) return member.map((entry): NameValue => [name, textOf(entry)]);
    return [[name, textOf(member)]];
  });
}

/** The parts of a multipart body: one part for each entry of an array, JSON for an object, a file for a binary string. */
export function multipartParts(media: MediaType, value: JsonObject, document: JsonObject): Part[] {
  const members = shapeOf(document, media.schema === undefined ? [] : [media.schema]).members;
  return Object.entries(value).flatMap(([name, member]) => {
    const encoding = media.encoding.get(name);
    const shape = shapeOf(document, members.get(name) ?? []);
    if (hasStyle(encoding)) {
      const style = encoding.style ?? 'form';
      const pairs = serialiseParameter({ name, style, explode: encoding.explode ?? style === 'form' }, member);
      return pairs.map(([pairName, text]): Part => ({ name: pairName, text }));
    }
    if (!Array.isArray(member)) return [partOf(name, member, encoding, shape.binary)];
    const entryShape = shapeOf(document, shape.entries);
    return member.map((entry) => partOf(name, entry, encoding, entryShape.binary));
  });
}

function partOf(name: string, value: Json, encoding: Encoding | undefined, binary: boolean): Part {
  // `encoding` may list several types or a range; the first concrete one is as good as any.
  const listed = encoding?.contentType?.split(',').map((type) => type.trim());
  const stated = listed?.find((type) => !type.includes('*'));
  if (typeof value === 'string' && binary) {
    return { name, filename: `${fileStem(name)}.bin`, contentType: stated ?? 'application/octet-stream', text: value };
  }
  const contentType = stated ?? (typeof value === 'object' && value !== null ? 'application/json' : undefined);
  const json = contentType !== undefined && isJsonMediaType(contentType);
  return { name, text: json ? JSON.stringify(value) : textOf(value), ...(contentType === undefined ? {} : { contentType }) };
}

function fileStem(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9]+/g, '') || 'file';
}

function hasStyle(encoding: Encoding | undefined): encoding is Encoding {
  return encoding?.style !== undefined || encoding?.explode !== undefined || encoding?.allowReserved !== undefined;
}
