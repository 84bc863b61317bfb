import type { Json, JsonObject, ReferenceReply, ReferenceRequest } from 'assay/pack';
import { findFile, storeFile } from './files.ts';
import { checkpointsOf, event, eventsOf, finish } from './fine-tuning-results.ts';
import { arrayOf, bodyOf, found, given, type MakeFamily, objectOf, ok, pageOf, Refusal, type Row, type State, textOf } from './state.ts';

const automatic = { batch_size: 'auto', learning_rate_multiplier: 'auto', n_epochs: 'auto' } as const;
const ended = ['succeeded', 'failed', 'cancelled'];

/** Fine-tuning jobs: one that was created is finished by the time somebody looks at it again. */
export const fineTuning: MakeFamily = (state) => {
  const jobs = state.table('fine_tuning_jobs');
  seedJob(state);
  return {
    createFineTuningJob(request) {
      const body = bodyOf(request);
      needTrainingFile(state, body['training_file'], 'training_file');
      if (typeof body['validation_file'] === 'string') needTrainingFile(state, body['validation_file'], 'validation_file');
      return ok(jobs.put(newJob(state, body)));
    },
    listPaginatedFineTuningJobs(request) {
      const wanted = request.query['metadata'];
      return simpleList(
        jobs.all().filter((job) => hasMetadata(job, wanted)),
        request,
      );
    },
    retrieveFineTuningJob: (request) => ok(settle(state, findJob(state, request))),
    cancelFineTuningJob(request) {
      const job = findJob(state, request);
      if (ended.includes(String(job['status']))) {
        throw new Refusal(400, `Job has already completed: ${String(job['status'])}`, { code: 'invalid_job_status' });
      }
      eventsOf(state, job.id).put(event(state, 'Fine-tuning job cancelled'));
      return ok(jobs.put({ ...job, status: 'cancelled', finished_at: state.now() }));
    },
    listFineTuningEvents: (request) => simpleList(eventsOf(state, settle(state, findJob(state, request)).id).all(), request),
    listFineTuningJobCheckpoints(request) {
      const job = settle(state, findJob(state, request));
      return withEnds(simpleList(checkpointsOf(state, job.id).all(), request, 10));
    },
  };
};

/** A finished job, which no request of a client can make at once. */
function seedJob(state: State): void {
  const line = JSON.stringify({
    messages: [
      { role: 'user', content: 'Hello' },
      { role: 'assistant', content: 'Hello.' },
    ],
  });
  const file = storeFile(state, { filename: 'seed.jsonl', purpose: 'fine-tune', bytes: Buffer.from(`${line}\n`.repeat(10)) });
  finish(state, newJob(state, { model: 'gpt-4o-mini-2024-07-18', training_file: file.id }));
}

function settle(state: State, job: Row): Row {
  return ended.includes(String(job['status'])) ? job : finish(state, job);
}

/** A list without first and last id, as jobs and events have it. */
export function simpleList(rows: readonly Row[], request: ReferenceRequest, defaultLimit = 20): ReferenceReply {
  const page = pageOf(rows, request.query, { defaultLimit });
  return ok({ object: 'list', data: page.rows, has_more: page.hasMore });
}

/** The same list with its first and last id, null where there is none. */
export function withEnds(reply: ReferenceReply): ReferenceReply {
  const list = objectOf(reply.json);
  const ids = arrayOf(list['data']).map((row) => objectOf(row)['id'] ?? null);
  return ok({ ...list, first_id: ids.at(0) ?? null, last_id: ids.at(-1) ?? null });
}

function findJob(state: State, request: ReferenceRequest): Row {
  const id = request.pathParameters['fine_tuning_job_id'] ?? '';
  return found(state.table('fine_tuning_jobs').get(id), 'fine-tuning job', id, 'fine_tuning_job_id');
}

function needTrainingFile(state: State, id: Json | undefined, param: string): void {
  const file = findFile(state, textOf(id), param);
  if (file.row['purpose'] === 'fine-tune') return;
  throw new Refusal(400, `The file '${file.id}' must have purpose 'fine-tune'.`, { param, code: 'invalid_file_purpose' });
}

/** A new job, still to be validated. */
function newJob(state: State, body: JsonObject): Row {
  const id = state.id('ftjob-');
  const method = methodOf(body);
  const job: Row = {
    id,
    object: 'fine_tuning.job',
    created_at: state.now(),
    model: textOf(body['model']),
    organization_id: 'org-reference',
    status: 'validating_files',
    error: null,
    fine_tuned_model: null,
    finished_at: null,
    trained_tokens: null,
    estimated_finish: null,
    hyperparameters: { ...automatic, ...objectOf(objectOf(method['supervised'])['hyperparameters']) },
    result_files: [],
    training_file: textOf(body['training_file']),
    validation_file: given(body, 'validation_file', null),
    integrations: arrayOf(body['integrations'])
      .slice(0, 5)
      .map((integration) => named(objectOf(integration), id)),
    seed: given(body, 'seed', (state.seed * 7919) % 2 ** 31),
    method,
    metadata: given(body, 'metadata', {}),
  };
  eventsOf(state, id).put(event(state, `Created fine-tuning job: ${id}`));
  state.table('fine_tuning_suffixes').put({ id, suffix: textOf(body['suffix']) });
  return job;
}

function methodOf(body: JsonObject): JsonObject {
  const sent = objectOf(body['method']);
  if (sent['type'] === 'dpo') {
    return { type: 'dpo', dpo: { hyperparameters: { beta: 'auto', ...automatic, ...objectOf(objectOf(sent['dpo'])['hyperparameters']) } } };
  }
  const settings = objectOf(objectOf(sent['supervised'])['hyperparameters']);
  return { type: 'supervised', supervised: { hyperparameters: { ...automatic, ...objectOf(body['hyperparameters']), ...settings } } };
}

function named(integration: JsonObject, job: string): JsonObject {
  const wandb = objectOf(integration['wandb']);
  return { ...integration, wandb: { ...wandb, name: given(wandb, 'name', job) } };
}

function hasMetadata(job: Row, wanted: Json | undefined): boolean {
  if (wanted === undefined) return true;
  const metadata = objectOf(job['metadata']);
  if (wanted === null || wanted === 'null') return Object.keys(metadata).length === 0;
  return Object.entries(objectOf(wanted)).every(([key, value]) => metadata[key] === value);
}
