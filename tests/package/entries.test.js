// The two ways to load the package in Node offer the same, and nothing of how the module is loaded.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { freshProject } from './project.js';

let project;
before(async () => {
  project = await freshProject();
});
after(() => project?.remove());

const OFFERED = ['Line', 'createCredit', 'preview'];

test('the default entry is ready when its import is', async () => {
  const offered = await project.run(`
    import * as fiado from 'fiado';
    console.log(JSON.stringify(Object.keys(fiado)));
  `);
  assert.deepEqual(offered, OFFERED);
});

test('the streaming entry takes the bytes of the module', async () => {
  const offered = await project.run(`
    import { readFile } from 'node:fs/promises';
    import * as fiado from 'fiado/streaming';
    const module = import.meta.resolve('fiado/fiado_bg.wasm');
    await fiado.init(await readFile(new URL(module)));
    console.log(JSON.stringify(Object.keys(fiado)));
  `);
  assert.deepEqual(offered, [...OFFERED, 'init'].sort());
});

test('the streaming entry takes a compiled module', async () => {
  const loaded = await project.run(`
    import { readFile } from 'node:fs/promises';
    import { init } from 'fiado/streaming';
    const bytes = await readFile(new URL(import.meta.resolve('fiado/fiado_bg.wasm')));
    await init(await WebAssembly.compile(bytes));
    await init(bytes);
    console.log(true);
  `);
  assert.equal(loaded, true);
});
