import type { Contract, Credentials, NameValue, Operation, PlannedRequest } from '../model/index.ts';
import type { Target } from './options.ts';

/** A key of no account; recognisable in a target's log. */
const wrongKey = 'assay-wrong-key-0000000000000000';

/**
 * Adds what the operation's first satisfiable security requirement asks for. `none` adds nothing, `wrong` a key that
 * nobody has. User headers (`--header`) come last but for the ones that a case states itself.
 */
export function withCredentials(
  request: PlannedRequest,
  operation: Operation,
  contract: Contract,
  target: Target,
  credentials: Credentials,
): PlannedRequest {
  const key = credentials === 'wrong' ? wrongKey : credentials === 'given' ? target.apiKey : undefined;
  if (key === undefined && target.headers.length === 0) return request;
  const stated = new Set(request.headers.map(([name]) => name.toLowerCase()));
  const extra = target.headers.filter(([name]) => !stated.has(name.toLowerCase()) && !(credentials !== 'given' && isCredential(name)));
  const base: PlannedRequest = { ...request, headers: [...request.headers, ...extra] };
  if (key === undefined) return base;
  // A client certificate is none of what a key can give.
  const isGiven = (name: string): boolean => (contract.securitySchemes.get(name)?.type ?? 'mutualTLS') !== 'mutualTLS';
  const requirement = operation.security.find((one) => one.size > 0 && [...one.keys()].every(isGiven));
  if (!requirement) return base;
  return [...requirement.keys()].reduce((sum, scheme) => add(sum, contract, scheme, key), base);
}

function isCredential(name: string): boolean {
  return /^(authorization|cookie|x-api-key|api-key)$/i.test(name);
}

function add(request: PlannedRequest, contract: Contract, schemeName: string, key: string): PlannedRequest {
  const scheme = contract.securitySchemes.get(schemeName);
  if (!scheme) return request;
  if (scheme.type === 'apiKey') {
    const pair: NameValue = [scheme.name, key];
    if (scheme.in === 'query') return { ...request, query: [...request.query, pair] };
    if (scheme.in === 'cookie') return { ...request, cookies: [...(request.cookies ?? []), pair] };
    return withHeader(request, pair);
  }
  if (scheme.type === 'http' && scheme.scheme.toLowerCase() === 'basic') {
    const pair = key.includes(':') ? key : `${key}:`;
    return withHeader(request, ['authorization', `Basic ${Buffer.from(pair).toString('base64')}`]);
  }
  if (scheme.type === 'mutualTLS') return request;
  return withHeader(request, ['authorization', `Bearer ${key}`]);
}

function withHeader(request: PlannedRequest, [name, value]: NameValue): PlannedRequest {
  const others = request.headers.filter(([other]) => other.toLowerCase() !== name.toLowerCase());
  return { ...request, headers: [...others, [name, value]] };
}
