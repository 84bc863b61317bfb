import type { AppliedAction, Json, JsonObject, Pointer, SchemaError } from '../model/index.ts';
import { listMember, stringMember } from '../schema/json.ts';
import { pointerOfReference, valueAt } from '../schema/pointer.ts';

/** What was broken: the keyword's place, and the member that is missing. */
type Broken = Pick<SchemaError, 'schemaPath' | 'member'>;

/** A place of the document as published that an erratum frees. */
interface Freed {
  readonly action: AppliedAction;
  readonly at: Pointer;
  /** The member that need not be there, where the place is a list of required ones. */
  readonly member?: string;
}

/**
 * Makes the function that says which erratum frees an error against the document as published (`letter`, converted): the
 * action with the nearest place around the broken keyword, also where the place refers to the schema that holds it.
 */
export function createErratumFinder(letter: JsonObject, actions: readonly AppliedAction[]): (broken: Broken) => AppliedAction | undefined {
  const freed = placesOf(letter, actions);
  return (error) => {
    const around = freed.filter((one) => frees(one, error));
    return around.toSorted((one, other) => other.at.length - one.at.length)[0]?.action;
  };
}

function frees({ at, member }: Freed, error: Broken): boolean {
  if (member !== undefined) return error.schemaPath === at && error.member === member;
  return error.schemaPath === at || error.schemaPath.startsWith(`${at}/`);
}

function placesOf(letter: JsonObject, actions: readonly AppliedAction[]): Freed[] {
  // What is left of each list of required members: an action says which entry of it goes, not its name.
  const left = new Map<Pointer, Json[]>();
  return actions
    .filter((action) => action.kind !== 'rule')
    .flatMap((action) => action.places.flatMap((place) => freedBy(action, place.replaceAll('/oneOf/', '/anyOf/'), letter, left)));
}

function freedBy(action: AppliedAction, at: Pointer, letter: JsonObject, left: Map<Pointer, Json[]>): Freed[] {
  const entry = /^(.*\/required)\/(\d+)$/.exec(at);
  if (entry?.[1] !== undefined) {
    const required = left.get(entry[1]) ?? [...listMember(valueAt(letter, entry[1].slice(0, -'/required'.length)) as Json, 'required')];
    const [member] = required.splice(Number(entry[2]), 1);
    left.set(entry[1], required);
    return typeof member === 'string' ? [{ action, at: entry[1], member }] : [];
  }
  const target = pointerOfReference(stringMember(valueAt(letter, at) as Json, '$ref') ?? '');
  return [{ action, at }, ...(target === undefined ? [] : [{ action, at: target }])];
}
