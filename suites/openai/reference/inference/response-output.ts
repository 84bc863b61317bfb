import type { Json, JsonObject } from 'assay/pack';
import { answer, type Answer, formatTokens, type Question } from './answer.ts';
import { laterTools, waitsForClient } from './response-later.ts';
import type { HostedTool, Item, ResponseRequest } from './response-request.ts';
import { reasoningSummary, reasoningTokens, subjectOf } from './text-model.ts';

/** A file that a search found. */
export interface FoundFile {
  readonly file_id: string;
  readonly filename: string;
  readonly text: string;
  readonly attributes: Json;
  readonly score: number;
}

/** What the answer needs of the server it is made in. */
export interface OutputMaker {
  readonly id: (prefix: string) => string;
  /** Files of the vector stores of the request, best first. */
  readonly search: () => readonly FoundFile[];
  /** Whether the edition has events for summaries; without them a summary could not be streamed. */
  readonly summaries: boolean;
  /** Whether the edition numbers its events; it then also says what a web search did. */
  readonly numbered: boolean;
}

/** How a response came out. */
export interface Output {
  readonly status: 'completed' | 'incomplete' | 'failed';
  readonly reason?: 'max_output_tokens' | 'content_filter';
  readonly items: readonly Item[];
  readonly usage: JsonObject;
}

/** Runs the model on a request: the items of the answer in order, the last one incomplete where the answer is. */
export function outputOf(request: ResponseRequest, maker: OutputMaker): Output {
  const inputTokens = request.inputTokens + formatTokens(request.format);
  if (request.situation === 'failure') return { status: 'failed', items: [], usage: usageOf(inputTokens, 0, 0) };
  const thought = Math.min(reasoningTokens(request.effort), request.most ?? Number.POSITIVE_INFINITY);
  const searches = searchItems(request, maker);
  const made = answer(questionOf(request, thought, searches.length), 0);
  const ending = made.ending === 'stop' ? 'completed' : 'incomplete';
  const reasoning = request.effort === undefined ? [] : [reasoningItem(request, maker)];
  const screens = wantsScreen(request, searches.length) ? [computerItem(maker)] : undefined;
  const ended = searches.some(waitsForClient) ? [] : screens;
  const last = ended ?? lastItems(made, ending, request, maker, searches);
  return {
    status: ended ? 'completed' : ending,
    ...(!ended && made.ending === 'length' && { reason: 'max_output_tokens' as const }),
    ...(!ended && made.ending === 'filter' && { reason: 'content_filter' as const }),
    items: [...reasoning, ...searches, ...last],
    usage: usageOf(inputTokens, thought + (ended ? 0 : made.used), thought),
  };
}

function questionOf(request: ResponseRequest, thought: number, searches: number): Question {
  // "At most one tool call at a time": a search that was made is the one.
  const free = request.parallel || searches === 0;
  const { choosing } = request;
  const called = typeof choosing === 'object' && 'hosted' in choosing ? 'none' : choosing;
  return {
    ...request,
    tools: request.functions,
    choosing: free || typeof called === 'object' ? called : 'none',
    stops: [],
    most: request.most === undefined ? undefined : request.most - thought,
  };
}

function uses(request: ResponseRequest, tool: HostedTool): boolean {
  const { choosing } = request;
  if (typeof choosing === 'object') return 'hosted' in choosing && choosing.hosted === tool;
  return choosing !== 'none' && request.hosted.some(({ kind }) => kind === tool) && request.situation === 'answer';
}

function searchItems(request: ResponseRequest, maker: OutputMaker): Item[] {
  const items: Item[] = [];
  const query = subjectOf(request.prompt);
  if (uses(request, 'file_search')) {
    const results = maker.search().map((file) => ({ ...file }));
    items.push({ id: maker.id('fs_'), type: 'file_search_call', status: 'completed', queries: [query], results });
  }
  if (uses(request, 'web_search')) {
    const action = maker.numbered ? { action: { type: 'search', query } } : {};
    items.push({ id: maker.id('ws_'), type: 'web_search_call', status: 'completed', ...action });
  }
  if (request.toolAnswers.length === 0) items.push(...laterItems(request, maker));
  return request.parallel ? items : items.slice(0, 1);
}

function laterItems(request: ResponseRequest, maker: OutputMaker): Item[] {
  const used = request.hosted.filter(({ kind }) => uses(request, kind));
  return used.flatMap(
    ({ kind, tool }) => laterTools[kind]?.({ tool, prompt: request.prompt, id: maker.id, numbered: maker.numbered }) ?? [],
  );
}

// The screen is looked at where nothing else was called, and not again right after a screenshot came.
function wantsScreen(request: ResponseRequest, searches: number): boolean {
  if (!uses(request, 'computer')) return false;
  if (typeof request.choosing === 'object') return true;
  const answered = request.toolAnswers.length > 0 && request.choosing === 'auto';
  return !answered && request.functions.length === 0 && (request.parallel || searches === 0);
}

function computerItem(maker: OutputMaker): Item {
  return {
    id: maker.id('cu_'),
    type: 'computer_call',
    status: 'completed',
    call_id: maker.id('call_'),
    action: { type: 'screenshot' },
    pending_safety_checks: [],
  };
}

function reasoningItem(request: ResponseRequest, maker: OutputMaker): Item {
  const summary = request.summary && maker.summaries ? [{ type: 'summary_text', text: reasoningSummary(request.prompt) }] : [];
  return { id: maker.id('rs_'), type: 'reasoning', summary };
}

function lastItems(
  made: Answer,
  ending: 'completed' | 'incomplete',
  request: ResponseRequest,
  maker: OutputMaker,
  searches: readonly Item[],
): Item[] {
  if (made.kind !== 'calls') {
    const part =
      made.kind === 'refusal'
        ? { type: 'refusal', refusal: made.text }
        : { type: 'output_text', text: made.text, annotations: request.format.type === 'text' ? annotationsOf(made.text, searches) : [] };
    return [{ id: maker.id('msg_'), type: 'message', status: ending, role: 'assistant', content: [part] }];
  }
  return made.calls.map((call, place) => ({
    id: maker.id('fc_'),
    type: 'function_call',
    status: place === made.calls.length - 1 ? ending : 'completed',
    call_id: maker.id('call_'),
    name: call.name,
    arguments: call.arguments,
  }));
}

function annotationsOf(text: string, searches: readonly Item[]): JsonObject[] {
  if (text === '') return [];
  const end = text.includes('.') ? text.indexOf('.') + 1 : text.length;
  return searches.flatMap((item): JsonObject[] => {
    if (item['type'] === 'web_search_call') {
      return [{ type: 'url_citation', start_index: 0, end_index: end, url: 'https://reference.example/source', title: 'Source' }];
    }
    const [best] = Array.isArray(item['results']) ? (item['results'] as JsonObject[]) : [];
    return best ? [{ type: 'file_citation', index: 0, file_id: best['file_id'] ?? '' }] : [];
  });
}

function usageOf(input: number, output: number, reasoning: number): JsonObject {
  return {
    input_tokens: input,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: reasoning },
    total_tokens: input + output,
  };
}
