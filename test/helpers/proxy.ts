import { type IncomingMessage, type ServerResponse, createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A request that went through, and how the server behind answered. */
export interface Passed {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly body: string;
}

/** What stands between a run and a server, so that the server looks like somebody else's. */
export interface Proxy {
  readonly url: string;
  /** Answered requests in order. */
  readonly passed: readonly Passed[];
}

/** Passes every request on to a server and remembers the answer; `before` may hold a request back. */
export async function startProxy(
  origin: string,
  before: (passed: readonly Passed[], next: { readonly method: string; readonly path: string }) => Promise<void> = async () => {},
): Promise<Proxy> {
  const passed: Passed[] = [];
  const server = createServer(
    (request, response) =>
      void before(passed, { method: request.method ?? '', path: request.url ?? '' }).then(() => pass(origin, request, response, passed)),
  );
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, passed };
}

function pass(origin: string, request: IncomingMessage, response: ServerResponse, passed: Passed[]): void {
  const { method = '', url = '', headers } = request;
  const onward = send(`${origin}${url}`, { method, headers }, (answer) => {
    const chunks: Buffer[] = [];
    response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
    answer.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      response.write(chunk);
    });
    answer.on('end', () => {
      passed.push({ method, path: url, status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString() });
      response.end();
    });
  });
  onward.on('error', () => response.destroy());
  request.pipe(onward);
}
