import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createJudge } from '../schema/index.ts';
import type { Contract, Fault, MakeBehaviours, ReferenceReply } from '../model/index.ts';
import { createHandler, faultsFor, type Handled, type HandlerOptions, type Incoming, refuse } from './handle.ts';
import { createReplyMaker, type MadeCounts } from './made-reply.ts';
import { writeReply } from './write-reply.ts';

export interface ReferenceServerOptions {
  readonly contract: Contract;
  /** The pack's behaviours; without them every operation gets schema-made answers. */
  readonly behaviours?: MakeBehaviours;
  readonly faults?: readonly Fault[];
  /** Same seed, same clock, same requests: same answers. */
  readonly seed?: number;
  /** Unix milliseconds; the system's clock unless given. */
  readonly now?: () => number;
  readonly apiKey?: string;
  /** 0 (the default) takes a free port. The server listens on 127.0.0.1 only. */
  readonly port?: number;
  readonly chunking?: 'events' | 'odd';
  readonly realDelays?: boolean;
  /** Larger request bodies get 413. */
  readonly maxBodyBytes?: number;
  /** Answers 500 instead of a success that breaks the contract. */
  readonly selfCheck?: boolean;
  /** Writes a line per request, and at the end how often json-schema-faker was good enough. */
  readonly verbose?: boolean;
  /** Told of unhandled exceptions and failed self-checks, and with `verbose` of every request; standard error unless given. */
  readonly log?: (line: string) => void;
}

export interface ReferenceServer {
  /** Origin and base path of the document's first server: where a client points its base URL. */
  readonly url: string;
  readonly origin: string;
  readonly apiKey: string;
  /** How often json-schema-faker was good enough, for schema-made replies. */
  readonly made: MadeCounts;
  /** Resolves when the port is free; connections that are still open are cut. */
  close(): Promise<void>;
}

// Longer than a stream may take that arrives in one piece because its server is fast.
const heldBackMs = 3200;

const defaultBodyLimit = 64 * 1024 * 1024;

/** Starts a server that keeps the contract (but for its faults) on 127.0.0.1. */
export async function createReferenceServer(options: ReferenceServerOptions): Promise<ReferenceServer> {
  const { contract, seed = 1 } = options;
  const judge = createJudge(contract.document);
  const maker = createReplyMaker(contract, judge, seed);
  const apiKey = options.apiKey ?? 'reference-key';
  const behaviours = options.behaviours?.(contract, { seed, now: options.now ?? Date.now });
  const basePaths = basePathsOf(contract);
  const log = options.log ?? ((line: string): void => void process.stderr.write(`${line}\n`));
  const handlerOptions: HandlerOptions = {
    contract,
    judge,
    maker,
    ...(behaviours && { behaviours }),
    faults: options.faults ?? [],
    apiKey,
    basePaths,
    selfCheck: options.selfCheck ?? false,
    log,
  };
  const handle = createHandler(handlerOptions);

  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    serve(request, response).catch((error: unknown) => {
      handlerOptions.log(error instanceof Error ? (error.stack ?? error.message) : String(error));
      response.destroy();
    });
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => refuseRaw(handlerOptions, error, socket as Socket));

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request, options.maxBodyBytes ?? defaultBodyLimit);
    const incoming = {
      method: request.method ?? 'GET',
      target: request.url ?? '/',
      headers: headersOf(request),
      body: body ?? new Uint8Array(),
    };
    const handled = body ? handle(incoming) : { reply: refuse(handlerOptions, 413, { message: 'The request body is too large.' }) };
    if (!body) response.setHeader('connection', 'close');
    await send(response, handled, incoming);
    if (options.verbose) log(`${incoming.method} ${incoming.target} ${handled.operation?.id ?? '-'} ${response.statusCode}`);
  }

  async function send(response: ServerResponse, handled: Handled, { method, body }: Incoming): Promise<void> {
    const faults = faultsFor(handlerOptions.faults, handled.operation);
    const context = { ...(handled.operation && { operation: handled.operation }), method, seen: handled.seen, body };
    const reply = faults.reduce<ReferenceReply>((sofar, fault) => fault.reply?.(sofar, context) ?? sofar, handled.reply);
    const wire = faults.find((fault) => fault.wire !== undefined && (fault.applies?.(reply, context) ?? true))?.wire;
    if (wire === 'hang') return;
    if (wire === 'reset') return void response.socket?.resetAndDestroy();
    if (wire === 'malformed') return void response.socket?.end('HTTP/1.1 2OO OK\r\ncontent-length: two\r\n\r\n{}');
    await writeReply(response, reply, {
      chunking: options.chunking ?? 'events',
      realDelays: options.realDelays ?? false,
      headOnly: method === 'HEAD',
      ...(wire === 'truncate' && { truncateAfter: 2 }),
      ...(wire === 'hold-back' && { holdBackMs: heldBackMs }),
    });
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: origin + (basePaths[0] ?? ''),
    origin,
    apiKey,
    made: maker.counts,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
      const { values, plausible, generated, failed } = maker.counts;
      if (options.verbose) log(`${values} values made: json-schema-faker ${plausible}, our generator ${generated}, none ${failed}`);
    },
  };
}

/** The paths of the document's servers, longest first, and none: a client may leave the base path out. */
function basePathsOf(contract: Contract): string[] {
  const operationServers = contract.operations.flatMap((operation) => operation.servers ?? []);
  const paths = [...contract.servers, ...operationServers].map((server) => {
    try {
      return new URL(server, 'http://127.0.0.1').pathname.replace(/\/+$/, '');
    } catch {
      return '';
    }
  });
  return [...new Set([...paths, ''])];
}

/** The body, or `undefined` where it is larger than the limit; the rest is then read and dropped, so that the answer arrives. */
async function bodyOf(request: IncomingMessage, limit: number): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size <= limit) chunks.push(chunk);
  }
  return size <= limit ? Buffer.concat(chunks) : undefined;
}

function headersOf(request: IncomingMessage): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  for (const [name, values] of Object.entries(request.headersDistinct))
    headers.set(name, (values ?? []).join(name === 'cookie' ? '; ' : ', '));
  return headers;
}

/** What Node's parser refuses never becomes a request; it still gets the envelope. */
function refuseRaw(options: HandlerOptions, error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy();
  const status = error.code === 'HPE_HEADER_OVERFLOW' ? 431 : 400;
  const reply = refuse(options, status, { message: `The request is not HTTP: ${error.message}` });
  const body = Buffer.from(JSON.stringify(reply.json ?? {}));
  const reason = status === 431 ? 'Request Header Fields Too Large' : 'Bad Request';
  const head = `HTTP/1.1 ${status} ${reason}\r\ncontent-type: application/json\r\ncontent-length: ${body.byteLength}\r\nconnection: close\r\n\r\n`;
  socket.end(Buffer.concat([Buffer.from(head), body]));
}
