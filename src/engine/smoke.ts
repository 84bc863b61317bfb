import type { Contract } from '../model/index.ts';
import { UsageError } from './options.ts';

/**
 * Base URLs to try for a target: as given, and with the path of the document's first server added. Each without a
 * trailing slash. Refuses what is no http(s) URL with a {@link UsageError}.
 */
export function basesFor(target: string, contract: Contract): string[] {
  const url = URL.parse(target);
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new UsageError(`"${target}" is no http or https URL. Give the target as in http://127.0.0.1:8000/v1.`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new UsageError('The target URL holds a user name or a password. Give the key in an environment variable (--api-key-env) or as --header.');
  }
  const given = `${url.origin}${url.pathname}`.replace(/\/+$/, '');
  const path = serverPath(contract);
  return path === '' || given.endsWith(path) ? [given] : [given, `${given}${path}`];
}

function serverPath(contract: Contract): string {
  const [first] = contract.servers;
  if (first === undefined) return '';
  const url = URL.parse(first, 'http://relative.invalid');
  return url ? url.pathname.replace(/\/+$/, '') : '';
}
