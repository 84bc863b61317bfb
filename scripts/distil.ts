import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { distil } from '../src/contract/distil.ts';
import { readDocumentFile } from '../src/contract/read.ts';
import { versionOf } from '../src/contract/version.ts';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { out: { type: 'string' } } });
const [file] = positionals;
if (file === undefined || positionals.length > 1) {
  console.error('Usage: npm run spec:distil -- FILE [--out FILE]   (FILE: an OpenAPI 3.0 or 3.1 document, JSON or YAML)');
  process.exit(2);
}
try {
  const document = await readDocumentFile(file);
  versionOf(document, file);
  const text = `${JSON.stringify(distil(document), undefined, 1)}\n`;
  if (values.out === undefined) process.stdout.write(text);
  else writeFileSync(values.out, text);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(2);
}
