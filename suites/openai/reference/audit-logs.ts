import type { Json, JsonObject } from 'assay/pack';
import { arrayOf, listOf, type MakeFamily, objectOf, type Row, type State } from './state.ts';

/** The audit log: what administration did, newest first, with some entries from before the server started. */
export const auditLogs: MakeFamily = (state) => {
  seedLog(state);
  return {
    'list-audit-logs'(request) {
      const { query } = request;
      const rows = state
        .table('audit_logs')
        .all()
        .filter((row) => within(Number(row['effective_at']), objectOf(query['effective_at'])))
        .filter((row) => among(query['project_ids[]'], objectOf(row['project'])['id']))
        .filter((row) => among(query['event_types[]'], row['type']))
        .filter((row) => among(query['actor_ids[]'], ...actorOf(row).ids))
        .filter((row) => among(query['actor_emails[]'], actorOf(row).email))
        .filter((row) => among(query['resource_ids[]'], objectOf(row[String(row['type'])])['id']));
      return listOf(rows, query);
    },
  };
};

const admin = { id: 'user-reference-owner', email: 'owner@example.com' };

/** Writes an entry: its details stand under the name of its type; `project` for what was done within one. */
export function audit(state: State, type: string, details: JsonObject | undefined, project?: Row, effectiveAt = state.now()): void {
  state.table('audit_logs').put({
    id: state.id('audit_log-'),
    type,
    effective_at: effectiveAt,
    ...(project && { project: { id: project.id, name: project['name'] ?? '' } }),
    actor: { type: 'session', session: { user: admin, ip_address: '192.0.2.1' } },
    ...(details && { [type]: details }),
  });
}

function seedLog(state: State): void {
  const before = state.now() - 86_400;
  audit(state, 'login.succeeded', undefined, undefined, before);
  audit(state, 'user.added', { id: 'user-reference-member', data: { role: 'member' } }, undefined, before + 60);
  const settings = { threads_ui_visibility: 'OWNERS', usage_dashboard_visibility: 'OWNERS' };
  const changes = { title: 'Reference', description: 'An organization', name: 'reference', settings };
  audit(state, 'organization.updated', { id: 'org-reference', changes_requested: changes }, undefined, before + 120);
  audit(state, 'logout.succeeded', undefined, undefined, before + 180);
}

function actorOf(row: Row): { readonly ids: readonly Json[]; readonly email: Json | undefined } {
  const session = objectOf(objectOf(row['actor'])['session']);
  const user = objectOf(session['user']);
  return { ids: user['id'] === undefined ? [] : [user['id']], email: user['email'] };
}

function among(wanted: Json | undefined, ...actual: readonly (Json | undefined)[]): boolean {
  return (
    wanted === undefined || arrayOf(wanted).length === 0 || actual.some((value) => value !== undefined && arrayOf(wanted).includes(value))
  );
}

function within(time: number, bounds: JsonObject): boolean {
  const { gt, gte, lt, lte } = bounds;
  return (
    (typeof gt !== 'number' || time > gt) &&
    (typeof gte !== 'number' || time >= gte) &&
    (typeof lt !== 'number' || time < lt) &&
    (typeof lte !== 'number' || time <= lte)
  );
}
