import { createHash } from 'node:crypto';

import type { Case, Contract, Json, JsonObject, Operation, Pack, PlannedRequest, SchemaJudge, Situation } from '../model/index.ts';
import { walkCase } from '../scenarios/list-walk.ts';
import { pointerOf, tokensOf, valueAt } from '../schema/pointer.ts';
import { walksOver } from './walk.ts';

/**
 * The cases of the scenario phase of one operation: the pack's situations merged over the smallest valid case, which is
 * the control of those that must be refused. A situation that this edition of the document does not know is left out.
 */
export function situationCases(
  operation: Operation,
  pack: Pack | undefined,
  contract: Contract,
  smallest: Case | undefined,
  judge: SchemaJudge,
): Case[] {
  if (!smallest) return [];
  const walks = walksOver(pack, operation).map((walk) => walkCase(walk, smallest, idOf(contract, operation.id, { walk: walk.family })));
  const known = (pack?.situations ?? []).filter((situation) => situation.operation === operation.id);
  const made = known.map((situation) => caseOf(situation, 'scenario', contract, smallest, smallest));
  return [...made.filter((planned) => planned.mode === 'invalid' || isValid(planned, operation, judge)), ...walks];
}

function idOf(contract: Contract, operationId: string, recipe: JsonObject, phase: 'stream' | 'scenario' = 'scenario'): string {
  return createHash('sha256')
    .update(JSON.stringify([contract.hash, operationId, phase, recipe]))
    .digest('hex')
    .slice(0, 10);
}

/** A situation as a case: its members over those of the smallest valid case. */
export function caseOf(
  situation: Situation,
  phase: 'stream' | 'scenario',
  contract: Contract,
  smallest: Case,
  control: Case | undefined = undefined,
): Case {
  const merge = merged(smallest.request, situation.body);
  const request = situation.path === undefined ? merge : { ...merge, path: situation.path };
  const recipe = { variant: situation.name };
  const id = idOf(contract, situation.operation, recipe, phase);
  const kept = smallest.slots.filter((slot) => !isOverwritten(slot.at, situation.body));
  const base: Case = {
    ...smallest,
    id,
    phase,
    recipe,
    request,
    cells: [],
    slots: [...kept.map((slot) => ({ ...slot, from: situation.rebind?.[slot.from] ?? slot.from })), ...(situation.slots ?? [])],
    ...(phase === 'stream' && { stream: true }),
    ...(situation.level !== undefined && { level: situation.level }),
  };
  if (!situation.breaks || !control) return base;
  const { keyword, at, what } = situation.breaks;
  const before = valueAt(control.request.body, `/json${at}`);
  const after = valueAt(request.body, `/json${at}`);
  return {
    ...base,
    mode: 'invalid',
    control: control.id,
    mutation: {
      keyword,
      in: situation.path === undefined ? 'body' : 'path',
      instancePath: at,
      what,
      ...(situation.level !== undefined && { level: situation.level }),
      ...(before !== undefined && { before: before as Json }),
      ...(after !== undefined && { after: after as Json }),
    },
  };
}

function isValid({ request: { body } }: Case, operation: Operation, judge: SchemaJudge): boolean {
  if (!body || !('json' in body)) return true;
  const media = operation.requestBody?.content.find(({ mediaType }) => mediaType === body.mediaType);
  return media?.schema === undefined || judge.accepts(media.schema, body.json);
}

function merged(request: PlannedRequest, members: JsonObject): PlannedRequest {
  const { body } = request;
  if (body && 'json' in body && isObject(body.json)) return { ...request, body: { ...body, json: { ...body.json, ...members } } };
  if (body && 'parts' in body) {
    const kept = body.parts.filter((part) => !Object.hasOwn(members, part.name));
    const added = Object.entries(members).map(([name, value]) => ({
      name,
      text: typeof value === 'string' ? value : JSON.stringify(value),
    }));
    return { ...request, body: { ...body, parts: [...kept, ...added] } };
  }
  return request;
}

function isOverwritten(slot: string, members: JsonObject): boolean {
  const [place, form, name] = tokensOf(slot);
  return (
    place === 'body' && form === 'json' && name !== undefined && Object.hasOwn(members, name) && slot === pointerOf('body', 'json', name)
  );
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
