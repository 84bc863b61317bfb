import type { Json, Mutation, PlannedRequest } from '../model/index.ts';
import { isObject, sameJson } from '../schema/json.ts';
import { tokensOf, valueAt, withValueAt, withoutValueAt } from '../schema/pointer.ts';
import { bindBelow } from './bindings.ts';
import type { Proof } from './prove.ts';
import { formPairsOf, partsOf, requestOf, type Draft } from './request.ts';
import type { InvalidProposal } from './walk.ts';
import { instancePathOf, valueOf, withRoot, type Made, type Root, type Workbench } from './workbench.ts';

/** A valid request, made from a draft. */
export type MadeRequest = Extract<Made, { request: PlannedRequest }>;

/** A request with one thing broken, proven to be refused for it, or why there is none. */
export type Broken = { readonly request: PlannedRequest; readonly before: Json | undefined } | { readonly problem: string };

/** Changes valid requests at one place, and proves that both validator and wire readers refuse them for that. */
export interface Breaker {
  breakRoot(root: Root, made: MadeRequest, proposal: InvalidProposal): Broken;
  withParameters(made: MadeRequest, draft: Draft): PlannedRequest;
}

export function createBreaker(bench: Workbench, proof: Proof): Breaker {
  const { judge } = bench.shop;
  return {
    breakRoot: (root, made, proposal) => (root.in === 'body' ? body(root, made, proposal) : parameter(root, made, proposal)),
    withParameters,
  };

  function body(root: Extract<Root, { in: 'body' }>, made: MadeRequest, proposal: InvalidProposal): Broken {
    const schema = root.media.schema;
    const whole = made.draft.body?.value;
    if (schema === undefined || whole === undefined) return { problem: 'the body has no schema' };
    const before = valueAt(whole, proposal.at) as Json | undefined;
    const changed = changedAt(whole, proposal);
    if (changed === undefined || sameJson(changed, whole)) return { problem: 'the place is not in the well-meant form of the request' };
    const after = proposal.value === undefined ? changed : bindBelow(bench.bound.body, changed, proposal.at);
    const wrong = refusedFor(schema, after, proposal);
    if (wrong) return { problem: wrong };
    const planned = made.request.body;
    if (planned && 'json' in planned) return { request: { ...made.request, body: { mediaType: planned.mediaType, json: after } }, before };
    if (planned && 'text' in planned && typeof after === 'string') {
      return proven({ ...made.request, body: { mediaType: planned.mediaType, text: after } }, before, root, proposal);
    }
    if (planned && 'text' in planned) return { problem: `a body of ${planned.mediaType} is always a text` };
    const name = tokensOf(proposal.at)[0];
    if (name === undefined || !planned || !isObject(after)) return { problem: 'the body of a form is always an object' };
    if (proposal.value === null) return { problem: 'a form has no null' };
    if ('form' in planned) {
      const names = new Set(formPairsOf(root.media, name, whole).map(([pair]) => pair));
      const form = [...planned.form.filter(([pair]) => !names.has(pair)), ...formPairsOf(root.media, name, after)];
      return proven({ ...made.request, body: { mediaType: planned.mediaType, form } }, before, root, proposal);
    }
    if ('parts' in planned) {
      const parts = [...planned.parts.filter((part) => part.name !== name), ...partsOf(root.media, name, after, bench.files)];
      return proven({ ...made.request, body: { mediaType: planned.mediaType, parts } }, before, root, proposal);
    }
    return { problem: `a body of ${planned.mediaType} takes any text` };
  }

  function parameter(root: Exclude<Root, { in: 'body' }>, made: MadeRequest, proposal: InvalidProposal): Broken {
    const value = valueOf(made.draft, root);
    const changed = value === undefined ? proposal.value : changedAt(value, proposal);
    if (changed === undefined) return { problem: 'the place is not in the well-meant form of the request' };
    const wrong = refusedFor(root.parameter.schema, changed, proposal);
    if (wrong) return { problem: wrong };
    if (changed === null || proposal.value === null) return { problem: `a ${root.in} parameter has no null` };
    const request = withParameters(made, withRoot(made.draft, root, changed));
    if (root.in === 'path' && (request.pathParameters[root.parameter.name] ?? '') === '')
      return { problem: 'an empty path segment is another path' };
    const before = value === undefined ? undefined : (valueAt(value, proposal.at) as Json | undefined);
    return proven(request, before, root, proposal);
  }

  function proven(request: PlannedRequest, before: Json | undefined, root: Root, { aim: { keyword } }: InvalidProposal): Broken {
    const schema = root.in === 'body' ? root.media.schema : root.parameter.schema;
    const part = {
      in: root.in,
      keyword,
      ...(root.in !== 'body' && { name: root.parameter.name }),
      ...(schema !== undefined && { schema }),
    };
    const problem = proof.refused(request, part);
    return problem === undefined ? { request, before } : { problem };
  }

  /** The judge must name the keyword at the place among its errors. */
  function refusedFor(schema: string, value: Json, { aim, errorAt }: InvalidProposal): string | undefined {
    if (judge.accepts(schema, value)) return 'another branch of a union takes the value';
    const errors = judge.errors(schema, value);
    if (errors.some((error) => error.keyword === aim.keyword && error.instancePath === errorAt)) return undefined;
    return `the judge refuses it for another reason: ${errors[0]?.keyword ?? ''} at ${errors[0]?.instancePath || 'the root'}`;
  }

  function withParameters(made: MadeRequest, draft: Draft): PlannedRequest {
    const { body: _, ...parameters } = requestOf(bench.operation, { parameters: draft.parameters }, bench.files);
    return { ...parameters, ...(made.request.body && { body: made.request.body }) };
  }
}

/** The proposal for a body in which its place may stand elsewhere. */
export function movedIn({ placed }: MadeRequest, root: Root, proposal: InvalidProposal): InvalidProposal {
  if (root.in !== 'body') return proposal;
  const errorAt = placed(proposal.errorAt);
  return errorAt === proposal.errorAt ? proposal : { ...proposal, errorAt, at: errorAt + proposal.at.slice(proposal.errorAt.length) };
}

/** What a case says of the change that was made. */
export function mutationOf(root: Root, proposal: InvalidProposal, before: Json | undefined): Mutation {
  const { breach, place, aim } = proposal;
  return {
    keyword: place.rule ? 'x-assay-rule' : aim.keyword,
    in: root.in,
    instancePath: instancePathOf(root, proposal.errorAt),
    ...(proposal.at !== proposal.errorAt && { at: instancePathOf(root, proposal.at) }),
    schemaPath: `${place.pointer}/${aim.keyword}`,
    ...(before !== undefined && { before }),
    ...(breach.value !== undefined && { after: breach.value }),
    ...(place.rule && { rule: place.rule.id }),
    ...(breach.member !== undefined && { member: breach.member }),
    ...(proposal.level !== 'MUST' && { level: proposal.level }),
    what: breach.what,
  };
}

function changedAt(whole: Json, { at, value }: InvalidProposal): Json | undefined {
  if (value === undefined) return valueAt(whole, at) === undefined ? undefined : withoutValueAt(whole, at);
  const parent = at.slice(0, at.lastIndexOf('/'));
  if (at !== '' && typeof valueAt(whole, parent) !== 'object') return undefined;
  return withValueAt(whole, at, value);
}
