import type { Json, JsonObject } from 'assay/pack';
import { arrayOf, found, given, objectOf, type Row, type State, type Table } from './state.ts';

/** The messages of one thread, oldest first. */
export function messagesOf(state: State, thread: string): Table<Row> {
  return state.table(`messages/${thread}`);
}

/** Puts a message that a client sent into the thread; completed at once, since nobody is writing it any more. */
export function addMessage(state: State, thread: string, body: JsonObject): Row {
  for (const attachment of arrayOf(body['attachments'])) needFile(state, objectOf(attachment)['file_id'], 'attachments');
  for (const part of arrayOf(body['content'])) {
    const image = objectOf(part)['image_file'];
    if (image !== undefined) needFile(state, objectOf(image)['file_id'], 'content');
  }
  const now = state.now();
  return messagesOf(state, thread).put({
    id: state.id('msg_'),
    object: 'thread.message',
    created_at: now,
    thread_id: thread,
    status: 'completed',
    incomplete_details: null,
    completed_at: now,
    incomplete_at: null,
    role: body['role'] ?? 'user',
    content: contentOf(body['content']),
    assistant_id: null,
    run_id: null,
    attachments: given(body, 'attachments', []),
    metadata: given(body, 'metadata', {}),
  });
}

function needFile(state: State, id: Json | undefined, param: string): void {
  found(state.table('files').get(String(id)), 'file', String(id), param);
}

function contentOf(content: Json | undefined): Json {
  if (typeof content === 'string') return [textPart(content)];
  return arrayOf(content).map((part) => {
    const sent = objectOf(part);
    return sent['type'] === 'text' ? textPart(String(sent['text'] ?? '')) : part;
  });
}

/** A text part as messages report it. */
function textPart(value: string): JsonObject {
  return { type: 'text', text: { value, annotations: [] } };
}

/** All the text of a message. */
export function messageText(message: Row): string {
  return arrayOf(message['content'])
    .map((part) => objectOf(objectOf(part)['text'])['value'])
    .filter((value) => typeof value === 'string')
    .join('\n');
}
