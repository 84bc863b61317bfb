import { createHash } from 'node:crypto';
import type { JsonObject } from 'assay/pack';
import { linesOf, storeFile } from './files.ts';
import { modelRow, modelsOf } from './inference/models.ts';
import { type Row, type State, type StoredFile, type Table, textOf } from './state.ts';

const steps = [30, 60, 90];

/** The checkpoints of one job, oldest first. */
export function checkpointsOf(state: State, job: string): Table<Row> {
  return state.table(`checkpoints/${job}`);
}

/** The models of all checkpoints: what a permission is given for. */
export function checkpointModelsOf(state: State): Table<Row> {
  return state.table('checkpoint_models');
}

export function eventsOf(state: State, job: string): Table<Row> {
  return state.table(`fine_tuning_events/${job}`);
}

export function event(state: State, message: string, data?: JsonObject): Row {
  return {
    id: state.id('ftevent-'),
    object: 'fine_tuning.job.event',
    created_at: state.now(),
    level: 'info',
    message,
    type: data ? 'metrics' : 'message',
    data: data ?? {},
  };
}

/** Ends a job: failed where its training file is no JSONL, else succeeded with a model, checkpoints and a file of results. */
export function finish(state: State, job: Row): Row {
  const jobs = state.table('fine_tuning_jobs');
  const file = state.table<StoredFile>('files').get(textOf(job['training_file']));
  const read = file === undefined ? { brokenLine: 0 } : linesOf(file);
  if ('brokenLine' in read || read.lines.length === 0) {
    const message = 'brokenLine' in read ? `The training file is not JSONL (line ${read.brokenLine}).` : 'The training file is empty.';
    eventsOf(state, job.id).put({ ...event(state, message), level: 'error' });
    const error = { code: 'invalid_training_file', message, param: 'training_file' };
    return jobs.put({ ...job, status: 'failed', finished_at: state.now(), error });
  }
  return jobs.put(succeeded(state, job, Math.ceil((file?.bytes.byteLength ?? 0) / 4)));
}

function succeeded(state: State, job: Row, tokens: number): Row {
  const suffix = state.table<{ readonly id: string; readonly suffix: string }>('fine_tuning_suffixes').get(job.id)?.suffix ?? '';
  const base = textOf(job['model']);
  const mark = createHash('sha256').update(`${base}/${job.id}`).digest('hex').slice(0, 8);
  const model = `ft:${base}:reference:${suffix}:${mark}`;
  modelsOf(state);
  for (const step of steps) {
    const checkpoint = `${model}:ckpt-step-${step}`;
    const loss = Number((2 / step).toFixed(4));
    eventsOf(state, job.id).put(event(state, `Step ${step}/90: training loss=${loss}`, { step, train_loss: loss }));
    checkpointModelsOf(state).put({ id: checkpoint });
    checkpointsOf(state, job.id).put({
      id: state.id('ftckpt_'),
      object: 'fine_tuning.job.checkpoint',
      created_at: state.now(),
      fine_tuned_model_checkpoint: checkpoint,
      step_number: step,
      metrics: { step, train_loss: loss, train_mean_token_accuracy: Number((1 - loss).toFixed(4)) },
      fine_tuning_job_id: job.id,
    });
  }
  state.table('models').put(modelRow(model, state.now(), 'org-reference'));
  eventsOf(state, job.id).put(event(state, `New fine-tuned model created: ${model}`));
  eventsOf(state, job.id).put(event(state, 'The job has successfully completed'));
  const results = `step,train_loss\n${steps.map((step) => `${step},${(2 / step).toFixed(4)}`).join('\n')}\n`;
  const file = storeFile(state, { filename: `${job.id}_results.csv`, purpose: 'fine-tune-results', bytes: Buffer.from(results) });
  return {
    ...job,
    status: 'succeeded',
    finished_at: state.now(),
    fine_tuned_model: model,
    trained_tokens: tokens,
    result_files: [file.id],
  };
}
