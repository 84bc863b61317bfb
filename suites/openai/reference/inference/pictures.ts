import type { ReferenceFile } from 'assay/pack';
import { Refusal } from '../state.ts';

const mostBytes = 4 * 1024 * 1024;

interface Picture {
  readonly width: number;
  readonly height: number;
  readonly transparent: boolean;
}

/** Refuses what cannot be edited: "a valid PNG file, less than 4MB, and square", with a mask of the same size or transparent itself. */
export function requireEditable(image: ReferenceFile | undefined, mask: ReferenceFile | undefined): void {
  const picture = requireSquare(image);
  if (!mask) {
    if (picture && !picture.transparent) throw refused('image', 'the image needs transparent parts, or a mask');
    return;
  }
  const cover = requirePng(mask, 'mask');
  if (picture && (cover.width !== picture.width || cover.height !== picture.height))
    throw refused('mask', 'the mask needs the size of the image');
}

/** Refuses what no variation can be made of. */
export function requireSquare(image: ReferenceFile | undefined): Picture | undefined {
  if (!image) return undefined;
  const picture = requirePng(image, 'image');
  if (picture.width !== picture.height) throw refused('image', 'the image needs to be square');
  return picture;
}

function requirePng(file: ReferenceFile, param: string): Picture {
  const bytes = Buffer.from(file.bytes);
  if (bytes.length >= mostBytes) throw refused(param, 'the file needs to be smaller than 4 MB');
  if (bytes.length < 33 || bytes.toString('latin1', 0, 8) !== '\u0089PNG\r\n\u001a\n') throw refused(param, 'the file needs to be a PNG');
  // Colour types 4 and 6 have an alpha channel; a palette may have transparent entries.
  const transparent = bytes[25] === 4 || bytes[25] === 6 || bytes.includes('tRNS', 0, 'latin1');
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20), transparent };
}

function refused(param: string, reason: string): Refusal {
  return new Refusal(400, `Invalid '${param}': ${reason}.`, { param, code: 'invalid_image' });
}
