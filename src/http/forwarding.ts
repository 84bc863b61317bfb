import type { NameValue } from '../model/index.ts';

/** Meant for one connection alone (RFC 9110, 7.6.1). */
const hopByHop = new Set(['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade']);
/** Never for one connection alone, whatever `Connection` names: without them the end of the message is somewhere else. */
const endToEnd = new Set(['content-length', 'host']);

/** The pairs of a flat list of names and values. */
export function pairsOf(raw: readonly string[]): NameValue[] {
  const pairs: NameValue[] = [];
  for (let index = 0; index < raw.length; index += 2) pairs.push([raw[index] ?? '', raw[index + 1] ?? '']);
  return pairs;
}

/** Headers without those that are meant for the connection they came on. */
export function withoutHopByHop(headers: readonly NameValue[]): NameValue[] {
  const named = new Set(
    headers
      .filter(([name]) => /^connection$/i.test(name))
      .flatMap(([, value]) => value.split(','))
      .map((name) => name.trim().toLowerCase())
      .filter((name) => !endToEnd.has(name)),
  );
  return headers.filter(([name]) => !hopByHop.has(name.toLowerCase()) && !named.has(name.toLowerCase()));
}

/** The client's headers as the target gets them: one `Host`, in its place. */
export function toTarget(headers: readonly NameValue[], host: string): NameValue[] {
  const kept = withoutHopByHop(headers);
  const first = kept.findIndex(([name]) => /^host$/i.test(name));
  if (first < 0) return [['Host', host], ...kept];
  return kept.flatMap(([name, value], index): NameValue[] => {
    if (index === first) return [[name, host]];
    return /^host$/i.test(name) ? [] : [[name, value]];
  });
}

/** Codings of the transfer that Node undoes and makes again: none but `chunked`. Others pass as they are, and have to be named. */
export function transferCodings(value: string | undefined): NameValue[] {
  return value === undefined || /^\s*chunked\s*$/i.test(value) ? [] : [['Transfer-Encoding', value]];
}

/** The path of a request target, below the path of the target; clients that were told to use a proxy send whole URLs. */
export function pathBelow(prefix: string, target: string): string {
  if (target === '*') return target;
  if (target.startsWith('/')) return prefix + target;
  const url = URL.parse(target);
  return url === null ? `${prefix}/${target}` : `${prefix}${url.pathname}${url.search}`;
}
