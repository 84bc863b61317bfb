import type { Contract, Operation, SecurityScheme } from '../model/index.ts';

/** The places of a request where credentials stand. */
export interface CredentialPlaces {
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly query: URLSearchParams;
  readonly cookies: ReadonlyMap<string, string>;
}

/** Whether one of the operation's security alternatives is met by the one key that this server knows. */
export function isAuthorised(contract: Contract, operation: Operation, places: CredentialPlaces, apiKey: string): boolean {
  const schemes = operation.security.flatMap((requirement) => [...requirement.keys()].map((name) => contract.securitySchemes.get(name)));
  // No certificate comes over plain HTTP: what asks for nothing else has to be open here.
  if (schemes.every((scheme) => scheme === undefined || scheme.type === 'mutualTLS')) return true;
  return operation.security.some((requirement) =>
    [...requirement.keys()].every((name) => {
      const scheme = contract.securitySchemes.get(name);
      return scheme === undefined || isMet(scheme, places, apiKey);
    }),
  );
}

function isMet(scheme: SecurityScheme, places: CredentialPlaces, apiKey: string): boolean {
  if (scheme.type === 'mutualTLS') return false;
  if (scheme.type === 'apiKey') return valueIn(scheme.in, scheme.name, places) === apiKey;
  const [given = '', ...rest] = (places.headers.get('authorization') ?? '').split(' ');
  const credentials = rest.join(' ').trim();
  const wanted = scheme.type === 'http' ? scheme.scheme.toLowerCase() : 'bearer';
  if (given.toLowerCase() !== wanted) return false;
  if (wanted !== 'basic') return credentials === apiKey;
  // A client that has one key and no user name sends it as either half of the pair, or as the whole pair.
  const pair = Buffer.from(credentials, 'base64').toString('utf8');
  return pair === apiKey || pair.split(':').includes(apiKey);
}

function valueIn(place: 'query' | 'header' | 'cookie', name: string, places: CredentialPlaces): string | undefined {
  if (place === 'query') return places.query.get(name) ?? undefined;
  if (place === 'cookie') return places.cookies.get(name);
  return places.headers.get(name.toLowerCase());
}

/** The cookies of a `cookie` header, undecoded; the first of two equal names counts. */
export function cookiesOf(header: string | undefined): ReadonlyMap<string, string> {
  const cookies = new Map<string, string>();
  for (const pair of (header ?? '').split(';')) {
    const at = pair.indexOf('=');
    const name = pair.slice(0, at).trim();
    if (at > 0 && !cookies.has(name)) cookies.set(name, pair.slice(at + 1).trim());
  }
  return cookies;
}
