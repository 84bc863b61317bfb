import OpenAI, { AuthenticationError, BadRequestError, NotFoundError, toFile } from 'openai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReferenceServer } from '../../src/reference/index.ts';
import { clientOf, packContract, rowsOf, startReference } from '../helpers/reference.ts';

const model = 'gpt-4o-mini';
const weather = {
  type: 'function',
  function: { name: 'get_weather', parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] } },
} as const;
const trainingLine = JSON.stringify({
  messages: [
    { role: 'user', content: 'Hi' },
    { role: 'assistant', content: 'Hi.' },
  ],
});

describe('the official client works against the reference server', () => {
  let server: ReferenceServer & { readonly complaints: readonly string[] };
  let client: OpenAI;

  beforeAll(async () => {
    server = await startReference(await packContract('2025-03'));
    client = clientOf(server);
  });
  afterAll(async () => {
    await server.close();
    expect(server.complaints).toEqual([]);
  });

  test('an assistant is created, read, listed, modified, deleted and then gone', async () => {
    const made = await client.beta.assistants.create({ model, name: 'Guide', metadata: { a: 'b' } });
    expect(await client.beta.assistants.retrieve(made.id)).toEqual(made);
    const changed = await client.beta.assistants.update(made.id, { name: 'Pilot' });
    expect(changed).toEqual({ ...made, name: 'Pilot' });
    const listed = await rowsOf(await client.beta.assistants.list());
    expect(listed).toEqual([changed]);
    expect(await client.beta.assistants.delete(made.id)).toEqual({ id: made.id, object: 'assistant.deleted', deleted: true });
    await expect(client.beta.assistants.retrieve(made.id)).rejects.toThrow(NotFoundError);
  });

  test('a walk with a small limit visits every message once, newest first or oldest first', async () => {
    const thread = await client.beta.threads.create();
    const ids: string[] = [];
    for (const content of ['one', 'two', 'three', 'four', 'five']) {
      ids.push((await client.beta.threads.messages.create(thread.id, { role: 'user', content })).id);
    }
    const idsOf = async (order: 'asc' | 'desc') =>
      (await rowsOf(await client.beta.threads.messages.list(thread.id, { limit: 2, order }))).map((message) => message.id);
    expect(await idsOf('asc')).toEqual(ids);
    expect(await idsOf('desc')).toEqual(ids.toReversed());
    const before = await client.beta.threads.messages.list(thread.id, { limit: 2, order: 'asc', before: ids[3] ?? '' });
    expect(before.data.map((message) => message.id)).toEqual([ids[1], ids[2]]);
  });

  test('a plain run completes and leaves its message and step', async () => {
    const assistant = await client.beta.assistants.create({ model, instructions: 'Be short.' });
    const thread = await client.beta.threads.create({ messages: [{ role: 'user', content: 'Hello there' }] });
    const started = await client.beta.threads.runs.create(thread.id, { assistant_id: assistant.id });
    expect(started).toMatchObject({ status: 'queued', usage: null, instructions: 'Be short.', completed_at: null });
    const run = await client.beta.threads.runs.poll(started.id, { thread_id: thread.id }, { pollIntervalMs: 1 });
    expect(run).toMatchObject({ status: 'completed', last_error: null, incomplete_details: null });
    expect(run.usage?.total_tokens).toBe((run.usage?.prompt_tokens ?? 0) + (run.usage?.completion_tokens ?? 0));
    const [message] = (await client.beta.threads.messages.list(thread.id, { run_id: run.id })).data;
    expect(message).toMatchObject({ role: 'assistant', run_id: run.id, assistant_id: assistant.id, status: 'completed' });
    const [step] = (await client.beta.threads.runs.steps.list(run.id, { thread_id: thread.id })).data;
    expect(step?.step_details).toEqual({ type: 'message_creation', message_creation: { message_id: message?.id } });
  });

  test('a run with a forced function waits for its outputs and goes on with them', async () => {
    const assistant = await client.beta.assistants.create({ model, tools: [weather] });
    const waiting = await client.beta.threads.createAndRunPoll(
      { assistant_id: assistant.id, thread: { messages: [{ role: 'user', content: 'Weather in Oslo?' }] }, tool_choice: 'required' },
      { pollIntervalMs: 1 },
    );
    expect(waiting).toMatchObject({ status: 'requires_action', usage: null });
    const calls = waiting.required_action?.submit_tool_outputs.tool_calls ?? [];
    expect(calls.map((call) => call.function.name)).toEqual(['get_weather']);
    const at = { thread_id: waiting.thread_id };
    await expect(client.beta.threads.runs.submitToolOutputs(waiting.id, { ...at, tool_outputs: [] })).rejects.toThrow(BadRequestError);
    const tool_outputs = calls.map((call) => ({ tool_call_id: call.id, output: 'sunny' }));
    const done = await client.beta.threads.runs.submitToolOutputsAndPoll(waiting.id, { ...at, tool_outputs }, { pollIntervalMs: 1 });
    expect(done).toMatchObject({ status: 'completed', required_action: null });
    const steps = await client.beta.threads.runs.steps.list(done.id, { ...at, order: 'asc' });
    expect(steps.data.map((step) => [step.type, step.status])).toEqual([
      ['tool_calls', 'completed'],
      ['message_creation', 'completed'],
    ]);
    await expect(client.beta.threads.runs.cancel(done.id, at)).rejects.toThrow(BadRequestError);
  });

  test('a run that is cancelled ends as cancelled', async () => {
    const assistant = await client.beta.assistants.create({ model });
    const run = await client.beta.threads.createAndRun({ assistant_id: assistant.id });
    expect((await client.beta.threads.runs.cancel(run.id, { thread_id: run.thread_id })).status).toBe('cancelling');
    const end = await client.beta.threads.runs.retrieve(run.id, { thread_id: run.thread_id });
    expect(end.status).toBe('cancelled');
    expect(end.cancelled_at).toBeTypeOf('number');
  });

  test.each(['events', 'odd'] as const)(
    'the stream helper consumes a run to its end, and its final run and message equal the ones read later (%s)',
    async (chunking) => {
      const streaming = await startReference(await packContract('2025-03'), { chunking });
      const other = clientOf(streaming);
      const assistant = await other.beta.assistants.create({ model });
      const thread = await other.beta.threads.create({ messages: [{ role: 'user', content: 'Hellö wörld' }] });
      const stream = other.beta.threads.runs.stream(thread.id, { assistant_id: assistant.id });
      const run = await stream.finalRun();
      expect(run).toEqual(await other.beta.threads.runs.retrieve(run.id, { thread_id: thread.id }));
      expect(await stream.finalMessages()).toEqual((await other.beta.threads.messages.list(thread.id, { run_id: run.id })).data);
      expect(await stream.finalRunSteps()).toEqual((await other.beta.threads.runs.steps.list(run.id, { thread_id: thread.id })).data);
      await streaming.close();
      expect(streaming.complaints).toEqual([]);
    },
  );

  test('a streamed run waits for tool outputs, and the stream of their submission ends it', async () => {
    const assistant = await client.beta.assistants.create({ model, tools: [weather] });
    const stream = client.beta.threads.createAndRunStream({ assistant_id: assistant.id, tool_choice: 'required' });
    const waiting = await stream.finalRun();
    expect(waiting.status).toBe('requires_action');
    const calls = waiting.required_action?.submit_tool_outputs.tool_calls ?? [];
    const tool_outputs = calls.map((call) => ({ tool_call_id: call.id, output: 'rain' }));
    const rest = client.beta.threads.runs.submitToolOutputsStream(waiting.id, { thread_id: waiting.thread_id, tool_outputs });
    const done = await rest.finalRun();
    expect(done).toEqual(await client.beta.threads.runs.retrieve(done.id, { thread_id: waiting.thread_id }));
    expect(done.status).toBe('completed');
  });

  test('a stream that the client leaves early does not leave the run behind', async () => {
    const assistant = await client.beta.assistants.create({ model });
    const thread = await client.beta.threads.create({ messages: [{ role: 'user', content: 'Hello' }] });
    const events = await client.beta.threads.runs.create(thread.id, { assistant_id: assistant.id, stream: true });
    for await (const event of events) if (event.event === 'thread.run.in_progress') break;
    const [run] = (await client.beta.threads.runs.list(thread.id)).data;
    expect(run?.status).toBe('completed');
  });

  test('a file comes back byte for byte and is gone after its deletion', async () => {
    const bytes = Uint8Array.from({ length: 1000 }, (_, index) => (index * 7) % 256);
    const file = await client.files.create({ file: await toFile(bytes, 'noise.bin'), purpose: 'assistants' });
    expect(file).toMatchObject({ bytes: 1000, filename: 'noise.bin', purpose: 'assistants', object: 'file' });
    const content = await client.files.content(file.id);
    expect(new Uint8Array(await content.arrayBuffer())).toEqual(bytes);
    expect(await client.files.delete(file.id)).toEqual({ id: file.id, object: 'file', deleted: true });
    await expect(client.files.content(file.id)).rejects.toThrow(NotFoundError);
  });

  test('an upload joins its parts in the order that completion names', async () => {
    const upload = await client.uploads.create({ filename: 'a.txt', purpose: 'assistants', bytes: 6, mime_type: 'text/plain' });
    expect(upload.expires_at - upload.created_at).toBe(3600);
    const second = await client.uploads.parts.create(upload.id, { data: await toFile(Buffer.from('def'), 'p') });
    const first = await client.uploads.parts.create(upload.id, { data: await toFile(Buffer.from('abc'), 'p') });
    await expect(client.uploads.complete(upload.id, { part_ids: [first.id] })).rejects.toThrow(BadRequestError);
    const md5 = '900150983cd24fb0d6963f7d28e17f72';
    await expect(client.uploads.complete(upload.id, { part_ids: [first.id, second.id], md5 })).rejects.toThrow(BadRequestError);
    const done = await client.uploads.complete(upload.id, { part_ids: [first.id, second.id] });
    expect(await (await client.files.content(done.file?.id ?? '')).text()).toBe('abcdef');
    await expect(client.uploads.cancel(upload.id)).rejects.toThrow(BadRequestError);
  });

  test('a vector store counts, finds and lets go of its files', async () => {
    const file = await client.files.create({ file: await toFile(Buffer.from('the heron waits'), 'bird.txt'), purpose: 'assistants' });
    const store = await client.vectorStores.create({ name: 'birds', expires_after: { anchor: 'last_active_at', days: 2 } });
    expect(store.expires_at).toBe((store.last_active_at ?? 0) + 2 * 86_400);
    const attached = await client.vectorStores.files.createAndPoll(store.id, { file_id: file.id, attributes: { legs: 2 } });
    expect(attached).toMatchObject({ id: file.id, status: 'completed', attributes: { legs: 2 }, vector_store_id: store.id });
    const filters = { type: 'gte', key: 'legs', value: 2 } as const;
    const hits = await client.vectorStores.search(store.id, { query: 'heron', filters });
    expect(hits.data.map((hit) => [hit.file_id, hit.score])).toEqual([[file.id, 1]]);
    expect((await client.vectorStores.search(store.id, { query: 'heron', filters: { ...filters, type: 'gt' } })).data).toEqual([]);
    const batch = await client.vectorStores.fileBatches.createAndPoll(store.id, { file_ids: [file.id] }, { pollIntervalMs: 1 });
    expect(batch).toMatchObject({ status: 'completed', file_counts: { total: 1, completed: 1 } });
    await client.vectorStores.files.delete(file.id, { vector_store_id: store.id });
    expect((await client.vectorStores.retrieve(store.id)).file_counts.total).toBe(0);
    expect((await client.files.retrieve(file.id)).id).toBe(file.id);
  });

  test('a batch answers every line once, failures in the error file', async () => {
    const line = (id: string, body: object) => JSON.stringify({ custom_id: id, method: 'POST', url: '/v1/chat/completions', body });
    const good = { model, messages: [{ role: 'user', content: 'Hello' }] };
    const lines = [line('a', good), line('b', { ...good, model: 'no-such-model' })].join('\n');
    const file = await client.files.create({ file: await toFile(Buffer.from(lines), 'in.jsonl'), purpose: 'batch' });
    const made = await client.batches.create({ input_file_id: file.id, endpoint: '/v1/chat/completions', completion_window: '24h' });
    expect(made).toMatchObject({ status: 'validating', request_counts: { total: 0, completed: 0, failed: 0 } });
    const done = await client.batches.retrieve(made.id);
    expect(done).toMatchObject({ status: 'completed', request_counts: { total: 2, completed: 1, failed: 1 } });
    const output = JSON.parse(await (await client.files.content(done.output_file_id ?? '')).text());
    expect(output).toMatchObject({ custom_id: 'a', error: null, response: { status_code: 200, body: { object: 'chat.completion' } } });
    const errors = JSON.parse(await (await client.files.content(done.error_file_id ?? '')).text());
    expect(errors).toMatchObject({ custom_id: 'b', response: { status_code: 404, body: { error: { code: 'model_not_found' } } } });
    const other = await client.batches.create({ input_file_id: file.id, endpoint: '/v1/chat/completions', completion_window: '24h' });
    expect((await client.batches.cancel(other.id)).status).toBe('cancelling');
    expect((await client.batches.retrieve(other.id)).status).toBe('cancelled');
  });

  test('a fine-tuning job makes a model with checkpoints, and permissions are given for them', async () => {
    const file = await client.files.create({ file: await toFile(Buffer.from(`${trainingLine}\n`), 'train.jsonl'), purpose: 'fine-tune' });
    const made = await client.fineTuning.jobs.create({ model: 'gpt-4o-mini-2024-07-18', training_file: file.id, suffix: 'heron', seed: 7 });
    expect(made).toMatchObject({ status: 'validating_files', fine_tuned_model: null, seed: 7, finished_at: null, trained_tokens: null });
    const done = await client.fineTuning.jobs.retrieve(made.id);
    expect(done.status).toBe('succeeded');
    expect((await client.models.retrieve(done.fine_tuned_model ?? '')).id).toMatch(/^ft:gpt-4o-mini-2024-07-18:reference:heron:/);
    const events = await rowsOf(await client.fineTuning.jobs.listEvents(made.id, { limit: 2 }));
    expect(events.length).toBe(6);
    const checkpoints = await rowsOf(await client.fineTuning.jobs.checkpoints.list(made.id));
    expect(checkpoints.map((checkpoint) => checkpoint.step_number)).toEqual([90, 60, 30]);
    const name = checkpoints[0]?.fine_tuned_model_checkpoint ?? '';
    const project = await client.admin.organization.projects.create({ name: 'Birds' });
    const [permission] = (await client.fineTuning.checkpoints.permissions.create(name, { project_ids: [project.id] })).data;
    expect(permission?.project_id).toBe(project.id);
    await expect(client.fineTuning.jobs.cancel(made.id)).rejects.toThrow(BadRequestError);
  });

  test('administration has keys, invites, users, projects, usage and a log of it', async () => {
    const { organization } = client.admin;
    const key = await organization.adminAPIKeys.create({ name: 'ci' });
    expect(key.value.startsWith('sk-admin-')).toBe(true);
    expect(await organization.adminAPIKeys.retrieve(key.id)).not.toHaveProperty('value');
    const project = await organization.projects.create({ name: 'P' });
    const account = await organization.projects.serviceAccounts.create(project.id, { name: 'bot' });
    const keys = await rowsOf(await organization.projects.apiKeys.list(project.id));
    expect(keys.map((entry) => entry.owner?.service_account?.id)).toEqual([account.id]);
    await organization.projects.archive(project.id);
    await expect(organization.projects.serviceAccounts.create(project.id, { name: 'late' })).rejects.toThrow(BadRequestError);
    const log = await organization.auditLogs.list({ event_types: ['project.archived'] });
    expect(log.data.map((entry) => entry['project.archived'])).toEqual([{ id: project.id }]);
    const start = 1_742_515_200;
    const page = await organization.usage.completions({ start_time: start, end_time: start + 3 * 86_400, limit: 2, group_by: ['model'] });
    expect(page.data.map((bucket) => bucket.start_time)).toEqual([start, start + 86_400]);
    expect(page.has_more).toBe(true);
    const next = await organization.usage.completions({
      start_time: start,
      end_time: start + 3 * 86_400,
      limit: 2,
      page: page.next_page ?? '',
    });
    expect([next.data.length, next.has_more, next.next_page]).toEqual([1, false, null]);
  });

  test('a request without the key is refused as the client expects', async () => {
    const stranger = new OpenAI({ baseURL: `${server.origin}/v1`, apiKey: 'wrong', maxRetries: 0 });
    await expect(stranger.models.list()).rejects.toThrow(AuthenticationError);
  });
});
