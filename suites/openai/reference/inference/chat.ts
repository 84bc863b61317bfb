import type { Json, JsonObject, ReferenceReply, ReferenceRequest } from 'assay/pack';
import { bodyOf, found, given, listOf, type MakeFamily, ok, Refusal, type Row } from '../state.ts';
import { chatCompletion, messageOf } from './chat-json.ts';
import { readChatRequest, textOfContent } from './chat-request.ts';
import { type ChatResult, chatResult } from './chat-result.ts';
import { chatEvents } from './chat-stream.ts';
import { defined, objectOf, objectsOf } from './json.ts';
import { requireModel } from './models.ts';
import { requireFile } from './resources.ts';
import { hasSchema } from './edition.ts';

/** Tokens that fit into the context of every model here. */
export const contextWindow = 128_000;

/** What the model says when a request tells it to fail. */
export const failure = { message: 'The server had an error while processing your request.', type: 'server_error', param: null, code: null };

/** Answers chats, and keeps the ones that were to be stored. */
export const chat: MakeFamily = (state) => {
  const stored = state.table('chat_completions');

  return {
    createChatCompletion: (request): ReferenceReply => {
      const body = bodyOf(request);
      const asked = readChatRequest(body);
      requireModel(state, asked.model);
      for (const id of asked.files) requireFile(state, id, 'messages');
      if (asked.promptTokens > contextWindow) {
        const message = `This model's maximum context length is ${contextWindow} tokens, but your messages resulted in ${asked.promptTokens} tokens.`;
        throw new Refusal(400, message, { param: 'messages', code: 'context_length_exceeded' });
      }
      const result = chatResult(asked, state);
      const failing = asked.situation === 'failure';
      if (failing && !asked.stream) throw new Refusal(500, failure.message);
      if (body['store'] === true && !failing) store(result, body);
      if (!asked.stream) return ok(chatCompletion(result));
      return { status: 200, events: chatEvents(result, { includeUsage: asked.includeUsage, ...(failing && { failing: failure }) }) };
    },
    listChatCompletions: (request) => {
      const { query } = request;
      const filter = metadataFilter(request);
      const rows = stored.all().filter((row) => (query['model'] === undefined || row['model'] === query['model']) && holds(row, filter));
      return listOf(rows, query, { order: 'asc' });
    },
    getChatCompletion: ({ pathParameters }) => ok(rowOf(pathParameters['completion_id'])),
    updateChatCompletion: (request) => {
      const row = rowOf(request.pathParameters['completion_id']);
      return ok(stored.put({ ...row, metadata: given(bodyOf(request), 'metadata', {}) }));
    },
    deleteChatCompletion: ({ pathParameters }) => {
      const { id } = rowOf(pathParameters['completion_id']);
      stored.remove(id);
      return ok({ object: 'chat.completion.deleted', id, deleted: true });
    },
    getChatCompletionMessages: ({ pathParameters, query }) => {
      const { id } = rowOf(pathParameters['completion_id']);
      return listOf(state.table(`chat_messages/${id}`).all(), query, { order: 'asc' });
    },
  };

  // The service lists the messages of the request. The published document has no place for them, only for an assistant's.
  function shownMessages(result: ChatResult, body: JsonObject): JsonObject[] {
    const given = objectsOf(body['messages']);
    if (hasSchema(state, 'ChatCompletionStoredMessage')) return given.map(toMessage);
    const said = given.filter((message) => message['role'] === 'assistant');
    const texts = said.map((message) => ({
      role: 'assistant',
      content: textOfContent(message['content']),
      refusal: message['refusal'] ?? null,
    }));
    return [...texts, ...result.choices.map(messageOf)];
  }

  function rowOf(id = ''): Row {
    return found(stored.get(id), 'stored chat completion', id, 'completion_id');
  }

  function store(result: ChatResult, body: JsonObject): void {
    stored.put({ ...chatCompletion(result), id: result.id, metadata: given(body, 'metadata', {}) });
    const messages = state.table(`chat_messages/${result.id}`);
    for (const message of shownMessages(result, body)) messages.put({ ...message, id: `${result.id}-${messages.all().length}` });
  }
};

function toMessage(message: JsonObject): JsonObject {
  const content = message['content'];
  const calls = objectsOf(message['tool_calls']);
  return defined({
    role: message['role'],
    content: typeof content === 'string' ? content : null,
    content_parts: Array.isArray(content) ? content : null,
    name: message['name'] ?? null,
    refusal: message['refusal'],
    tool_calls: calls.length > 0 ? calls : undefined,
  });
}

/**
 * The pairs of `metadata[key]=value`, as the prose writes the filter. The document's own style would take every
 * parameter that it does not name for a pair, so only those in brackets count unless a correction says deepObject.
 */
function metadataFilter({ operation, query }: ReferenceRequest): JsonObject {
  const given = objectOf(query['metadata']);
  if (operation.parameters.some((parameter) => parameter.name === 'metadata' && parameter.style === 'deepObject')) return given;
  const pairs = Object.entries(given).map(([name, value]) => [/^metadata\[(?<key>.+)\]$/u.exec(name)?.groups?.['key'], value] as const);
  return Object.fromEntries(pairs.filter((pair): pair is [string, Json] => pair[0] !== undefined));
}

/** Whether a row carries every pair of a metadata filter. */
function holds(row: JsonObject, filter: JsonObject): boolean {
  const metadata = objectOf(row['metadata']);
  return Object.entries(filter).every(([key, value]) => metadata[key] === value);
}
