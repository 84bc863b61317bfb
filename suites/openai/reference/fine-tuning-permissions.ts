import type { ReferenceRequest } from 'assay/pack';
import { simpleList, withEnds } from './fine-tuning.ts';
import { checkpointModelsOf } from './fine-tuning-results.ts';
import { arrayOf, bodyOf, found, type MakeFamily, ok, removed, type State } from './state.ts';

/** Who may use a checkpoint. The one path parameter is the checkpoint's model name, but for delete the permission's id. */
export const fineTuningPermissions: MakeFamily = (state) => ({
  createFineTuningCheckpointPermission(request) {
    const checkpoint = findCheckpoint(state, request);
    const projects = arrayOf(bodyOf(request)['project_ids']).map((id) =>
      found(state.table('projects').get(String(id)), 'project', String(id), 'project_ids'),
    );
    const made = projects.map((project) => {
      const row = { id: state.id('cp_'), object: 'checkpoint.permission', created_at: state.now(), project_id: project.id };
      state.table('checkpoint_permissions').put(row);
      state.table('checkpoint_permission_places').put({ id: row.id, checkpoint });
      return row;
    });
    return withEnds(ok({ object: 'list', data: made, has_more: false }));
  },
  listFineTuningCheckpointPermissions(request) {
    const checkpoint = findCheckpoint(state, request);
    const project = request.query['project_id'];
    const rows = state
      .table('checkpoint_permissions')
      .all()
      .filter((row) => state.table('checkpoint_permission_places').get(row.id)?.['checkpoint'] === checkpoint)
      .filter((row) => project === undefined || row['project_id'] === project);
    const order = request.query['order'] === 'ascending' ? 'asc' : 'desc';
    return withEnds(simpleList(rows, { ...request, query: { ...request.query, order } }, 10));
  },
  deleteFineTuningCheckpointPermission: (request) =>
    removed(
      state.table('checkpoint_permissions'),
      request.pathParameters['permission_id'] ?? '',
      'checkpoint.permission',
      'checkpoint permission',
    ),
});

function findCheckpoint(state: State, request: ReferenceRequest): string {
  const id = request.pathParameters['permission_id'] ?? '';
  return found(checkpointModelsOf(state).get(id), 'checkpoint', id, 'permission_id').id;
}
