import type { ReferenceRequest } from 'assay/pack';
import { audit } from './audit-logs.ts';
import { findUser, redacted } from './organization.ts';
import { activeProject, findProject } from './projects.ts';
import { bodyOf, found, listOf, type MakeFamily, objectOf, ok, Refusal, removed, type Row, type State, textOf } from './state.ts';

/** Who may use a project: its users, its service accounts and the keys of both. */
export const projectMembers: MakeFamily = (state) => ({
  'list-project-users': (request) => listOf(usersOf(state, activeProject(state, request)).all(), request.query),
  'create-project-user'(request) {
    const project = activeProject(state, request);
    const body = bodyOf(request);
    const user = findUser(state, textOf(body['user_id']), 'user_id');
    if (usersOf(state, project).get(user.id))
      throw new Refusal(400, `The user is a member already.`, { param: 'user_id', code: 'already_member' });
    const { name, email } = user;
    const row = {
      object: 'organization.project.user',
      id: user.id,
      name: name ?? '',
      email: email ?? '',
      role: textOf(body['role']),
      added_at: state.now(),
    };
    audit(state, 'user.added', { id: user.id, data: { role: row.role } }, project);
    return ok(usersOf(state, project).put(row));
  },
  'retrieve-project-user': (request) => ok(findMember(state, findProject(state, request), request)),
  'modify-project-user'(request) {
    const project = activeProject(state, request);
    const user = findMember(state, project, request);
    return ok(usersOf(state, project).put({ ...user, role: textOf(bodyOf(request)['role']) }));
  },
  'delete-project-user'(request) {
    const project = activeProject(state, request);
    return removed(usersOf(state, project), request.pathParameters['user_id'] ?? '', 'organization.project.user.deleted', 'project user');
  },

  'list-project-service-accounts': (request) => listOf(accountsOf(state, activeProject(state, request)).all(), request.query),
  'create-project-service-account'(request) {
    const project = activeProject(state, request);
    const now = state.now();
    const name = textOf(bodyOf(request)['name']);
    const account = accountsOf(state, project).put({
      id: state.id('svc_acct_'),
      object: 'organization.project.service_account',
      name,
      role: 'member',
      created_at: now,
    });
    const value = state.id('sk-svcacct-', 40);
    const key = { id: state.id('key_'), name: 'Secret Key', created_at: now };
    keysOf(state, project).put({
      ...key,
      object: 'organization.project.api_key',
      redacted_value: redacted(value),
      owner: { type: 'service_account', service_account: account },
    });
    audit(state, 'service_account.created', { id: account.id, data: { role: 'member' } }, project);
    return ok({ ...account, api_key: { ...key, object: 'organization.project.service_account.api_key', value } });
  },
  'retrieve-project-service-account': (request) => ok(findAccount(state, request)),
  'delete-project-service-account'(request) {
    const project = activeProject(state, request);
    const account = findAccount(state, request);
    const keys = keysOf(state, project);
    for (const key of keys.all()) if (objectOf(objectOf(key['owner'])['service_account'])['id'] === account.id) keys.remove(key.id);
    audit(state, 'service_account.deleted', { id: account.id }, project);
    return removed(accountsOf(state, project), account.id, 'organization.project.service_account.deleted', 'service account');
  },

  'list-project-api-keys': (request) => listOf(keysOf(state, findProject(state, request)).all(), request.query),
  'retrieve-project-api-key': (request) => ok(findKey(state, request)),
  'delete-project-api-key'(request) {
    const project = activeProject(state, request);
    const key = findKey(state, request);
    if (objectOf(key['owner'])['type'] === 'service_account') {
      throw new Refusal(400, `A key of a service account cannot be deleted; delete the account.`, {
        param: 'key_id',
        code: 'service_account_key',
      });
    }
    audit(state, 'api_key.deleted', { id: key.id }, project);
    return removed(keysOf(state, project), key.id, 'organization.project.api_key.deleted', 'API key');
  },
});

function usersOf(state: State, project: Row) {
  return state.table(`project_users/${project.id}`);
}
function accountsOf(state: State, project: Row) {
  return state.table(`service_accounts/${project.id}`);
}
function keysOf(state: State, project: Row) {
  return state.table(`project_keys/${project.id}`);
}

function findMember(state: State, project: Row, request: ReferenceRequest): Row {
  const id = request.pathParameters['user_id'] ?? '';
  return found(usersOf(state, project).get(id), 'project user', id, 'user_id');
}
function findAccount(state: State, request: ReferenceRequest): Row {
  const id = request.pathParameters['service_account_id'] ?? '';
  return found(accountsOf(state, findProject(state, request)).get(id), 'service account', id, 'service_account_id');
}
function findKey(state: State, request: ReferenceRequest): Row {
  const id = request.pathParameters['key_id'] ?? '';
  return found(keysOf(state, findProject(state, request)).get(id), 'API key', id, 'key_id');
}
