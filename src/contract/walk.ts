import type { Json, JsonObject, Pointer } from '../model/index.ts';
import { isObject } from '../schema/json.ts';
import { pointerOf } from '../schema/pointer.ts';
import { objectShapes } from './structure.ts';
import type { ObjectKind, Shape } from './structure.ts';

/** One object of a document, what it is and where it stands. */
export interface DocumentObject {
  readonly value: JsonObject;
  readonly kind: ObjectKind;
  readonly pointer: Pointer;
}

/** Every object of the document that OpenAPI gives a meaning, outermost first; values inside `enum`, `default` and examples are none. */
export function objectsOf(document: JsonObject): readonly DocumentObject[] {
  const found: DocumentObject[] = [];
  const visit = (value: Json, kind: ObjectKind, pointer: Pointer): void => {
    if (Array.isArray(value) && kind === 'schema') value.forEach((entry, index) => visit(entry, kind, pointer + pointerOf(index)));
    if (!isObject(value)) return;
    found.push({ value, kind, pointer });
    const { members, names } = objectShapes[kind];
    for (const [field, content] of Object.entries(value)) {
      const shape = members.get(field) ?? (field.startsWith('x-') ? undefined : names);
      if (shape !== undefined) visitMember(content, shape, pointer + pointerOf(field));
    }
  };
  const visitMember = (value: Json, shape: Shape, pointer: Pointer): void => {
    if (shape === 'literal' || shape === 'prose') return;
    if (typeof shape === 'string') visit(value, shape, pointer);
    else if ('list' in shape) {
      if (Array.isArray(value)) value.forEach((entry, index) => visit(entry, shape.list, pointer + pointerOf(index)));
    } else if (isObject(value)) {
      for (const [name, entry] of Object.entries(value)) visit(entry, shape.map, pointer + pointerOf(name));
    }
  };
  visit(document, 'document', '');
  return found;
}
