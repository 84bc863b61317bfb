import type { JsonObject } from 'assay/pack';
import { found, type MakeFamily, ok, Refusal, type Row, type State } from '../state.ts';

// The first one is what a run takes when no model was named, so it is one that every text operation knows.
const names = [
  'gpt-4o-mini gpt-4o-mini-2024-07-18 gpt-4o gpt-4o-2024-11-20 gpt-4o-2024-08-06 gpt-4o-2024-05-13 chatgpt-4o-latest',
  'gpt-4o-audio-preview gpt-4o-audio-preview-2024-10-01 gpt-4o-audio-preview-2024-12-17',
  'gpt-4o-mini-audio-preview gpt-4o-mini-audio-preview-2024-12-17',
  'gpt-4o-search-preview gpt-4o-mini-search-preview gpt-4o-search-preview-2025-03-11 gpt-4o-mini-search-preview-2025-03-11',
  'gpt-4o-realtime-preview gpt-4o-realtime-preview-2024-10-01 gpt-4o-realtime-preview-2024-12-17',
  'gpt-4o-mini-realtime-preview gpt-4o-mini-realtime-preview-2024-12-17',
  'gpt-4-turbo gpt-4-turbo-2024-04-09 gpt-4-0125-preview gpt-4-turbo-preview gpt-4-1106-preview gpt-4-vision-preview',
  'gpt-4 gpt-4-0314 gpt-4-0613 gpt-4-32k gpt-4-32k-0314 gpt-4-32k-0613 gpt-4.5-preview gpt-4.5-preview-2025-02-27',
  'gpt-3.5-turbo gpt-3.5-turbo-16k gpt-3.5-turbo-0301 gpt-3.5-turbo-0613 gpt-3.5-turbo-1106 gpt-3.5-turbo-0125 gpt-3.5-turbo-16k-0613',
  'o3-mini o3-mini-2025-01-31 o1 o1-2024-12-17 o1-preview o1-preview-2024-09-12 o1-mini o1-mini-2024-09-12 o1-pro o1-pro-2025-03-19',
  'computer-use-preview computer-use-preview-2025-03-11 gpt-3.5-turbo-instruct davinci-002 babbage-002',
  'text-embedding-3-small text-embedding-3-large text-embedding-ada-002',
  'omni-moderation-latest omni-moderation-2024-09-26 text-moderation-latest text-moderation-stable text-moderation-007',
  'tts-1 tts-1-hd gpt-4o-mini-tts whisper-1 gpt-4o-transcribe gpt-4o-mini-transcribe dall-e-2 dall-e-3',
].flatMap((line) => line.split(' '));

const born = 1_735_689_600;

/** The models of the server: the ones that are always there, and the fine-tuned ones, which can be deleted. */
export function modelsOf(state: State): { knows(id: string): boolean; all(): Row[] } {
  const table = state.table('models');
  if (table.all().length === 0) {
    for (const [at, id] of names.entries()) table.put(modelRow(id, born + at * 60, 'system'));
    // What no request of a client can make at once: a fine-tuned model, for those who want to delete one.
    for (const suffix of ['amber', 'birch', 'cedar'])
      table.put(modelRow(`ft:gpt-4o-mini-2024-07-18:reference:${suffix}`, born, 'reference'));
  }
  return { knows: (id) => table.get(id) !== undefined, all: () => table.all() };
}

/** The object of a model; a fine-tuning job that succeeds puts its own into the table `models`. */
export function modelRow(id: string, created: number, owner: string): Row {
  return { id, object: 'model', created, owned_by: owner };
}

/** The model of a request, or the refusal that the operation gives for one that does not exist. */
export function requireModel(state: State, model: string, status: 400 | 404 = 404): void {
  if (modelsOf(state).knows(model)) return;
  const more = { param: 'model', code: 'model_not_found' };
  throw new Refusal(status, `The model '${model}' does not exist or you do not have access to it.`, more);
}

/** Lists, shows and deletes models. */
export const models: MakeFamily = (state) => {
  modelsOf(state);
  const table = state.table('models');
  return {
    listModels: () => ok({ object: 'list', data: table.all() }),
    retrieveModel: (request) => ok(modelFrom(request.pathParameters['model'])),
    deleteModel: (request) => {
      const { id } = modelFrom(request.pathParameters['model']);
      if (!id.startsWith('ft:'))
        throw new Refusal(403, `The model '${id}' is not a fine-tuned one: it cannot be deleted.`, { param: 'model' });
      table.remove(id);
      return ok({ id, object: 'model', deleted: true } satisfies JsonObject);
    },
  };

  function modelFrom(id = ''): Row {
    if (!table.get(id)) requireModel(state, id);
    return found(table.get(id), 'model', id, 'model');
  }
};
