import type { Operation, OperationClass, Pack } from '../model/index.ts';

const byMethod: Readonly<Record<string, OperationClass>> = {
  GET: 'read',
  HEAD: 'read',
  OPTIONS: 'read',
  TRACE: 'read',
  POST: 'create',
  PUT: 'mutate',
  PATCH: 'mutate',
  DELETE: 'delete',
};

/** The classes of an operation: the pack's word, else what its method suggests. */
export function classesOf(operation: Operation, pack?: Pack): readonly OperationClass[] {
  return pack?.classes.get(operation.id) ?? [byMethod[operation.method] ?? 'mutate'];
}

/** Classes that need `--allow` on a foreign target: they cost money, or show and change an organization. */
export const guardedClasses: readonly OperationClass[] = ['costly', 'admin'];

/** The guarded classes of an operation that nobody allowed. */
export function forbiddenClasses(classes: readonly OperationClass[], allow: ReadonlySet<OperationClass>): OperationClass[] {
  return guardedClasses.filter((guarded) => classes.includes(guarded) && !allow.has(guarded));
}

const cost: Readonly<Record<OperationClass, number>> = { read: 0, create: 1, mutate: 1, delete: 2, admin: 1, costly: 4 };

/** Cheap operations go first within a round. */
export function costOf(classes: readonly OperationClass[]): number {
  return classes.reduce((sum, name) => sum + cost[name], 0);
}
