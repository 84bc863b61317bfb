// A server that does as little as one can that a client is satisfied with: a fixed JSON body with the members of the request in it,
// or a refusal where the bench says so in a header. The bench measures the client.
import http from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';

const fixed = JSON.parse(workerData.body);
const refusal = JSON.stringify({ error: { message: 'No.', type: 'invalid_request_error', param: null, code: null } });

http
  .createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const refused = request.headers['x-bench'] === 'refuse';
      const body = Buffer.from(refused ? refusal : answerTo(Buffer.concat(chunks)));
      response.writeHead(refused ? 400 : 200, { 'content-type': 'application/json', 'content-length': body.length });
      response.end(body);
    });
  })
  .listen(0, '127.0.0.1', function () {
    parentPort.postMessage(this.address().port);
  });

function answerTo(bytes) {
  try {
    const sent = JSON.parse(bytes.toString());
    const echoed = Object.fromEntries(workerData.echo.filter((name) => sent[name] !== undefined).map((name) => [name, sent[name]]));
    return JSON.stringify({ ...fixed, ...echoed });
  } catch {
    return workerData.body;
  }
}
