// What stands between a client and its server, and fails as it is told: the next requests meet one fault each.

import { once } from 'node:events';
import { createServer } from 'node:http';

/**
 * Passes requests on to an address. The faults, which the next requests meet one after another, are functions of
 * `(request, response, forward)`; without a fault a request is passed on. `seen` is what came in; the test ends it with `close`.
 */
export async function startProxy(address) {
  const proxy = { address: '', faults: [], seen: [], close: () => server.close() };
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const { method, url, headers } = request;
    proxy.seen.push({ method, url, headers, body: body.toString() });
    const forward = () => passOn(address, { method, url, headers, body });
    const fault = proxy.faults.shift() ?? answer;
    await fault(request, response, forward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A test that fails before it can close the proxy must not wait for it.
  server.unref();
  proxy.address = `http://127.0.0.1:${server.address().port}`;
  return proxy;
}

async function passOn(address, { method, url, headers, body }) {
  const { host, connection, 'content-length': length, 'transfer-encoding': encoding, ...passed } = headers;
  const answered = await fetch(address + url, { method, headers: passed, body: body.length === 0 ? undefined : body });
  const content = Buffer.from(await answered.arrayBuffer());
  return { status: answered.status, headers: Object.fromEntries(answered.headers), content };
}

/** No fault: the server's own answer. */
async function answer(_request, response, forward) {
  const { status, headers, content } = await forward();
  response.writeHead(status, headers).end(content);
}

/** A busy moment: the server is not asked. */
export function busy(headers = {}, status = 503) {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'text/html', ...headers }).end('<h1>busy</h1>');
  };
}

/** The connection ends before the server is asked. */
export function dropped(request) {
  request.socket.destroy();
}

/** The server has carried it out, and nobody hears of it. */
export async function lost(request, _response, forward) {
  await forward();
  request.socket.destroy();
}

/** The server has carried it out, and the connection ends in the middle of its answer. */
export async function cut(request, response, forward) {
  const { status, headers, content } = await forward();
  response.writeHead(status, { ...headers, 'content-length': content.length });
  response.write(content.subarray(0, content.length / 2), () => request.socket.destroy());
}

/** Nothing ever comes. */
export function silent() {}
