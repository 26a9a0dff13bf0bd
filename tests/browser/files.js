// A plain file server for one folder: a page without a bundler and without our server.

import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm' };
const EMPTY_PAGE = '<!doctype html><title>Fiado</title><link rel="icon" href="data:,">';

/** Serves the files of a folder, and a page at `/`, with these headers; the test ends it with `close`. */
export async function serveFiles(folder, { page = EMPTY_PAGE, headers = {} } = {}) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const content = pathname === '/' ? page : await readFile(join(folder, normalize(pathname))).catch(() => undefined);
    const type = TYPES[extname(pathname)] ?? 'text/html';
    response.writeHead(content === undefined ? 404 : 200, { ...headers, 'content-type': type }).end(content);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A test that fails before it can close the server must not wait for it.
  server.unref();
  return {
    address: `http://127.0.0.1:${server.address().port}`,
    close: () => server.close(),
  };
}
