// Preloaded into a process and its children: a connection to anything but loopback fails, and is written down.
const { appendFileSync } = require('node:fs');
const net = require('node:net');

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...args) {
  const first = Array.isArray(args[0]) ? args[0][0] : args[0];
  const host = typeof first === 'object' ? (first.path ? 'localhost' : (first.host ?? 'localhost')) : String(args[1] ?? 'localhost');
  if (!/^(?:localhost|127\.\d+\.\d+\.\d+|::1|\[::1\])$/.test(host)) {
    appendFileSync(process.env.ASSAY_TEST_CONNECTIONS, `${host}\n`);
    throw new Error(`No connection to ${host}: only loopback is there in this test.`);
  }
  return connect.apply(this, args);
};
