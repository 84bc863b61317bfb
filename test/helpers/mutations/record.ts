import { writeFileSync } from 'node:fs';
import type { Contract, Json, JsonObject } from '../../../src/model/index.ts';
import { createReferenceServer } from '../../../src/reference/index.ts';
import { openai } from '../../../suites/openai/pack.ts';

const paths: Readonly<Record<string, string>> = {
  createChatCompletion: '/chat/completions',
  createCompletion: '/completions',
  createResponse: '/responses',
  createThreadAndRun: '/threads/runs',
};

/** Records what the pack's own server answers to each way of asking for a stream, streamed and whole, one exchange a line. */
export async function recordReference(contract: Contract, file: string): Promise<void> {
  const server = await createReferenceServer({ contract, ...(openai.reference && { behaviours: openai.reference }) });
  const lines: string[] = [];
  const ask = async (path: string, body: JsonObject): Promise<string> => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${server.apiKey}` };
    const answer = await fetch(`${server.origin}/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    const text = await answer.text();
    lines.push(
      JSON.stringify({
        method: 'POST',
        prefix: '/v1',
        path,
        status: answer.status,
        request_headers: { 'content-type': 'application/json' },
        request_body: JSON.stringify(body),
        response_headers: { 'content-type': answer.headers.get('content-type') },
        response_body: text,
      }),
    );
    return text;
  };
  const assistant = JSON.parse(await ask('/assistants', { model: 'gpt-4o' })) as { readonly id: Json };
  for (const { operation, body, kind } of openai.streamVariants) {
    const path = paths[operation];
    if (path === undefined || kind !== undefined) continue;
    const common: JsonObject = operation === 'createThreadAndRun' ? { assistant_id: assistant.id } : { model: 'gpt-3.5-turbo-instruct' };
    for (const stream of [true, false]) {
      const { stream_options: _options, ...whole } = body;
      await ask(path, { ...common, ...(stream ? body : whole), stream });
    }
  }
  await server.close();
  writeFileSync(file, lines.map((line) => `${line}\n`).join(''));
}
