import type { Level, SchemaError, Violation } from '../model/index.ts';

/** Keywords that an unknown member of an enumeration breaks, or an unknown tag of a union. */
const choices = new Set(['enum', 'const', 'anyOf', 'oneOf']);

/**
 * One violation for each cause: the same keyword broken by the same type at many entries of one array is one violation,
 * told at its first place with the number of the others.
 */
export function violationsOf(errors: readonly SchemaError[], levelOf?: (error: SchemaError) => Level | undefined): Violation[] {
  const groups = new Map<string, SchemaError[]>();
  for (const error of errors) {
    // Of a list of values each one that is not among them is a fault of its own.
    const value = choices.has(error.keyword) && error.actualType === 'string' ? error.actual : '';
    const key = JSON.stringify([error.schemaPath, starred(error.instancePath), typeOf(error), value]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [error]);
    else group.push(error);
  }
  return [...groups.values()].map((group) => violationOf(group, levelOf));
}

/** The place of an instance in a report: its pointer, or `body` for the whole. */
function placeOf(instancePath: string): string {
  return instancePath === '' ? 'body' : instancePath;
}

function violationOf(group: readonly SchemaError[], levelOf: ((error: SchemaError) => Level | undefined) | undefined): Violation {
  const [error] = group as [SchemaError, ...SchemaError[]];
  const level = levelOf?.(error);
  const others = group.length === 1 ? '' : ` (and at ${group.length - 1} more ${group.length === 2 ? 'place' : 'places'})`;
  return {
    expected: error.expected + (error.branch === undefined ? '' : ` (nearest branch ${error.branch})`),
    actual: error.actual + others,
    at: placeOf(error.instancePath),
    schemaPointer: error.schemaPath,
    keyword: error.keyword,
    actualType: typeOf(error),
    ...(level === undefined ? {} : { level }),
  };
}

/** Two members missing from one object are two causes: the schema names them, so the name may stand in a fingerprint. */
function typeOf(error: SchemaError): string {
  return error.actualType === 'absent' ? `without ${error.expected}` : error.actualType;
}

function starred(pointer: string): string {
  return pointer.replaceAll(/\/\d+(?=\/|$)/g, '/*');
}
