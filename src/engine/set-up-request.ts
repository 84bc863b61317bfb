import type { PlannedRequest, ResourceFamily, Slot } from '../model/index.ts';

/** Slots of a set-up case that its own body left in place. */
export function slotsLeft(slots: readonly Slot[], family: ResourceFamily): readonly Slot[] {
  return family.setUp?.wholeBody ? slots.filter((slot) => !slot.at.startsWith('/body')) : slots;
}

/** The request that makes a resource for other cases: the smallest valid one, with what the family wants of its body. */
export function setUpRequest(request: PlannedRequest, family: ResourceFamily): PlannedRequest {
  const { setUp } = family;
  if (setUp?.wholeBody) return { ...request, body: setUp.wholeBody };
  const { body } = request;
  if (!setUp?.body || !body) return request;
  if ('json' in body && typeof body.json === 'object' && body.json !== null && !Array.isArray(body.json)) {
    return { ...request, body: { ...body, json: { ...body.json, ...setUp.body } } };
  }
  if ('parts' in body) {
    const texts = new Map(
      Object.entries(setUp.body).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
    );
    const kept = body.parts.filter((part) => !texts.has(part.name));
    return { ...request, body: { ...body, parts: [...kept, ...[...texts].map(([name, text]) => ({ name, text }))] } };
  }
  return request;
}
