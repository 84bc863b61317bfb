/** What an object tells in some of its states. */
interface Facts {
  readonly states: readonly string[];
  /** Members that have a value in these states. */
  readonly set?: readonly string[];
  /** Members that have none: null, absent, or an empty object. */
  readonly unset?: readonly string[];
}

/** What an object tells in each of its states, by the name in its member `object`. */
export const stateFacts: ReadonlyMap<string, readonly Facts[]> = new Map<string, readonly Facts[]>([
  [
    'thread.run',
    [
      { states: ['requires_action'], set: ['required_action'] },
      { states: ['queued', 'in_progress', 'completed', 'failed', 'cancelled', 'expired', 'incomplete'], unset: ['required_action'] },
      { states: ['queued', 'in_progress', 'requires_action'], unset: ['last_error', 'completed_at', 'failed_at', 'cancelled_at', 'usage'] },
      { states: ['completed'], set: ['completed_at'], unset: ['last_error', 'failed_at', 'cancelled_at'] },
      { states: ['failed'], set: ['failed_at', 'last_error'] },
      { states: ['cancelled'], set: ['cancelled_at'] },
      { states: ['incomplete'], set: ['incomplete_details'] },
    ],
  ],
  [
    'thread.run.step',
    [
      { states: ['in_progress'], unset: ['completed_at', 'failed_at', 'cancelled_at', 'expired_at', 'last_error', 'usage'] },
      { states: ['completed'], set: ['completed_at'], unset: ['last_error'] },
      { states: ['failed'], set: ['failed_at', 'last_error'] },
      { states: ['cancelled'], set: ['cancelled_at'] },
    ],
  ],
  [
    'thread.message',
    [
      { states: ['completed'], set: ['completed_at'], unset: ['incomplete_at', 'incomplete_details'] },
      { states: ['incomplete'], set: ['incomplete_at', 'incomplete_details'], unset: ['completed_at'] },
      { states: ['in_progress'], unset: ['completed_at', 'incomplete_at', 'incomplete_details'] },
    ],
  ],
  [
    'batch',
    [
      {
        states: ['validating'],
        unset: [
          'output_file_id',
          'error_file_id',
          'in_progress_at',
          'finalizing_at',
          'completed_at',
          'failed_at',
          'expired_at',
          'cancelled_at',
        ],
      },
      { states: ['in_progress'], set: ['in_progress_at'], unset: ['completed_at', 'failed_at', 'expired_at', 'cancelled_at'] },
      { states: ['finalizing'], set: ['finalizing_at'] },
      { states: ['completed'], set: ['completed_at'], unset: ['failed_at', 'expired_at', 'cancelled_at'] },
      { states: ['failed'], set: ['failed_at'], unset: ['completed_at'] },
      { states: ['expired'], set: ['expired_at'] },
      { states: ['cancelling'], set: ['cancelling_at'], unset: ['cancelled_at'] },
      { states: ['cancelled'], set: ['cancelled_at'], unset: ['completed_at', 'failed_at'] },
    ],
  ],
  [
    'fine_tuning.job',
    [
      { states: ['validating_files', 'queued', 'running'], unset: ['fine_tuned_model', 'finished_at', 'trained_tokens', 'error'] },
      { states: ['succeeded'], set: ['fine_tuned_model', 'finished_at', 'trained_tokens'], unset: ['error'] },
      { states: ['failed'], set: ['error'] },
    ],
  ],
  [
    'upload',
    [
      { states: ['pending', 'cancelled', 'expired'], unset: ['file'] },
      { states: ['completed'], set: ['file'] },
    ],
  ],
  [
    'response',
    [
      { states: ['failed'], set: ['error'] },
      { states: ['incomplete'], set: ['incomplete_details'], unset: ['error'] },
      { states: ['completed', 'in_progress', 'queued'], unset: ['error', 'incomplete_details'] },
    ],
  ],
  [
    'vector_store.file',
    [
      { states: ['completed', 'in_progress'], unset: ['last_error'] },
      { states: ['failed'], set: ['last_error'] },
    ],
  ],
  [
    'organization.invite',
    [
      { states: ['accepted'], set: ['accepted_at'] },
      { states: ['pending', 'expired'], unset: ['accepted_at'] },
    ],
  ],
  [
    'organization.project',
    [
      { states: ['archived'], set: ['archived_at'] },
      { states: ['active'], unset: ['archived_at'] },
    ],
  ],
]);
