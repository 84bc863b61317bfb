import type { Binding } from 'assay/pack';
import { type Rest, body, query, value, slot, unless, project } from './rows.ts';

/** Values for the administration of an organization. */
export const administration: readonly Binding[] = [
  ...body(['admin-api-keys-create', 'create-project', 'modify-project', 'create-project-service-account'], [['/name', value('assay')]]),
  ...body(
    ['inviteUser'],
    [
      ['/email', value('assay@example.com')],
      ['/projects/*/id', project],
    ],
  ),
  ...body(['create-project-user'], [['/user_id', slot('user.id', 'user-assaysample1')]]),
  ...body(
    ['update-project-rate-limits'],
    ['requests', 'tokens', 'images', 'audio_megabytes'].map((kind): [string, Rest] => [`/max_${kind}_per_1_minute`, value(100)]),
  ),
  ...body(
    ['update-project-rate-limits'],
    [
      ['/max_requests_per_1_day', value(100)],
      ['/batch_1_day_max_input_tokens', value(100)],
    ],
  ),
  ...query(['admin-api-keys-list'], [['after', unless(slot('admin_api_key.id', 'key_assaysample1'))]]),
  ...query(['list-invites'], [['after', unless(slot('invite.id', 'invite-assaysample1'))]]),
  ...query(
    ['list-users'],
    [
      ['after', unless(slot('user.id', 'user-assaysample1'))],
      ['emails', unless(value(['assay@example.com']))],
    ],
  ),
  ...query(['list-projects'], [['after', unless(project)]]),
  ...query(
    ['list-project-users', 'list-project-service-accounts', 'list-project-api-keys', 'list-project-rate-limits'],
    [
      ['after', { omit: true }],
      ['before', { omit: true }],
    ],
  ),
  ...query(
    ['list-audit-logs'],
    [
      ['effective_at', unless(value({ gte: 1_700_000_000 }))],
      ['project_ids[]/*', project],
      ['actor_ids[]/*', slot('user.id', 'user-assaysample1')],
      ['actor_emails[]/*', value('assay@example.com')],
      ['resource_ids[]/*', project],
      ['after', { omit: true }],
      ['before', { omit: true }],
    ],
  ),
  ...query(
    ['usage-*'],
    [
      ['start_time', value(1_730_419_200)],
      ['end_time', value(1_730_592_000)],
      ['project_ids/*', project],
      ['user_ids/*', slot('user.id', 'user-assaysample1')],
      ['api_key_ids/*', value('key_assaysample1')],
      ['models/*', value('gpt-4o-mini')],
      ['limit', value(1, 7, 31)],
      ['page', { omit: true }],
    ],
  ),
];
