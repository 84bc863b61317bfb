import type { CheckContext, Mutation } from '../model/index.ts';
import { member } from '../schema/json.ts';
import { tokensOf } from '../schema/pointer.ts';
import { defineCheck, should } from './define.ts';
import { declaredErrorOf, hasErrorMember } from './error-schema.ts';

/** Speaks only where the declared error has a member `param` and the body that came is such an error. */
export const errorParamNamesMember = defineCheck({
  id: 'error-param-names-member',
  requirement: should('observed', 'The refusal of one broken member names it in error.param'),
  needs: 'response',
  applies: (context) => {
    const mutation = context.case?.mutation;
    const { response } = context;
    if (mutation === undefined || response === undefined || ![400, 422].includes(response.status)) return false;
    if (brokenPath(mutation).length === 0 || typeof member(member(response.json, 'error'), 'message') !== 'string') return false;
    return declaresParam(context);
  },
  *run({ case: planned, response }) {
    const mutation = planned?.mutation;
    if (mutation === undefined) return;
    const path = brokenPath(mutation);
    const param = member(member(response?.json, 'error'), 'param');
    // A union refuses by the branch that the server took, and a tag on the way decides the branch: it may be named instead.
    const inUnion = /\/(anyOf|oneOf)(\/|$)/.test(mutation.schemaPath ?? '');
    if (typeof param === 'string' && (names(param, path) || (inUnion && isOnTheWay(param, path)))) return;
    yield {
      expected: `a name of ${path.join('.')}, or of a parent of it`,
      actual: param === undefined ? '(absent)' : JSON.stringify(param),
      at: '/error/param',
      keyword: mutation.keyword,
      actualType: param === undefined ? 'absent' : param === null ? 'null' : 'other name',
    };
  },
});

/** Where the request was broken, as names; empty where the whole was. */
function brokenPath(mutation: Mutation): readonly string[] {
  if (mutation.in === 'request' || ['syntax', 'media-type', 'credentials', 'unknown-id', 'method', 'route'].includes(mutation.keyword))
    return [];
  return tokensOf(mutation.instancePath);
}

function declaresParam(context: CheckContext): boolean {
  const { response } = context;
  const declared = response === undefined ? undefined : declaredErrorOf(context, response);
  return declared?.content.some(({ schema }) => hasErrorMember(context.contract.document, schema, 'param')) ?? false;
}

/** `a[0].b`, `a.0.b`, `/a/0/b` and `a[b]` all name the same place; a parent of it, or a child, leads a reader there too. */
function names(param: string, path: readonly string[]): boolean {
  const named = wordsOf(param);
  const broken = path.flatMap(wordsOf);
  const shared = Math.min(named.length, broken.length);
  return shared > 0 && named.slice(0, shared).every((word, index) => word === broken[index]);
}

/** A member of an object that holds the broken place, itself or further in. */
function isOnTheWay(param: string, path: readonly string[]): boolean {
  const holder = wordsOf(param).slice(0, -1);
  const broken = path.flatMap(wordsOf);
  return holder.length > 0 && holder.length < broken.length && holder.every((word, index) => word === broken[index]);
}

/** A parameter may itself be called `a[]`, so both sides are taken apart. */
function wordsOf(name: string): string[] {
  return name.split(/[.[\]/'"]+/).filter((word) => word !== '');
}
