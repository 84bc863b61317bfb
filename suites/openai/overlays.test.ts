import { readFileSync } from 'node:fs';
import { validate } from '@apidevtools/swagger-parser';
import { buildContract, createJudge, type Contract, loadDocument, loadOverlay, type PackDocument } from 'assay/pack';
import { describe, expect, test } from 'vitest';
import { openai } from './pack.ts';

const built = new Map<string, Promise<Contract>>();

function contractOf(document: PackDocument, reading: string): Promise<Contract> {
  const key = `${document.version} ${reading}`;
  const contract = built.get(key) ?? build(document, reading);
  built.set(key, contract);
  return contract;
}

async function build(document: PackDocument, reading: string): Promise<Contract> {
  const overlays = await Promise.all(document.overlays.map((file) => loadOverlay(file)));
  const { document: source } = await loadDocument(document.file);
  return buildContract(source, { id: `openai@${document.version}`, overlays, reading });
}

describe.each(openai.documents)('the overlays of $version', (document) => {
  test('have no action that matches nothing', async () => {
    const { overlays } = await contractOf(document, 'contract');
    expect(overlays.filter((action) => action.matched === 0).map((action) => action.id)).toEqual([]);
  });

  test('name every action once and say why', async () => {
    const { overlays } = await contractOf(document, 'contract');
    const ids = overlays.map((action) => action.id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    expect(overlays.filter((action) => !action.description || !action.evidence)).toEqual([]);
  });

  test('leave a valid document behind', async () => {
    const { source } = await contractOf(document, 'contract');
    await expect(validate(structuredClone(source) as never)).resolves.toBeDefined();
  });

  test('add no fault to the document', async () => {
    const [before, after] = await Promise.all([
      buildContract(JSON.parse(readFileSync(document.file, 'utf8')), {}),
      contractOf(document, 'contract'),
    ]);
    const told = new Set(before.lint.map((entry) => `${entry.rule} ${entry.pointer}`));
    expect(after.lint.filter((entry) => !told.has(`${entry.rule} ${entry.pointer}`))).toEqual([]);
  });

  test('free the null that they name, and nothing but it', async () => {
    const [letter, contract] = await Promise.all([contractOf(document, 'letter'), contractOf(document, 'contract')]);
    const read = await Promise.all(document.overlays.map((file) => loadOverlay(file)));
    const freed = new Set(
      read.flatMap(({ actions }) => actions.filter(({ update }) => JSON.stringify(update) === '{"nullable":true}').map(({ id }) => id)),
    );
    const places = contract.overlays.filter((action) => freed.has(action.id)).flatMap((action) => action.places);
    expect(places.length).toBeGreaterThan(50);
    const before = createJudge(letter.document);
    const after = createJudge(contract.document);
    expect(places.filter((place) => before.accepts(place, null) || !after.accepts(place, null))).toEqual([]);
    // A symbol is no JSON: whatever a schema takes, it does not take this.
    expect(places.filter((place) => after.accepts(place, Symbol.iterator))).toEqual([]);
  });

  test('say nothing but rules under the reading letter', async () => {
    const { overlays } = await contractOf(document, 'letter');
    expect(new Set(overlays.map((action) => action.kind))).toEqual(new Set(['rule']));
  });
});

describe('an erratum', () => {
  const file = { id: 'file-1', object: 'file', bytes: 1, created_at: 1, filename: 'a', purpose: 'assistants', status: 'processed' };
  const cases = [
    ['a null that the document forbids', '/components/schemas/OpenAIFile', { ...file, status_details: null }],
    [
      'an absence that the document forbids',
      '/components/schemas/ThreadObject',
      { id: 't', object: 'thread', created_at: 1, metadata: {} },
    ],
    ['a member of an enumeration that grew', '/components/schemas/OpenAIFile', { ...file, purpose: 'user_data' }],
    ['a base64 vector', '/components/schemas/Embedding', { index: 0, object: 'embedding', embedding: 'AAAAAA==' }],
  ] as const;

  test.each(cases)('frees %s', async (_title, schema, value) => {
    const [document] = openai.documents;
    if (!document) throw new Error('no document');
    const verdicts = await Promise.all(
      ['letter', 'contract'].map(async (reading) => createJudge((await contractOf(document, reading)).document).accepts(schema, value)),
    );
    expect(verdicts).toEqual([false, true]);
  });

  test('does not free what it does not name', async () => {
    const [document] = openai.documents;
    if (!document) throw new Error('no document');
    const judge = createJudge((await contractOf(document, 'contract')).document);
    expect(judge.accepts('/components/schemas/OpenAIFile', { ...file, filename: null })).toBe(false);
    expect(judge.accepts('/components/schemas/OpenAIFile', { ...file, purpose: 'dinner' })).toBe(false);
  });
});
