import type { ReferenceRequest } from 'assay/pack';
import { audit } from './audit-logs.ts';
import { findUser, ownerId, redacted } from './organization.ts';
import { modelsOf } from './inference/models.ts';
import { bodyOf, found, listOf, type MakeFamily, ok, Refusal, type Row, type State, textOf } from './state.ts';

/** What the document's examples call the project that every organization starts with. */
const defaultName = 'Default project';

/** Projects and their rate limits. */
export const projects: MakeFamily = (state) => {
  const table = state.table('projects');
  seedDefault(state);
  return {
    'create-project'(request) {
      const project = makeProject(state, textOf(bodyOf(request)['name']));
      audit(state, 'project.created', { id: project.id, data: { name: project['name'] ?? '', title: project['name'] ?? '' } }, project);
      return ok(project);
    },
    'list-projects'(request) {
      const rows = table.all().filter((project) => request.query['include_archived'] === true || project['status'] === 'active');
      // Oldest first, so that the first page begins with the default project, as consoles show it.
      return listOf(rows, request.query, { order: 'asc' });
    },
    'retrieve-project': (request) => ok(findProject(state, request)),
    'modify-project'(request) {
      const project = changeable(activeProject(state, request));
      const name = textOf(bodyOf(request)['name']);
      audit(state, 'project.updated', { id: project.id, changes_requested: { title: name } }, project);
      return ok(table.put({ ...project, name }));
    },
    'archive-project'(request) {
      const project = changeable(activeProject(state, request));
      audit(state, 'project.archived', { id: project.id }, project);
      return ok(table.put({ ...project, status: 'archived', archived_at: state.now() }));
    },
    'list-project-rate-limits': (request) =>
      listOf(state.table(`rate_limits/${findProject(state, request).id}`).all(), request.query, { defaultLimit: 100, order: 'asc' }),
    'update-project-rate-limits'(request) {
      const project = activeProject(state, request);
      const id = request.pathParameters['rate_limit_id'] ?? '';
      const limits = state.table(`rate_limits/${project.id}`);
      const limit = found(limits.get(id), 'rate limit', id, 'rate_limit_id');
      const body = bodyOf(request);
      const sent = Object.fromEntries(Object.entries(body).filter(([name]) => name.startsWith('max_') || name.startsWith('batch_')));
      audit(state, 'rate_limit.updated', { id, changes_requested: sent }, project);
      return ok(limits.put({ ...limit, ...sent }));
    },
  };
};

/** The project in the path, or the 404. */
export function findProject(state: State, request: ReferenceRequest): Row {
  const id = request.pathParameters['project_id'] ?? '';
  return found(state.table('projects').get(id), 'project', id, 'project_id');
}

/** The project in the path; an archived one answers 400, as the document says. */
export function activeProject(state: State, request: ReferenceRequest): Row {
  const project = findProject(state, request);
  if (project['status'] === 'active') return project;
  throw new Refusal(400, `The project is archived.`, { param: 'project_id', code: 'project_archived' });
}

function changeable(project: Row): Row {
  if (project['name'] !== defaultName) return project;
  throw new Refusal(400, `The default project cannot be changed.`, { param: 'project_id', code: 'default_project' });
}

function makeProject(state: State, name: string): Row {
  const project = state.table('projects').put({
    id: state.id('proj_'),
    object: 'organization.project',
    name,
    created_at: state.now(),
    archived_at: null,
    status: 'active',
  });
  for (const model of modelsOf(state).all()) {
    if (model.id.startsWith('ft:')) continue;
    const limits = { max_requests_per_1_minute: 500, max_tokens_per_1_minute: 200_000 };
    const image = model.id.startsWith('dall-e') && { max_images_per_1_minute: 50 };
    const row = { id: `rl-${model.id}`, object: 'project.rate_limit', model: model.id, ...limits, ...image };
    state.table(`rate_limits/${project.id}`).put(row);
  }
  return project;
}

// Keys of users are made in the dashboard only, so the default project starts with enough of them to delete some.
const seededKeys = 60;

function seedDefault(state: State): void {
  const project = makeProject(state, defaultName);
  const owner = findUser(state, ownerId);
  const member = {
    object: 'organization.project.user',
    id: owner.id,
    name: owner['name'] ?? '',
    email: owner['email'] ?? '',
    role: 'owner',
    added_at: project['created_at'] ?? 0,
  };
  state.table(`project_users/${project.id}`).put(member);
  for (let index = 1; index <= seededKeys; index += 1) {
    state.table(`project_keys/${project.id}`).put({
      id: state.id('key_'),
      object: 'organization.project.api_key',
      name: `Key ${index}`,
      redacted_value: redacted(state.id('sk-proj-', 40)),
      created_at: project['created_at'] ?? 0,
      owner: { type: 'user', user: member },
    });
  }
}
