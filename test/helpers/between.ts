import http from 'node:http';
import net from 'node:net';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { WitnessOptions } from '../../src/http/index.ts';
import { createProxy, createWitness } from '../../src/http/index.ts';
import type { Exchange } from '../../src/model/index.ts';

/** Starts a server that ends with the test; answers its URL. */
export async function listen(server: net.Server): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await promise;
  onTestFinished(() => {
    if (server instanceof http.Server) server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** What stands before a server: where it listens, where the server does, and the next exchange as it is told. */
export interface Between {
  readonly url: string;
  readonly target: string;
  next(): Promise<Exchange>;
}

/** A proxy before a target, and the exchanges as they are told; `below` is the path of the target. */
export async function between(server: net.Server, options: Omit<WitnessOptions, 'onExchange'> = {}, below = ''): Promise<Between> {
  const told: Exchange[] = [];
  const waiting: ((exchange: Exchange) => void)[] = [];
  const target = await listen(server);
  const witness = createWitness({
    ...options,
    onExchange: (exchange) => {
      const waiter = waiting.shift();
      if (waiter === undefined) told.push(exchange);
      else waiter(exchange);
    },
  });
  const proxy = await createProxy({ to: target + below, tell: (event) => witness.take(event) });
  onTestFinished(() => proxy.close());
  const next = () => {
    const ready = told.shift();
    if (ready !== undefined) return Promise.resolve(ready);
    const { promise, resolve } = Promise.withResolvers<Exchange>();
    waiting.push(resolve);
    return promise;
  };
  return { url: proxy.url, target, next };
}

/** Sends raw bytes and gives what came back until the connection ended, or until `enough` of it. */
export function talk(url: string, bytes: string | Buffer, enough: (text: string) => boolean = () => false): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const socket = net.connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(bytes));
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
    if (!enough(text)) return;
    socket.destroy();
    resolve(text);
  });
  socket.on('close', () => resolve(text));
  socket.on('error', (error: NodeJS.ErrnoException) => {
    text += `<${error.code}>`;
  });
  return promise;
}
