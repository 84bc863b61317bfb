import type { Contract, Discovery, Exchange, Operation } from '../model/index.ts';
import { type RunOptions, UsageError } from './options.ts';
import { matchesOf } from './pointer-pattern.ts';
import type { RunSource } from './plan.ts';
import { type Session, isAccepted } from './session.ts';

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
    throw new UsageError(
      'The target URL holds a user name or a password. Give the key in an environment variable (--api-key-env) or as --header.',
    );
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

/** What the smoke test found: whether to go on, the values of the run's bindings, and sentences for the user. */
export interface SmokeResult {
  readonly passed: boolean;
  readonly bindings: ReadonlyMap<string, string>;
  readonly messages: readonly string[];
}

/** Tries the candidate base URLs with the cheapest reads, settles on the one that answers, finds the run's bindings. */
export async function runSmoke(session: Session, source: RunSource, options: RunOptions): Promise<SmokeResult> {
  const messages: string[] = [];
  const operations = smokeOperations(options, source);
  if (operations.length === 0)
    return {
      passed: true,
      bindings: options.given,
      messages: ['No operation can be sent without knowing an id: the smoke test was left out.'],
    };
  const answers: Exchange[] = [];
  for (const base of basesFor(options.target.url, options.contract)) {
    session.useBase(base);
    for (const operation of operations) {
      const control = source.control(operation);
      if (!control) continue;
      const exchange = await session.send(control, control.request, operation, 'smoke', { credentials: 'given' });
      answers.push(exchange);
      if (exchange.error && !exchange.error.sent)
        return { passed: false, bindings: options.given, messages: [unreachable(base, exchange)] };
      if (!isAccepted(exchange)) continue;
      if (base !== options.target.url) messages.push(`The target answers at ${base}.`);
      const bindings = await discover(session, source, options, messages);
      return { passed: true, bindings, messages };
    }
  }
  return { passed: false, bindings: options.given, messages: [...messages, refusal(answers, options)] };
}

function smokeOperations(options: RunOptions, source: RunSource): Operation[] {
  const named = (options.pack?.smoke ?? []).flatMap((id) => options.contract.operations.filter((operation) => operation.id === id));
  if (named.length > 0) return named;
  const reads = options.contract.operations.filter(
    (operation) => operation.method === 'GET' && operation.parameters.every((one) => one.in !== 'path'),
  );
  return reads.filter((operation) => source.control(operation)?.slots.length === 0).slice(0, 3);
}

function unreachable(base: string, exchange: Exchange): string {
  return `${base} cannot be reached: ${exchange.error?.message ?? 'no answer'}. Is the server running, and is this its address?`;
}

function refusal(answers: readonly Exchange[], options: RunOptions): string {
  const statuses = answers.map(
    (exchange) => `${exchange.request.method} ${exchange.request.url}: ${exchange.response?.status ?? exchange.error?.message}`,
  );
  if (answers.some((exchange) => exchange.response?.status === 401 || exchange.response?.status === 403)) {
    const variable = options.keyVariable;
    return `The target wants credentials (${statuses.join('; ')}). Put the key into the environment variable ${variable}, or name another with --api-key-env.`;
  }
  return `The target answers, but not as this API (${statuses.join('; ')}). Give the base URL with its path, as in http://127.0.0.1:8000/v1.`;
}

/** Values of the run's bindings: given by the user, else found by asking the target. Says which it took. */
async function discover(
  session: Session,
  source: RunSource,
  options: RunOptions,
  messages: string[],
): Promise<ReadonlyMap<string, string>> {
  const bindings = new Map(options.given);
  const asked = new Map<string, readonly string[]>();
  const taken: Taken[] = [];
  for (const discovery of options.pack?.discover ?? []) {
    if (bindings.has(discovery.slot)) continue;
    const operation = options.contract.operations.find((one) => one.id === discovery.operation);
    const control = operation && source.control(operation);
    if (!operation || !control) continue;
    if (!asked.has(operation.id)) {
      const exchange = await session.send(control, control.request, operation, 'smoke', { credentials: 'given' });
      asked.set(
        operation.id,
        matchesOf(session.jsonOf(exchange, operation), discovery.at).filter((one) => typeof one === 'string'),
      );
    }
    const value = choose(discovery, asked.get(operation.id) ?? [], bindings);
    if (value === undefined) continue;
    bindings.set(discovery.slot, value);
    taken.push({ discovery, value });
  }
  if (!options.target.embedded && taken.length > 0) messages.push(takenSentence(taken));
  return bindings;
}

interface Taken {
  readonly discovery: Discovery;
  readonly value: string;
}

/** One sentence for all that was found: the binding with a flag first, the others grouped by value. */
function takenSentence(taken: readonly Taken[]): string {
  const main = taken.find(({ discovery }) => discovery.flag !== undefined) ?? taken[0];
  const flag = main?.discovery.flag?.replace(/^-+/, '');
  const others = Map.groupBy(
    taken.filter((one) => one !== main && one.value !== main?.value),
    ({ value }) => value,
  );
  const rest = [...others].map(
    ([value, group]) => `${JSON.stringify(value)} as ${group.map(({ discovery }) => discovery.slot).join(', ')}`,
  );
  const also = rest.length === 0 ? '' : ` Also found: ${rest.join('; ')} (--bind slot=value chooses others).`;
  return `No ${main?.discovery.slot} was given: taking ${JSON.stringify(main?.value)}${flag === undefined ? '' : ` (--${flag} chooses another)`}.${also}`;
}

function choose(discovery: Discovery, candidates: readonly string[], bindings: ReadonlyMap<string, string>): string | undefined {
  const preferred = discovery.prefer?.find((name) => candidates.includes(name));
  if (preferred !== undefined) return preferred;
  const like = discovery.like === undefined ? undefined : candidates.find((name) => new RegExp(discovery.like ?? '').test(name));
  return like ?? (discovery.otherwise === undefined ? undefined : bindings.get(discovery.otherwise)) ?? candidates[0];
}
