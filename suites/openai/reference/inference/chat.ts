import type { Json, JsonObject, ReferenceReply } from 'assay/pack';
import { bodyOf, found, given, listOf, type MakeFamily, ok, Refusal, type Row } from '../state.ts';
import { chatCompletion, messageOf } from './chat-json.ts';
import { readChatRequest, textOfContent } from './chat-request.ts';
import { type ChatResult, chatResult } from './chat-result.ts';
import { chatEvents } from './chat-stream.ts';
import { defined, isObject, objectsOf } from './json.ts';
import { requireModel } from './models.ts';

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
      const result = chatResult(asked, state);
      const failing = asked.situation === 'failure';
      if (failing && !asked.stream) throw new Refusal(500, failure.message);
      if (body['store'] === true && !failing) store(result, body);
      if (!asked.stream) return ok(chatCompletion(result));
      return { status: 200, events: chatEvents(result, { includeUsage: asked.includeUsage, ...(failing && { failing: failure }) }) };
    },
    listChatCompletions: ({ query }) => {
      const rows = stored
        .all()
        .filter((row) => (query['model'] === undefined || row['model'] === query['model']) && holds(row, query['metadata']));
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

  function rowOf(id = ''): Row {
    return found(stored.get(id), 'stored chat completion', id, 'completion_id');
  }

  function store(result: ChatResult, body: JsonObject): void {
    stored.put({ ...chatCompletion(result), id: result.id, metadata: given(body, 'metadata', {}) });
    const messages = state.table(`chat_messages/${result.id}`);
    // The list's schema holds messages of the assistant only, so what others said is left out of it.
    const earlier = objectsOf(body['messages']).filter((message) => message['role'] === 'assistant');
    for (const message of [...earlier.map(toMessage), ...result.choices.map(messageOf)]) {
      messages.put({ ...message, id: `${result.id}-${messages.all().length}` });
    }
  }
};

function toMessage(message: JsonObject): JsonObject {
  const content = message['content'] === undefined || message['content'] === null ? null : textOfContent(message['content']);
  const calls = objectsOf(message['tool_calls']);
  return defined({ role: 'assistant', content, refusal: message['refusal'] ?? null, tool_calls: calls.length > 0 ? calls : undefined });
}

/** Whether a row carries every pair of a metadata filter. */
function holds(row: JsonObject, filter: Json | undefined): boolean {
  if (!isObject(filter)) return true;
  const metadata = isObject(row['metadata']) ? row['metadata'] : {};
  return Object.entries(filter).every(([key, value]) => metadata[key] === value);
}
