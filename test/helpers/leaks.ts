import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';

/** The files of a folder in which a secret stands in any form that a reader could undo, each with the form. */
export function leaksOf(folder: string, secret: string): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.flatMap((file) => {
    const layers = layersOf(readFileSync(path.join(file.parentPath, file.name)));
    return layers.flatMap((text) => formsIn(text, secret).map((form) => `${file.name}: ${form}`));
  });
}

/** A file as it is and with everything unpacked or decoded that stands in it, three layers deep. */
function layersOf(bytes: Buffer, depth = 3): string[] {
  const unpacked = inflated(bytes);
  const text = (unpacked ?? bytes).toString('latin1');
  const undone = undo(text);
  const packed = depth === 0 ? [] : (text.match(/[A-Za-z0-9+/_-]{16,}={0,2}/g) ?? []).map((run) => Buffer.from(run, 'base64'));
  const inner = packed.flatMap((run) => (inflated(run) || run.includes('"') ? layersOf(run, depth - 1) : [run.toString('latin1')]));
  return [text, undone, [...inner].join('\n')];
}

function inflated(bytes: Buffer): Buffer | undefined {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return undefined;
  try {
    return gunzipSync(bytes);
  } catch {
    return undefined;
  }
}

/** Percent-encoding, JSON and XML escapes taken away, twice: what is quoted in a report was quoted in the journal before. */
function undo(text: string): string {
  const once = (one: string): string =>
    one
      .replaceAll(/%([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
      .replaceAll(/\\+u([0-9a-fA-F]{4})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
      .replaceAll(/&#x?([0-9a-fA-F]+);/g, (whole, digits: string) =>
        String.fromCharCode(whole.includes('x') ? Number.parseInt(digits, 16) : Number(digits)),
      )
      .replaceAll('&quot;', '"');
  return once(once(text));
}

function formsIn(text: string, secret: string): string[] {
  const base64 = [0, 1, 2].map((shift) => {
    const whole = Buffer.concat([Buffer.alloc(shift), Buffer.from(secret)]).toString('base64');
    // The first and the last group share bits with what stands beside the secret.
    return whole.slice(shift === 0 ? 0 : 4, -4);
  });
  const forms: readonly (readonly [string, string])[] = [
    ['as it is', secret],
    ['backwards', [...secret].toReversed().join('')],
    ['as hex', Buffer.from(secret).toString('hex')],
    ...base64.map((form) => ['as base64', form] as const),
    ...base64.map((form) => ['as base64url', form.replaceAll('+', '-').replaceAll('/', '_')] as const),
    // Pieces of a stream: none may hold more than a few characters of the secret.
    ['its middle', secret.slice(12, 24)],
  ];
  return forms.filter(([, form]) => text.includes(form)).map(([name]) => name);
}
