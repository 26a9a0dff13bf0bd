// The package in a browser as it is: no bundler, no server of ours, one `import`.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { complaintsOf, openChromium } from './chromium.js';
import { serveFiles } from './files.js';

const DIST = fileURLToPath(new URL('../../pkg/dist', import.meta.url));

let browser;
let files;
before(async () => {
  files = await serveFiles(DIST);
  browser = await openChromium();
});
after(async () => {
  await browser?.close();
  files?.close();
});

/** Evaluates a function on an empty page and returns its answer, when the page had nothing to complain about. */
async function onEmptyPage(evaluated) {
  const page = await browser.newPage();
  const complaints = complaintsOf(page);
  await page.goto(files.address);
  const answer = await page.evaluate(evaluated);
  await page.close();
  assert.deepEqual(complaints, []);
  return answer;
}

test('the default entry is ready when its import is, and asks for no other file', async () => {
  const { offered, requested } = await onEmptyPage(async () => {
    const fiado = await import('/index.js');
    const requested = performance.getEntriesByType('resource').map((entry) => new URL(entry.name).pathname);
    return { offered: Object.keys(fiado), requested };
  });
  assert.deepEqual(offered, ['Format', 'Line', 'createCredit', 'localeOf', 'preview']);
  assert.ok(!requested.some((path) => path.endsWith('.wasm')), `requested ${requested}`);
});

test('the streaming entry finds the module beside itself', async () => {
  const offered = await onEmptyPage(async () => {
    const fiado = await import('/streaming.js');
    await fiado.init();
    return Object.keys(fiado);
  });
  assert.deepEqual(offered, ['Format', 'Line', 'createCredit', 'init', 'initSync', 'localeOf', 'preview']);
});

test('the streaming entry takes an address', async () => {
  const isLoaded = await onEmptyPage(async () => {
    const fiado = await import('/streaming.js');
    await fiado.init('/fiado_bg.wasm');
    return true;
  });
  assert.equal(isLoaded, true);
});
