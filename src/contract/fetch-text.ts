import { ContractError } from './error.ts';
import { documentLimits, messageOf, tooLarge } from './read.ts';

/** Redirects on the same host that are followed; more is a loop. */
const mostRedirects = 5;

/** Text at a URL, under the limits of size and time; never from another host than the one asked. */
export async function fetchText(url: string): Promise<string> {
  const signal = AbortSignal.timeout(documentLimits.milliseconds);
  let address = new URL(url);
  for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
    const response = await get(address, signal);
    const location = response.headers.get('location');
    if (response.status < 300 || response.status >= 400 || location === null) return textOf(response, url);
    await response.body?.cancel();
    const next = new URL(location, address);
    if (next.host !== address.host)
      throw new ContractError(`${url} redirects to another host (${next.host}). Give the address there if you trust it.`);
    if (next.protocol !== 'https:' && next.protocol !== address.protocol)
      throw new ContractError(`${url} redirects from https to ${next.protocol}`);
    address = next;
  }
  throw new ContractError(`${url} redirects more than ${mostRedirects} times.`);
}

async function get(address: URL, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(address, {
      redirect: 'manual',
      signal,
      headers: { accept: 'application/json, application/yaml, text/yaml, */*;q=0.5' },
    });
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    throw new ContractError(`${address.href} cannot be fetched: ${messageOf(cause)}`);
  }
}

async function textOf(response: Response, url: string): Promise<string> {
  if (!response.ok) throw new ContractError(`${url} answers ${response.status}. Give the URL of an OpenAPI 3.0 or 3.1 document.`);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > documentLimits.remoteBytes) throw tooLarge(url, documentLimits.remoteBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
