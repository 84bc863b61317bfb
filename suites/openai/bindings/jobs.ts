import type { Binding } from 'assay/pack';
import { body, query, value, slot, unless, project } from './rows.ts';

/** Values for batches and fine-tuning. */
export const jobs: readonly Binding[] = [
  ...body(['createBatch'], [['/input_file_id', slot('batch_file.id', 'file-assaysample3')]]),
  ...query(['listBatches'], [['after', unless(slot('batch.id', 'batch_assaysample1'))]]),
  ...body(
    ['createFineTuningJob'],
    [
      ['/model', slot('fine_tuning_model', 'gpt-4o-mini-2024-07-18')],
      ['/training_file', slot('training_file.id', 'file-assaysample4')],
      ['/validation_file', slot('training_file.id', 'file-assaysample4')],
      ['/integrations', { omit: true }],
      ['/suffix', value('assay')],
      ['/seed', value(7)],
    ],
  ),
  ...body(['createFineTuningCheckpointPermission'], [['/project_ids/*', project]]),
  ...query(
    ['listPaginatedFineTuningJobs'],
    [
      ['after', unless(slot('fine_tuning_job.id', 'ftjob-assaysample1'))],
      ['metadata', { omit: true }],
    ],
  ),
  ...query(['listFineTuningEvents', 'listFineTuningJobCheckpoints'], [['after', { omit: true }]]),
  ...query(
    ['listFineTuningCheckpointPermissions'],
    [
      ['project_id', unless(project)],
      ['after', { omit: true }],
    ],
  ),
];
