import { existsSync } from 'node:fs';
import path from 'node:path';

/** Absolute path of a file of this package, from the sources as from dist. */
export function packageFile(name: string): string {
  let folder = import.meta.dirname;
  while (!existsSync(path.join(folder, 'package.json'))) {
    const parent = path.dirname(folder);
    if (parent === folder) throw new Error(`No package.json stands above ${import.meta.dirname}.`);
    folder = parent;
  }
  return path.join(folder, name);
}
