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

const CLIENT_BEGINNING = `
  import { createCredit } from 'fiado';
  import { createClient, snapshotFrom } from 'fiado/client';
  const client = createClient({ baseUrl: 'https://credito.example', token: async () => 'a token', language: 'en' });
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
    const hash: string | undefined = line.plans()?.[0]?.plan_hash;
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

test('the client has the types of the façade, and feeds the engine', async () => {
  const said = await project.compile(`${CLIENT_BEGINNING}
    const path = '/api/v1/customers/{customer_id}/credit/use';
    const byPath = await client.POST(path, { path: { customer_id: 'cust_456' }, body: { order_id: 'order_789', amount: 1 } });
    const byName = await client.credit('cust_456').use({ order_id: 'order_789', amount: '1.00' }, { idempotencyKey: 'key' });
    for (const answer of [byPath, byName]) {
      if (answer.status === 'success') {
        const left: number = answer.data.credit_available;
        const replayed: boolean = answer.isReplayed;
      } else {
        const [code, undecided]: [string, boolean] = [answer.error.code, answer.isUndecided];
      }
    }
    const invoices = await client.credit('cust_456').invoices({ status: 'open', limit: 10 });
    if (invoices.status === 'success') {
      const more: boolean = invoices.data.length > 0 && invoices.pagination.has_next;
    }
    await client.credit('cust_456').suspend();
    await client.GET('/api/v1/session');
    const credit = createCredit({ fetch: snapshotFrom(client, 'cust_456') });
  `);
  assert.equal(said, '');
});

/** What must not compile: what is wrong with it, how it begins, the statement, and the compiler's code. */
const MISTAKES = [
  ['a cart without an amount', 'preview(snapshot, { installments: 3 });', 'TS2345'],
  ['a misspelt field', 'preview(snapshot, { amount: 1, instalments: 3 });', 'TS2561'],
  ['an answer used without a look at its status', 'preview(snapshot, { amount: 1 }).data;', 'TS2339'],
  ['an amount of minor units that is a text', "new Line(snapshot).preview('125000');", 'TS2345'],
].map(([mistake, ...rest]) => [mistake, BEGINNING, ...rest]);

const CLIENT_MISTAKES = [
  ["a path that is not the façade's", "client.GET('/api/v1/customers', {});", 'TS2345'],
  ['a command without its body', "client.credit('cust_456').use();", 'TS2554'],
  ['a path without its names', "client.GET('/api/v1/customers/{customer_id}/credit');", 'TS2554'],
  ['a misspelt query', "client.credit('cust_456').invoices({ state: 'open' });", 'TS2353'],
  ['a page of what is no list', "const a = await client.session(); if (a.status === 'success') a.pagination;", 'TS2339'],
].map(([mistake, ...rest]) => [`with the client, ${mistake}`, CLIENT_BEGINNING, ...rest]);

test('what is wrong does not compile', async (context) => {
  const all = [...MISTAKES, ...CLIENT_MISTAKES];
  const said = await project.compileEach(all.map(([, beginning, statement]) => beginning + statement));
  for (const [index, [mistake, , , code]] of all.entries()) {
    await context.test(mistake, () => assert.deepEqual(said[index].match(/TS\d+/g), [code], said[index]));
  }
});
