import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/** The Node of this machine that no project brings: the first one on PATH outside of any node_modules. */
export function systemNode(): { readonly file: string; readonly isNewEnough: boolean } | undefined {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter((folder) => !folder.includes('node_modules'));
  const file = folders.map((folder) => path.join(folder, 'node')).find(isExecutable);
  if (file === undefined) return undefined;
  const [major = 0, minor = 0] = execFileSync(file, ['--version'], { encoding: 'utf8' }).replace('v', '').split('.').map(Number);
  return { file, isNewEnough: major > 22 || (major === 22 && minor >= 19) };
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
