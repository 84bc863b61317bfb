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

  const chatCall = { id: 'call_1', type: 'custom', custom: { name: 'sing', input: 'la' } };
  const schemas = '/components/schemas';
  const grown = [
    ['a call of a custom tool', `${schemas}/ChatCompletionMessageToolCalls`, [chatCall], [{ ...chatCall, custom: { name: 'sing' } }]],
    ['a custom call in a chunk', `${schemas}/ChatCompletionMessageToolCallChunk`, { index: 0, type: 'custom' }, { index: 0, type: 'tool' }],
    ['a tier', `${schemas}/CreateChatCompletionResponse/properties/service_tier`, 'fast', 'on_demand'],
    ['an effort', `${schemas}/ReasoningEffort`, 'max', 'maximal'],
    ['a code of a failed response', `${schemas}/ResponseErrorCode`, 'context_length_exceeded', 'Context length exceeded'],
    ['an input item of a later tool', `${schemas}/ItemResource`, { type: 'mcp_call', id: 'mcp_1' }, { type: 'function_call', id: 'fc_1' }],
    [
      'images as the output of a call',
      `${schemas}/FunctionToolCallOutput`,
      { type: 'function_call_output', call_id: 'call_1', output: [{ type: 'input_image' }] },
      { type: 'function_call_output', output: 'sunny' },
    ],
    [
      'a tool that is repeated with nulls',
      `${schemas}/FunctionTool`,
      { type: 'function', name: 'f', parameters: null, strict: null },
      { type: 'function', name: 'f' },
    ],
    [
      'tokens of a text before there were refusals',
      `${schemas}/CreateChatCompletionStreamResponse/properties/choices/items/properties/logprobs`,
      { content: [] },
      { refusal: [] },
    ],
    ['an event of the audit log', `${schemas}/AuditLog/properties/type`, 'certificate.created', 'certificate created'],
  ] as const;

  test.each(grown)('takes what has grown, such as %s, and refuses what has not', async (_title, schema, later, wrong) => {
    const document = openai.documents.at(-1);
    if (!document) throw new Error('no document');
    const [letter, contract] = await Promise.all(
      ['letter', 'contract'].map(async (reading) => createJudge((await contractOf(document, reading)).document)),
    );
    expect([letter?.accepts(schema, later), contract?.accepts(schema, later), contract?.accepts(schema, wrong)]).toEqual([
      false,
      true,
      false,
    ]);
  });

  test('does not free what it does not name', async () => {
    const [document] = openai.documents;
    if (!document) throw new Error('no document');
    const judge = createJudge((await contractOf(document, 'contract')).document);
    expect(judge.accepts('/components/schemas/OpenAIFile', { ...file, filename: null })).toBe(false);
    expect(judge.accepts('/components/schemas/OpenAIFile', { ...file, purpose: 'dinner' })).toBe(false);
  });
});
