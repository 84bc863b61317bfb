// A server that answers every request with one fixed JSON body: the bench measures the client.
import http from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';

const body = Buffer.from(workerData.body);
const server = http.createServer((request, response) => {
  request.on('end', () => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
    response.end(body);
  });
  request.resume();
});
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
