import { audit } from './audit-logs.ts';
import { bodyOf, found, given, listOf, type MakeFamily, ok, Refusal, removed, type Row, type State, textOf } from './state.ts';

const week = 7 * 86_400;

/** The organization: its admin keys, its users and those it has invited. */
export const organization: MakeFamily = (state) => {
  const keys = state.table('admin_keys');
  const users = state.table('users');
  const invites = state.table('invites');
  seedUsers(state);
  return {
    'admin-api-keys-create'(request) {
      const value = state.id('sk-admin-', 40);
      const created = state.now();
      const row = {
        id: state.id('key_'),
        object: 'organization.admin_api_key',
        name: textOf(bodyOf(request)['name']),
        redacted_value: redacted(value),
        created_at: created,
        owner: { type: 'user', object: 'organization.user', id: ownerId, name: 'Owner', created_at: created, role: 'owner' },
      };
      keys.put(row);
      audit(state, 'api_key.created', { id: row.id, data: { scopes: ['api.management.read'] } });
      return ok({ ...row, value });
    },
    'admin-api-keys-list': (request) => listOf(keys.all(), request.query, { order: 'asc' }),
    'admin-api-keys-get': (request) =>
      ok(found(keys.get(request.pathParameters['key_id'] ?? ''), 'admin key', request.pathParameters['key_id'] ?? '', 'key_id')),
    'admin-api-keys-delete'(request) {
      const id = request.pathParameters['key_id'] ?? '';
      const reply = removed(keys, id, 'organization.admin_api_key.deleted', 'admin key');
      audit(state, 'api_key.deleted', { id });
      return reply;
    },

    inviteUser(request) {
      const body = bodyOf(request);
      const now = state.now();
      const row = {
        id: state.id('invite-'),
        object: 'organization.invite',
        email: textOf(body['email']),
        role: textOf(body['role']),
        status: 'pending',
        invited_at: now,
        expires_at: now + week,
        projects: given(body, 'projects', []),
      };
      audit(state, 'invite.sent', { id: row.id, data: { email: row.email, role: row.role === 'owner' ? 'owner' : 'member' } });
      return ok(invites.put(row));
    },
    'list-invites': (request) => listOf(invites.all(), request.query),
    'retrieve-invite': (request) =>
      ok(found(invites.get(request.pathParameters['invite_id'] ?? ''), 'invite', request.pathParameters['invite_id'] ?? '', 'invite_id')),
    'delete-invite'(request) {
      const id = request.pathParameters['invite_id'] ?? '';
      if (invites.get(id)?.['status'] === 'accepted')
        throw new Refusal(400, `An accepted invite cannot be deleted.`, { param: 'invite_id' });
      const reply = removed(invites, id, 'organization.invite.deleted', 'invite');
      audit(state, 'invite.deleted', { id });
      return reply;
    },

    'list-users'(request) {
      const emails = request.query['emails'];
      const rows =
        Array.isArray(emails) && emails.length > 0 ? users.all().filter((user) => emails.includes(user['email'] as never)) : users.all();
      return listOf(rows, request.query);
    },
    'retrieve-user': (request) => ok(findUser(state, request.pathParameters['user_id'] ?? '')),
    'modify-user'(request) {
      const user = findUser(state, request.pathParameters['user_id'] ?? '');
      const role = textOf(bodyOf(request)['role']);
      audit(state, 'user.updated', { id: user.id, changes_requested: { role: role === 'owner' ? 'owner' : 'member' } });
      return ok(users.put({ ...user, role }));
    },
    'delete-user'(request) {
      const id = request.pathParameters['user_id'] ?? '';
      const reply = removed(users, id, 'organization.user.deleted', 'user');
      for (const project of state.table('projects').all()) {
        state.table(`project_users/${project.id}`).remove(id);
        const projectKeys = state.table(`project_keys/${project.id}`);
        for (const key of projectKeys.all()) if (JSON.stringify(key['owner']).includes(id)) projectKeys.remove(key.id);
      }
      audit(state, 'user.deleted', { id });
      return reply;
    },
  };
};

/** The user, or the 404. */
export function findUser(state: State, id: string, param = 'user_id'): Row {
  return found(state.table('users').get(id), 'user', id, param);
}

/** A key as lists show it: its beginning and its end. */
export function redacted(value: string): string {
  return `${value.slice(0, 9)}...${value.slice(-4)}`;
}

/** The user who owns what the organization has from the start. */
export const ownerId = 'user-reference-owner';

// Nobody can be added but by accepting an invitation, so the organization starts with enough members to remove some.
const members = 60;

function seedUsers(state: State): void {
  const born = state.now() - 30 * 86_400;
  const put = (id: string, name: string, role: string, at: number): void => {
    state.table('users').put({
      id,
      object: 'organization.user',
      name,
      email: `${name.toLowerCase().replaceAll(' ', '.')}@example.com`,
      role,
      added_at: born + at,
    });
  };
  put(ownerId, 'Owner', 'owner', 0);
  for (let index = 1; index <= members; index += 1) put(state.id('user-'), `Member ${index}`, 'reader', index);
}
