import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

/** Which folder of src may import which: the table of ARCHITECTURE.md. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  model: [],
  schema: ['model'],
  stream: ['model'],
  wire: ['model', 'schema', 'contract'],
  contract: ['model', 'schema'],
  http: ['model', 'wire'],
  recordings: ['model', 'wire'],
  generators: ['model', 'wire', 'schema', 'contract'],
  checks: ['model', 'wire', 'schema', 'stream', 'contract'],
  scenarios: ['model', 'wire', 'schema', 'stream', 'contract'],
  compare: ['model', 'schema', 'contract', 'generators'],
  reporting: ['model'],
  engine: ['model', 'schema', 'stream', 'wire', 'contract', 'http', 'generators', 'checks', 'scenarios'],
  reference: ['model', 'wire', 'schema', 'contract', 'generators'],
};
const anything = new Set(['vitest', 'cli']);
const root = path.join(import.meta.dirname, '..');
const sources = globSync('src/**/*.ts', { cwd: root }).filter((file) => !file.endsWith('.test.ts'));

function importsOf(file: string): string[] {
  const text = readFileSync(path.join(root, file), 'utf8');
  const specifiers = [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] ?? '');
  return specifiers.filter((specifier) => specifier.startsWith('.')).map((specifier) => path.join(path.dirname(file), specifier));
}

describe('the import table', () => {
  test('sees the sources', () => {
    expect(sources.length).toBeGreaterThan(10);
  });

  test.each(sources.filter((file) => file.split(path.sep).length > 2))('%s imports only what its folder may', (file) => {
    const folder = file.split(path.sep)[1] ?? '';
    if (anything.has(folder)) return;
    const allowed = mayImport[folder];
    expect(allowed, `${folder} is in the table`).toBeDefined();
    const wrong = importsOf(file).filter((target) => {
      const [top, other] = target.split(path.sep);
      return top !== 'src' || (other !== folder && !allowed?.includes(other ?? ''));
    });
    expect(wrong).toEqual([]);
  });

  test.each(globSync('suites/*/**/*.ts', { cwd: root }))('%s imports the package by its own name', (file) => {
    const outside = importsOf(file).filter((target) => !target.startsWith(`suites${path.sep}`));
    expect(outside).toEqual([]);
  });
});

describe('src knows no API', () => {
  test.each(sources)('%s names none', (file) => {
    const text = readFileSync(path.join(root, file), 'utf8');
    const names = text.match(/openai|chat\.completion|chatcmpl|assistants?_id|createChat|\basst\b|gpt-/gi) ?? [];
    expect(names).toEqual([]);
  });
});
