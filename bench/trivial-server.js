// A server that does as little as one can that a client is satisfied with: a fixed JSON body with the members of the request in it,
// or a refusal where the bench says so in a header. The bench measures the client.
import http from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';

const fixed = JSON.parse(workerData.body);

http
  .createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const broken = request.headers['x-bench-refuse'];
      const body = Buffer.from(broken === undefined ? answerTo(Buffer.concat(chunks)) : refusalOf(decodeURIComponent(broken)));
      response.writeHead(broken === undefined ? 200 : 400, { 'content-type': 'application/json', 'content-length': body.length });
      response.end(body);
    });
  })
  .listen(0, '127.0.0.1', function () {
    parentPort.postMessage(this.address().port);
  });

function refusalOf(param) {
  return JSON.stringify({ error: { message: 'No.', type: 'invalid_request_error', param, code: null } });
}

function answerTo(bytes) {
  try {
    const sent = JSON.parse(bytes.toString());
    const echoed = Object.fromEntries(workerData.echo.filter((name) => sent[name] !== undefined).map((name) => [name, sent[name]]));
    return JSON.stringify({ ...fixed, ...echoed });
  } catch {
    return workerData.body;
  }
}
