// The two ways to load the package in Node offer the same, and nothing of how the module is loaded.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { byTerms, inThree, snapshot } from './line.js';
import { freshProject } from './project.js';

let project;
before(async () => {
  project = await freshProject();
});
after(() => project?.remove());

const OFFERED = ['Format', 'Line', 'createCredit', 'localeOf', 'preview'];

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
  assert.deepEqual(offered, [...OFFERED, 'init', 'initSync'].sort());
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

test('the streaming entry is ready at once with the bytes or a compiled module', async () => {
  for (const given of ['bytes', 'new WebAssembly.Module(bytes)']) {
    const offered = await project.run(`
      import { readFileSync } from 'node:fs';
      import { createCredit, initSync } from 'fiado/streaming';
      const bytes = readFileSync(new URL(import.meta.resolve('fiado/fiado_bg.wasm')));
      initSync(${given});
      const credit = createCredit({ snapshot: ${JSON.stringify(snapshot)} });
      console.log(JSON.stringify(credit.plans('1250.00')));
    `);
    assert.equal(offered.data[0].total, 1250, given);
  }
});

test('the scripted entry offers and answers the same, also while its memory grows', async () => {
  const due = Array.from({ length: 2_000 }, (_, day) => ({
    due_date: new Date(Date.UTC(2025, 11, 24) + day * 86_400_000).toISOString().slice(0, 10),
    amount: 1.25,
  }));
  const given = { ...snapshot, rules: [inThree, byTerms], due };
  const { offered, different } = await project.run(`
    import * as fiado from 'fiado';
    import * as scripted from 'fiado/scripted';
    const snapshot = ${JSON.stringify(given)};
    const lines = [];
    let different = 0;
    for (let turn = 0; turn < 200; turn += 1) {
      const cart = { amount: (turn * 60.5).toFixed(2), ...[{}, { installments: 3 }, { terms: [30, 60] }, { plan_id: 'none' }][turn % 4] };
      const answers = [fiado, scripted].map(({ createCredit }) => {
        const credit = createCredit({ snapshot });
        // Kept, so that the memory has to grow.
        lines.push(credit);
        return JSON.stringify([credit.preview(cart), credit.availability()]);
      });
      if (answers[0] !== answers[1]) different += 1;
    }
    console.log(JSON.stringify({ offered: Object.keys(scripted), different }));
  `);
  assert.deepEqual(offered, OFFERED);
  assert.equal(different, 0);
});
