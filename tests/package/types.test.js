// The types: what is right compiles under the strictest rules, what is wrong does not.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { snapshot } from './line.js';
import { freshProject } from './project.js';

let project;
before(async () => {
  project = await freshProject();
});
after(() => project?.remove());

const BEGINNING = `
  import { assess, plans, type Assessment, type Plan, type Preview, type Snapshot } from 'fiado';
  const snapshot: Snapshot = ${JSON.stringify(snapshot)};
`;

test('the answers have their types', async () => {
  const said = await project.compile(`${BEGINNING}
    const verdict: Preview<Assessment> = assess(snapshot, { amount: 1250.0, installments: 3 });
    const offers: Preview<Plan[]> = plans(snapshot, { amount: '1250.00' });
    if (verdict.status === 'success') {
      const after: number | undefined = verdict.data.credit_available_after;
    } else {
      const code: string = verdict.error.code;
    }
  `);
  assert.equal(said, '');
});

test('the streaming entry has the same, and init', async () => {
  const said = await project.compile(`
    import { assess, init, type Cart } from 'fiado/streaming';
    await init();
    await init(new URL('https://example.com/fiado_bg.wasm'));
    await init(fetch('/fiado_bg.wasm'));
    await init(new Uint8Array());
    const cart: Cart = { amount: 1 };
  `);
  assert.equal(said, '');
});

for (const [mistake, statement, code] of [
  ['a cart without an amount', 'assess(snapshot, { installments: 3 });', 'TS2345'],
  ['a misspelt field', 'assess(snapshot, { amount: 1, instalments: 3 });', 'TS2561'],
  ['an answer used without a look at its status', 'assess(snapshot, { amount: 1 }).data;', 'TS2339'],
]) {
  test(`${mistake} does not compile`, async () => {
    const said = await project.compile(BEGINNING + statement);
    assert.deepEqual(said.match(/TS\d+/g), [code], said);
  });
}
