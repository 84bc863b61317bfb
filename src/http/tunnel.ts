import type { IncomingMessage } from 'node:http';
import net from 'node:net';
import type { Duplex } from 'node:stream';
import tls from 'node:tls';
import { pairsOf, pathBelow } from './forwarding.ts';
import { hostOf, portOf } from './pass.ts';

/** Ties an upgraded connection of a client to one of the target: from the request on, bytes as they are. */
export function tunnel(to: URL, prefix: string, incoming: IncomingMessage, client: Duplex, head: Buffer): Duplex {
  const host = hostOf(to);
  const place = { host, port: portOf(to) };
  const target =
    to.protocol === 'https:' ? tls.connect({ ...place, ...(net.isIP(host) === 0 && { servername: host }) }) : net.connect(place);
  const headers = pairsOf(incoming.rawHeaders).map(([name, value]) => `${name}: ${/^host$/i.test(name) ? to.host : value}`);
  const start = `${incoming.method} ${pathBelow(prefix, incoming.url ?? '/')} HTTP/1.1`;
  let open = false;
  target.once(to.protocol === 'https:' ? 'secureConnect' : 'connect', () => (open = true));
  target.write(`${[start, ...headers].join('\r\n')}\r\n\r\n`, 'latin1');
  target.write(head);
  target.pipe(client);
  client.pipe(target);
  target.on('error', ({ message }) => {
    if (open) client.destroy();
    else
      client.end(
        `HTTP/1.1 502 Bad Gateway\r\nConnection: close\r\n\r\nThis is the proxy that checks what passes, not ${to.origin}: ${message}\n`,
      );
  });
  client.on('error', () => target.destroy());
  client.on('close', () => target.destroy());
  target.on('close', () => client.end());
  return target;
}
