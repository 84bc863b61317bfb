import type { JsonObject } from 'assay/pack';
import { instanceOf } from './instances.ts';
import { stringOf } from './json.ts';
import { pngOf } from './png.ts';
import type { Item } from './response-request.ts';
import { answerTo, subjectOf } from './text-model.ts';
import { hashOf } from './tokens.ts';

/** One use of a tool by the model. */
export interface ToolUse {
  readonly tool: JsonObject;
  readonly prompt: string;
  readonly id: (prefix: string) => string;
  /** In the words of the editions that number their events. */
  readonly numbered: boolean;
}

/** What the tools that came after the 2025-03 document make of a prompt: the items of one use of the tool. */
export const laterTools: Readonly<Record<string, (use: ToolUse) => Item[]>> = {
  code_interpreter: ({ tool, prompt, id, numbered }) => {
    const code = `len(${JSON.stringify(subjectOf(prompt))})`;
    const outputs = [{ type: 'logs', logs: String(subjectOf(prompt).length) }];
    const container_id = stringOf(tool['container']) ?? id('cntr_');
    // The first edition says `results` where the service, and later editions, say `outputs`.
    const results = numbered ? {} : { results: outputs };
    return [{ id: id('ci_'), type: 'code_interpreter_call', status: 'completed', code, container_id, outputs, ...results }];
  },
  image_generation: ({ prompt, id }) => [
    { id: id('ig_'), type: 'image_generation_call', status: 'completed', result: pictureOf(hashOf(prompt)) },
  ],
  mcp: ({ tool, prompt, id }) => {
    const server_label = stringOf(tool['server_label']) ?? 'server';
    const schema = { type: 'object', properties: { question: { type: 'string' } }, required: ['question'] };
    const offered = { name: 'ask', description: 'Asks the server', input_schema: schema, annotations: null };
    const call = { name: 'ask', server_label, arguments: JSON.stringify(instanceOf(schema, subjectOf(prompt))) };
    const list = { id: id('mcpl_'), type: 'mcp_list_tools', server_label, tools: [offered] };
    // "always" is the default: without the client's word nothing is called.
    if (tool['require_approval'] !== 'never') return [list, { id: id('mcpr_'), type: 'mcp_approval_request', ...call }];
    const done = { status: 'completed', approval_request_id: null, error: null, output: answerTo(prompt, 1) };
    return [list, { id: id('mcp_'), type: 'mcp_call', ...call, ...done }];
  },
  custom: ({ tool, prompt, id }) => [
    {
      id: id('ctc_'),
      type: 'custom_tool_call',
      status: 'completed',
      call_id: id('call_'),
      name: stringOf(tool['name']) ?? '',
      input: subjectOf(prompt),
    },
  ],
};

/** A picture as a tool makes it, in Base64. */
export function pictureOf(colour: number): string {
  return Buffer.from(pngOf(256, 256, colour)).toString('base64');
}

/** Items that end a turn: the client has to answer them before the model can go on. */
export function waitsForClient(item: JsonObject): boolean {
  return item['type'] === 'custom_tool_call' || item['type'] === 'mcp_approval_request';
}
