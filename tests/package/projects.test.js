// The package in a fresh project of each kind, installed from its tarball, with real previews in each: everywhere they are
// Node's, and Node's are the corpus's.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';

import { complaintsOf, openChromium } from '../browser/chromium.js';
import { serveFiles } from '../browser/files.js';
import { cases, expected } from './cases.js';
import { freshProject } from './project.js';

let browser;
/** What Node answers. */
let answers;
before(async () => {
  browser = await openChromium();
  answers = await inProject(undefined, (project) =>
    project.run(`
      import { createCredit } from 'fiado';
      const cases = ${JSON.stringify(cases)};
      console.log(JSON.stringify(cases.map(({ snapshot, cart }) => createCredit({ snapshot }).preview(cart))));
    `),
  );
});
after(() => browser?.close());

test('in Node the figures are those of the corpus', () => {
  const [{ data }] = answers;
  const { verdict, spendable, shortfall, would_pass, plan, plans } = expected;
  assert.equal(data.verdict, verdict);
  assert.equal(data.spendable, spendable);
  assert.equal(data.shortfall, shortfall);
  assert.deepEqual(data.would_pass, would_pass);
  assert.equal(data.plan.plan_id, plan.plan_id);
  assert.equal(data.plan.total, plan.total);
  assert.deepEqual(
    data.plans.map(({ plan_id, accepted }) => ({ plan_id, accepted })),
    plans,
  );
  assert.deepEqual(
    answers.map(({ status }) => status),
    ['success', 'success', 'error'],
  );
});

test('in Node `require` gives the same', async () => {
  const required = await inProject(undefined, (project) =>
    project.run(`
      import { createRequire } from 'node:module';
      const { createCredit } = createRequire(import.meta.url)('fiado');
      const cases = ${JSON.stringify(cases)};
      console.log(JSON.stringify(cases.map(({ snapshot, cart }) => createCredit({ snapshot }).preview(cart))));
    `),
  );
  assert.deepEqual(required, answers);
});

test('in a page without a bundler', () =>
  inPages('page', {}, async (told) => {
    assert.deepEqual(await told('/index.html'), answers);
    assert.deepEqual(await told('/streaming.html'), answers);
  }));

test('in a web worker', () =>
  inPages('worker', {}, async (told) => {
    assert.deepEqual(await told('/index.html'), answers);
  }));

test('in a page whose policy forbids WebAssembly, by the scripted entry', () => {
  const headers = { 'content-security-policy': "default-src 'none'; script-src 'self'; img-src data:" };
  return inPages('scripted', { headers, complaints: [/violates the following Content Security Policy/] }, async (told) => {
    assert.deepEqual(await told('/index.html', 'whyNot'), 'CompileError');
    assert.deepEqual(await told('/index.html'), answers);
  });
});

test('built by Vite, in the page and in its worker', () =>
  inPages('vite', { built: 'dist' }, async (told) => {
    assert.deepEqual(await told('/index.html'), answers);
    assert.deepEqual(await told('/streaming.html'), answers);
    assert.deepEqual(await told('/inWorker.html'), answers);
  }));

for (const kind of ['webpack', 'esbuild']) {
  test(`built by ${kind}`, () =>
    inPages(kind, { built: '' }, async (told) => {
      assert.deepEqual(await told('/index.html'), answers);
      assert.deepEqual(await told('/streaming.html'), answers);
    }));
}

test('in Next.js: on the server, in what it renders, and in the browser', () =>
  inProject('next', async (project) => {
    await project.build();
    const next = await startNext(project);
    try {
      const page = await browser.newPage();
      const complaints = complaintsOf(page);
      await page.goto(next.address);
      assert.deepEqual(await toldOn(page, 'fiadoAnswers'), answers);
      assert.deepEqual(JSON.parse(await page.locator('#server').innerText()), answers);
      assert.deepEqual(JSON.parse(await page.locator('#rendered').innerText()), answers);
      await page.getByText('defined', { exact: true }).waitFor();
      assert.deepEqual(complaints, []);
      await page.close();
    } finally {
      await next.stop();
    }
  }));

/** Does something in a project of a kind, and throws the project away. */
async function inProject(kind, work) {
  const project = await freshProject(kind);
  try {
    return await work(project);
  } finally {
    await project.remove();
  }
}

/**
 * Serves a project's folder, or the one it is built into (`built`), and hands over how to read what a page tells; the pages
 * may complain of nothing but `complaints`.
 */
function inPages(kind, { built, headers, complaints: allowed = [] }, work) {
  return inProject(kind, async (project) => {
    if (built !== undefined) await project.build();
    const files = await serveFiles(join(project.folder, built ?? ''), { headers });
    const told = async (path, name = 'fiadoAnswers') => {
      const page = await browser.newPage();
      const complaints = complaintsOf(page);
      await page.goto(files.address + path);
      const answer = await toldOn(page, name);
      await page.close();
      assert.deepEqual(
        complaints.filter((complaint) => !allowed.some((pattern) => pattern.test(complaint))),
        [],
      );
      return answer;
    };
    try {
      await work(told);
    } finally {
      files.close();
    }
  });
}

/** What a page has told under a name, once it has. */
async function toldOn(page, name) {
  const handle = await page.waitForFunction((name) => globalThis[name], name, { timeout: 30_000 });
  return handle.jsonValue();
}

/** Starts what Next.js has built, and waits until it says where it listens. */
async function startNext(project) {
  const program = join(project.folder, 'node_modules/next/dist/bin/next');
  const options = ['start', '--hostname', '127.0.0.1', '--port', '0'];
  const child = spawn(process.execPath, [program, ...options], {
    cwd: project.folder,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  for await (const line of createInterface({ input: child.stdout })) {
    const [address] = line.match(/http:\/\/127\.0\.0\.1:\d+/) ?? [];
    if (address) {
      child.stdout.resume();
      return { address, stop };
    }
  }
  throw new Error('next start ended before it was ready');
}
