// The types: what is right compiles under the strictest rules, what is wrong does not.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { byTerms, snapshot } from './line.js';
import { freshProject } from './project.js';

let project;
before(async () => {
  project = await freshProject();
});
after(() => project?.remove());

const BEGINNING = `
  import { Line, createCredit, preview, type Answer, type Plan, type Preview, type Snapshot } from 'fiado';
  const snapshot: Snapshot = ${JSON.stringify({ ...snapshot, rules: [byTerms] })};
`;

test('the answers have their types', async () => {
  const said = await project.compile(`${BEGINNING}
    const answer: Answer<Preview> = preview(snapshot, { amount: 1250.0, installments: 3 });
    if (answer.status === 'success') {
      const after: number | undefined = answer.data.credit_available_after;
      const [plan]: Plan[] = answer.data.plans;
      const date: string | undefined = answer.data.would_pass.earliest_date;
    } else {
      const code: string = answer.error.code;
    }
    const credit = createCredit({ snapshot });
    const offered: Answer<Plan[]> = credit.plans('1250.00');
    const same: Answer<Preview> = credit.preview({ amount: 1250.0, terms: [30, 60], language: 'en' });
    const left = credit.availability(Date.now());
    const largest: number | undefined = left.status === 'success' ? left.data.largest_amount : undefined;
    const line = new Line(snapshot);
    const numbers: Float64Array = line.preview(125000, Date.now());
    const hash: string | undefined = line.plan(0)?.plan_hash;
  `);
  assert.equal(said, '');
});

test('the streaming entry has the same, and init', async () => {
  const said = await project.compile(`
    import { createCredit, init, preview, type Cart } from 'fiado/streaming';
    await init();
    await init(new URL('https://example.com/fiado_bg.wasm'));
    await init(fetch('/fiado_bg.wasm'));
    await init(new Uint8Array());
    const cart: Cart = { amount: 1 };
  `);
  assert.equal(said, '');
});

for (const [mistake, statement, code] of [
  ['a cart without an amount', 'preview(snapshot, { installments: 3 });', 'TS2345'],
  ['a misspelt field', 'preview(snapshot, { amount: 1, instalments: 3 });', 'TS2561'],
  ['an answer used without a look at its status', 'preview(snapshot, { amount: 1 }).data;', 'TS2339'],
  ['an amount of minor units that is a text', "new Line(snapshot).preview('125000');", 'TS2345'],
]) {
  test(`${mistake} does not compile`, async () => {
    const said = await project.compile(BEGINNING + statement);
    assert.deepEqual(said.match(/TS\d+/g), [code], said);
  });
}
