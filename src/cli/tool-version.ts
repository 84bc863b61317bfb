import { readFileSync } from 'node:fs';

import { packageFile } from './package-file.ts';

/** The version in package.json. */
export function toolVersion(): string {
  const parsed: unknown = JSON.parse(readFileSync(packageFile('package.json'), 'utf8'));
  return typeof parsed === 'object' && parsed !== null && 'version' in parsed ? String(parsed.version) : '0.0.0';
}
