import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { query } from 'json-p3';
import type { AppliedAction, Json, JsonObject, Pointer } from '../model/index.ts';
import { isObject, listMember, member, stringMember } from '../schema/json.ts';
import { pointerOf } from '../schema/pointer.ts';
import { ContractError } from './error.ts';
import { messageOf, parseDocument } from './read.ts';

/** One action of an overlay: what it changes, and why. */
interface OverlayAction {
  readonly id: string;
  readonly kind: AppliedAction['kind'];
  /** JSONPath (RFC 9535). */
  readonly target: string;
  readonly remove: boolean;
  readonly update?: Json;
  readonly since?: string;
  readonly until?: string;
  readonly evidence?: string;
  readonly description?: string;
}

/** An overlay in the format of the OpenAPI Overlay Specification 1.0. */
export interface Overlay {
  readonly name: string;
  readonly actions: readonly OverlayAction[];
}

const kinds: ReadonlySet<string> = new Set<AppliedAction['kind']>(['wrong', 'grew', 'rule']);

/** Reads an overlay file, JSON or YAML; its name is the file's without the folder. */
export async function loadOverlay(file: string): Promise<Overlay> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    throw new ContractError(`There is no overlay ${file}.`);
  }
  return parseOverlay(text, path.basename(file));
}

/** Parses an overlay; refuses one that the Overlay Specification 1.0 would not know, naming the action. */
export function parseOverlay(text: string, name: string): Overlay {
  const value = parseDocument(text, name);
  const version = stringMember(value, 'overlay');
  if (version === undefined || !/^1\.\d+\.\d+$/.test(version)) {
    throw new ContractError(`${name} says \`overlay: ${JSON.stringify(version)}\`; it has to say \`overlay: 1.0.0\`.`);
  }
  const actions = listMember(value, 'actions');
  if (actions.length === 0) throw new ContractError(`${name} has no \`actions\`.`);
  return { name, actions: actions.map((action, index) => parseAction(action, index, name)) };
}

function parseAction(action: Json, index: number, name: string): OverlayAction {
  const id = stringMember(action, 'x-id') ?? String(index);
  const where = `${name}, action ${id}`;
  const target = stringMember(action, 'target');
  if (target === undefined) throw new ContractError(`${where}: no \`target\`. Give a JSONPath such as $.components.schemas.Pet.`);
  const update = member(action, 'update');
  const remove = member(action, 'remove') === true;
  if (update === undefined && !remove) throw new ContractError(`${where}: neither \`update\` nor \`remove: true\`.`);
  const kind = stringMember(action, 'x-kind') ?? 'rule';
  if (!kinds.has(kind)) throw new ContractError(`${where}: \`x-kind: ${kind}\`. It has to be one of wrong, grew, rule.`);
  const optional = { since: 'x-since', until: 'x-until', evidence: 'x-evidence', description: 'description' } as const;
  const texts = Object.entries(optional).flatMap(([field, key]) => {
    const text = stringMember(action, key);
    return text === undefined ? [] : [[field, text] as const];
  });
  return {
    id,
    kind: kind as AppliedAction['kind'],
    target,
    remove,
    ...(update === undefined ? {} : { update }),
    ...Object.fromEntries(texts),
  };
}

/**
 * Applies the overlays in order to a copy of the document. The reading `letter` leaves out actions that say that the document is wrong or
 * has grown. An action that matches nothing is no error here: it comes back with `matched: 0`.
 */
export function applyOverlays(
  document: JsonObject,
  overlays: readonly Overlay[],
  reading: string,
): { readonly document: JsonObject; readonly actions: readonly AppliedAction[] } {
  const chosen = overlays.map((overlay) => ({
    ...overlay,
    actions: overlay.actions.filter((action) => reading !== 'letter' || action.kind === 'rule'),
  }));
  if (chosen.every((overlay) => overlay.actions.length === 0)) return { document, actions: [] };
  // A round trip through text is five times faster than a walk, and keeps a member named `__proto__` a member.
  const root = JSON.parse(JSON.stringify(document)) as MutableObject;
  const actions = chosen.flatMap((overlay) => overlay.actions.map((action) => applyAction(root, action, overlay.name)));
  return { document: root as JsonObject, actions };
}

/** Copies made here belong to nobody else yet. Members are set by definition, never by assignment: `__proto__` is a name like any other. */
type MutableObject = Record<string, unknown>;

function applyAction(root: MutableObject, action: OverlayAction, overlay: string): AppliedAction {
  const places = placesOf(root, action, overlay);
  // From the end, so that removing an entry of a list does not move the next one.
  if (action.remove) for (const place of places.toReversed()) remove(root, place);
  else for (const place of places) update(root, place, action.update as Json, `${overlay}, action ${action.id}`);
  const { target: _target, remove: _remove, update: _update, ...told } = action;
  return { overlay, ...told, matched: places.length, places: places.map((place) => pointerOf(...place)) as Pointer[] };
}

type Location = readonly (string | number)[];

function placesOf(root: MutableObject, action: OverlayAction, overlay: string): readonly Location[] {
  const plain = plainPath(action.target);
  if (plain !== undefined) return at(root, plain) === undefined ? [] : [plain];
  try {
    return query(action.target, root as never).nodes.map((node) => node.location);
  } catch (error) {
    throw new ContractError(`${overlay}, action ${action.id}: the target ${action.target} is no JSONPath: ${messageOf(error)}`);
  }
}

/** Most targets name one place; walking there costs nothing, and a member that is called `constructor` is only ever one's own. */
function plainPath(target: string): Location | undefined {
  if (!target.startsWith('$')) return undefined;
  const steps: (string | number)[] = [];
  const step = /\.([A-Za-z_]\w*)|\[(\d+)\]|\['([^'\\]*)'\]|\["([^"\\]*)"\]/y;
  step.lastIndex = 1;
  while (step.lastIndex < target.length) {
    const match = step.exec(target);
    if (match === null) return undefined;
    steps.push(match[2] === undefined ? (match[1] ?? match[3] ?? match[4] ?? '') : Number(match[2]));
  }
  return steps;
}

function at(root: unknown, location: Location): unknown {
  let value = root;
  for (const step of location) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    if (Array.isArray(value) !== (typeof step === 'number')) return undefined;
    value = (value as MutableObject)[step];
  }
  return value;
}

function remove(root: MutableObject, location: Location): void {
  const parent = at(root, location.slice(0, -1));
  const last = location.at(-1);
  if (last === undefined) throw new ContractError('An overlay cannot remove the whole document.');
  if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else if (isObject(parent)) Reflect.deleteProperty(parent, last);
}

function update(root: MutableObject, location: Location, value: Json, where: string): void {
  const target = at(root, location);
  if (Array.isArray(target)) target.push(copyOf(value));
  else if (!isObject(target)) {
    const place = pointerOf(...location);
    throw new ContractError(`${where}: the target ${place} is no object or list. To change a value, target its parent.`);
  } else if (!isObject(value))
    throw new ContractError(`${where}: an object at ${pointerOf(...location)} can only be updated with an object.`);
  else merge(target as MutableObject, value);
}

/** "The properties of the update object MUST be recursively merged": objects merge, lists append, the rest is replaced. */
function merge(target: MutableObject, value: JsonObject): void {
  for (const [name, content] of Object.entries(value)) {
    const present = Object.hasOwn(target, name) ? target[name] : undefined;
    if (isObject(present) && isObject(content)) merge(present as MutableObject, content);
    else if (Array.isArray(present) && Array.isArray(content)) present.push(...(copyOf(content) as Json[]));
    else define(target, name, copyOf(content));
  }
}

function define(target: MutableObject, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, writable: true, enumerable: true, configurable: true });
}

function copyOf(value: Json): unknown {
  if (Array.isArray(value)) return value.map(copyOf);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, content]) => [name, copyOf(content)]));
}
