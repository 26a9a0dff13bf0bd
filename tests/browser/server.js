// A server of our own for one test file: the real program on a free port, with books that are empty and thrown away.

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const execute = promisify(execFile);
const PROGRAM = process.env.FIADO_BIN ?? fileURLToPath(new URL('../../target/debug/fiado', import.meta.url));

/** Starts `fiado serve`, with these options, and waits until it says where it listens; the test ends it with `stop`. */
export async function startServer(...options) {
  const folder = await mkdtemp(join(tmpdir(), 'fiado-browser-'));
  const environment = { ...process.env, FIADO_LISTEN: '127.0.0.1:0', FIADO_STORE: `sqlite:${join(folder, 'fiado.db')}` };
  const stdio = ['ignore', 'pipe', 'inherit'];
  const child = spawn(PROGRAM, ['serve', ...options], { cwd: folder, env: environment, stdio });
  const server = new Server(child, folder, environment);
  for await (const line of createInterface({ input: child.stdout })) {
    [server.address] = line.match(/http:\S+/) ?? [];
    if (server.address) return server;
  }
  await server.stop();
  throw new Error('the server ended before it was ready');
}

class Server {
  constructor(child, folder, environment) {
    this.child = child;
    this.folder = folder;
    this.environment = environment;
  }

  /** Runs another command of the program with the same books and returns what it printed. */
  async fiado(...options) {
    const { stdout } = await execute(PROGRAM, options, { env: this.environment });
    return stdout.trim();
  }

  /** A token for a person, with these permissions; `more` are further options of `fiado token`. */
  token(person, permissions, ...more) {
    return this.fiado('token', '--sub', person, '--permissions', permissions.join(','), ...more);
  }

  /** Asks the API and returns the status and the body. */
  async ask(method, path, token, body) {
    const answer = await fetch(this.address + path, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    return { status: answer.status, body: await answer.json() };
  }

  /** Stops the server cleanly and throws its books away. */
  async stop() {
    if (this.isRunning()) {
      this.child.kill('SIGTERM');
      await once(this.child, 'exit');
    }
    await rm(this.folder, { recursive: true });
  }

  isRunning() {
    return this.child.exitCode === null && this.child.signalCode === null;
  }
}
