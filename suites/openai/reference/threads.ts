import type { ReferenceRequest } from 'assay/pack';
import type { JsonObject } from 'assay/pack';
import { toolResourcesOf } from './assistants.ts';
import { addMessage, messagesOf } from './messages.ts';
import { settleThread } from './run-script.ts';
import { arrayOf, bodyOf, found, given, listOf, type MakeFamily, objectOf, ok, removed, type Row, type State } from './state.ts';

/** Threads and their messages. */
export const threads: MakeFamily = (state) => ({
  createThread: (request) => ok(makeThread(state, bodyOf(request))),
  getThread: (request) => ok(findThread(state, request)),
  modifyThread(request) {
    const body = bodyOf(request);
    const thread = findThread(state, request);
    const resources = Object.hasOwn(body, 'tool_resources') && {
      tool_resources: { ...objectOf(thread['tool_resources']), ...toolResourcesOf(state, body['tool_resources']) },
    };
    return ok(state.table('threads').put({ ...thread, ...resources, metadata: changedMetadata(thread, body) }));
  },
  deleteThread: (request) => removed(state.table('threads'), request.pathParameters['thread_id'] ?? '', 'thread.deleted', 'thread'),

  createMessage(request) {
    const thread = findThread(state, request);
    settleThread(state, thread.id);
    return ok(addMessage(state, thread.id, bodyOf(request)));
  },
  listMessages(request) {
    const thread = findThread(state, request);
    settleThread(state, thread.id);
    const run = request.query['run_id'];
    const rows = messagesOf(state, thread.id).all();
    return listOf(run === undefined ? rows : rows.filter((row) => row['run_id'] === run), request.query);
  },
  getMessage: (request) => ok(findMessage(state, request)),
  modifyMessage(request) {
    const message = findMessage(state, request);
    const changed = { ...message, metadata: changedMetadata(message, bodyOf(request)) };
    return ok(messagesOf(state, findThread(state, request).id).put(changed));
  },
  deleteMessage(request) {
    const id = request.pathParameters['message_id'] ?? '';
    return removed(messagesOf(state, findThread(state, request).id), id, 'thread.message.deleted', 'message');
  },
});

/** The metadata after a modification: what was sent, `{}` for null, as it was where nothing was sent. */
export function changedMetadata(row: Row, body: JsonObject) {
  return Object.hasOwn(body, 'metadata') ? given(body, 'metadata', {}) : (row['metadata'] ?? {});
}

/** Makes a thread with its first messages. */
export function makeThread(state: State, body: JsonObject): Row {
  const thread = state.table('threads').put({
    id: state.id('thread_'),
    object: 'thread',
    created_at: state.now(),
    metadata: given(body, 'metadata', {}),
    tool_resources: toolResourcesOf(state, body['tool_resources']),
  });
  for (const message of arrayOf(body['messages'])) addMessage(state, thread.id, objectOf(message));
  return thread;
}

/** The thread in the path, or the 404. */
export function findThread(state: State, request: ReferenceRequest): Row {
  const id = request.pathParameters['thread_id'] ?? '';
  return found(state.table('threads').get(id), 'thread', id, 'thread_id');
}

function findMessage(state: State, request: ReferenceRequest): Row {
  const id = request.pathParameters['message_id'] ?? '';
  return found(messagesOf(state, findThread(state, request).id).get(id), 'message', id, 'message_id');
}
