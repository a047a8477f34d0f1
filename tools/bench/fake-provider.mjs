// The SMS vendor of the benchmark: takes messages as fast as it can and hands each code to whoever waits for it.
import { createServer } from 'node:http';

export async function startFakeProvider() {
  const waiting = new Map();
  const arrived = new Map();
  const state = { messages: 0 };
  const server = createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const { to, code } = JSON.parse(Buffer.concat(chunks).toString('utf8'));
      state.messages += 1;
      const body = `{"status":"queued","id":"m${state.messages}"}`;
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body);
      const waiter = waiting.get(to);
      if (waiter === undefined) arrived.set(to, code);
      else {
        waiting.delete(to);
        waiter(code);
      }
    });
  });
  server.keepAliveTimeout = 600_000;
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: server.address().port,
    get messages() {
      return state.messages;
    },
    /** The code that is sent to this number. */
    codeFor(to) {
      const code = arrived.get(to);
      if (code !== undefined) {
        arrived.delete(to);
        return Promise.resolve(code);
      }
      return new Promise((resolve) => waiting.set(to, resolve));
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
