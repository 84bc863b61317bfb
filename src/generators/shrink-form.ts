import type { Json, NameValue, Part, PlannedBody } from '../model/index.ts';
import { isJsonMediaType } from '../wire/index.ts';
import { smallerValues } from './shrink-value.ts';

/** A form or multipart body. */
export type FormBody = Extract<PlannedBody, { form: readonly NameValue[] } | { parts: readonly Part[] }>;

/** Whether a pair or part is one of a member: an array or an object of its own style has the name in front. */
export function isOfMember(member: string, name: string): boolean {
  return name === member || name.startsWith(`${member}[`);
}

/**
 * Smaller forms of a form or multipart body: first without one of its members, the largest first, then without a single
 * pair or part of a repeated one, then with plainer texts. The member `keep` stays as it is; `fixed` names members whose
 * value means something.
 */
export function* smallerForms(body: FormBody, keep: string | undefined, fixed: (name: string) => boolean): Iterable<FormBody> {
  const kept = (name: string) => keep !== undefined && isOfMember(keep, name);
  if ('form' in body) {
    for (const form of smallerLists(body.form, ([name]) => name, kept)) yield { mediaType: body.mediaType, form };
    for (const [index, [name, text]] of body.form.entries()) {
      for (const plainer of kept(name) || fixed(name) ? [] : smallerTexts(text))
        yield { mediaType: body.mediaType, form: body.form.with(index, [name, plainer]) };
    }
    return;
  }
  for (const parts of smallerLists(body.parts, ({ name }) => name, kept)) yield { mediaType: body.mediaType, parts };
  for (const [index, part] of body.parts.entries()) {
    if (part.text === undefined || part.filename !== undefined || kept(part.name) || fixed(part.name)) continue;
    for (const text of smallerTexts(part.text, part.contentType))
      yield { mediaType: body.mediaType, parts: body.parts.with(index, { ...part, text }) };
  }
}

/** A body with one member as another body of the same kind has it. */
export function withMember(body: FormBody, member: string, from: FormBody): FormBody | undefined {
  if ('form' in body && 'form' in from) {
    const form = [...body.form.filter(([name]) => !isOfMember(member, name)), ...from.form.filter(([name]) => isOfMember(member, name))];
    return { mediaType: body.mediaType, form };
  }
  if ('parts' in body && 'parts' in from) {
    const parts = [
      ...body.parts.filter(({ name }) => !isOfMember(member, name)),
      ...from.parts.filter(({ name }) => isOfMember(member, name)),
    ];
    return { mediaType: body.mediaType, parts };
  }
  return undefined;
}

function* smallerLists<One>(list: readonly One[], nameOf: (one: One) => string, kept: (name: string) => boolean): Iterable<One[]> {
  const sizes = new Map<string, number>();
  for (const one of list) sizes.set(nameOf(one), (sizes.get(nameOf(one)) ?? 0) + JSON.stringify(one).length);
  const names = [...sizes].filter(([name]) => !kept(name)).toSorted(([a, left], [b, right]) => right - left || (a < b ? -1 : 1));
  for (const [name] of names) yield list.filter((one) => nameOf(one) !== name);
  for (const [index, one] of list.entries()) {
    const repeated = list.filter((other) => nameOf(other) === nameOf(one)).length > 1;
    if (repeated && !kept(nameOf(one))) yield list.toSpliced(index, 1);
  }
}

function smallerTexts(text: string, contentType?: string): string[] {
  if (contentType === undefined || !isJsonMediaType(contentType)) return [...smallerValues(text)].map(String);
  try {
    return [...smallerValues(JSON.parse(text) as Json)].map((value) => JSON.stringify(value));
  } catch {
    return [];
  }
}
