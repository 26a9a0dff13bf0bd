// `fiado/client` against the real program, with a proxy between them that fails as it is told.

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';

import { startServer } from '../browser/server.js';
import { customerWithLine } from '../browser/shop.js';
import { freshProject } from './project.js';
import { busy, cut, dropped, lost, silent, startProxy } from './proxy.js';

let project;
let server;
let proxy;
let customer;
let fiado;
before(async () => {
  [project, server] = await Promise.all([freshProject(), startServer()]);
  fiado = {
    ...(await import(project.installed('dist/client.js'))),
    ...(await import(project.installed('dist/index.js'))),
  };
  proxy = await startProxy(server.address);
  customer = await customerWithLine(server, 'cust_client');
});
after(async () => {
  proxy?.close();
  await server?.stop();
  await project?.remove();
});
beforeEach(() => {
  proxy.faults = [];
  proxy.seen = [];
});

/** A client of the shop's seller, by way of the proxy. */
function clientOf(person = 'seller', more = {}) {
  return fiado.createClient({ baseUrl: proxy.address, token: customer.tokens[person], ...more });
}

const credit = (person, more) => clientOf(person, more).credit(customer.id);

let orders = 0;
/** An order that was not bought yet. */
function newOrder(amount = '10.00') {
  orders += 1;
  return { order_id: `order_${orders}`, amount };
}

test('a snapshot feeds the engine, which previews as the server does', async () => {
  const client = clientOf();
  const fetched = await fiado.snapshotFrom(client, customer.id)();
  assert.equal(fetched.status, 'success');
  const cart = { amount: '1250.50', installments: 3 };
  const here = fiado.createCredit({ snapshot: fetched.data }).preview(cart);
  const there = await client.credit(customer.id).preview(cart);
  assert.equal(there.status, 'success');
  assert.deepEqual(JSON.parse(JSON.stringify(here.data)), there.data);
  assert.equal(there.idempotencyKey, undefined);

  const fetching = fiado.createCredit({ fetch: fiado.snapshotFrom(client, customer.id) });
  assert.equal((await fetching.refresh()).status, 'success');
  assert.deepEqual(JSON.parse(JSON.stringify(fetching.preview(cart).data)), there.data);
});

test('an operation by its path says the same as by its name', async () => {
  const client = clientOf();
  const path = { customer_id: customer.id };
  const byPath = await client.GET('/api/v1/customers/{customer_id}/credit/invoices', { path, query: { limit: 1 } });
  const byName = await client.credit(customer.id).invoices({ limit: 1 });
  assert.deepEqual({ ...byName, requestId: '' }, { ...byPath, requestId: '' });
  assert.equal(byName.pagination.count, byName.data.length);
  assert.match(byName.requestId, /^req_/);
  assert.match(proxy.seen[0].url, /\/credit\/invoices\?limit=1$/);
});

test("a customer's name is written into the address whatever is in it", async () => {
  const odd = await customerWithLine(server, 'Café & Söhne ?#1');
  const client = clientOf('seller', { token: odd.tokens.seller });
  const { status, data } = await client.credit(odd.id).account();
  assert.equal(status, 'success');
  assert.equal(data.customer_id, odd.id);
});

test('the five operations and what they answer', async () => {
  const [seller, manager] = ['seller', 'manager'].map((person) => clientOf(person).credit('cust_five'));
  const business_info = { business_name: 'Constructora ABC', tax_id: 'RUC-123-456', years_in_business: 5 };
  const asked = await seller.request({ requested_limit: 5000, payment_term_days: 30, business_info });
  assert.deepEqual([asked.status, asked.httpStatus, asked.data.status], ['success', 201, 'pending']);
  assert.match(asked.idempotencyKey, /^[0-9a-f-]{36}$/);
  const approved = await manager.approve({ credit_limit: '5000.00' });
  assert.equal(approved.data.status, 'approved');
  const used = await seller.use({ order_id: 'order_five', amount: 1000.5 });
  assert.equal(used.data.credit_available, 3999.5);
  const paid = await seller.pay({ payment_reference: 'transfer_1', amount: '500.50', payment_date: (await seller.snapshot()).data.today });
  assert.equal(paid.data.amount, 500.5);
  const { data } = await seller.account();
  assert.equal(data.credit_used, 500);
  const lower = await manager.changeLimit({ credit_limit: 4000 });
  assert.equal(lower.status, 'success');
});

test('a busy server is asked again, under the same key', async () => {
  proxy.faults = [busy({ 'retry-after': '0' }), busy()];
  const used = await credit().use(newOrder());
  assert.equal(used.status, 'success');
  const keys = proxy.seen.map(({ headers }) => headers['idempotency-key']);
  assert.deepEqual(keys, Array(3).fill(used.idempotencyKey));
});

test('as long as the server asks for is waited', async () => {
  proxy.faults = [busy({ 'retry-after': '1' })];
  const started = performance.now();
  assert.equal((await credit().account()).status, 'success');
  const waited = performance.now() - started;
  assert.ok(waited >= 1000 && waited < 10_000, `${waited} ms`);
});

test('a wait of hours is not waited', async () => {
  proxy.faults = [busy({ 'retry-after': '7200' })];
  const answer = await credit().account();
  assert.deepEqual([answer.status, answer.httpStatus, answer.error.code], ['error', 503, 'CLI-0001']);
  assert.equal(proxy.seen.length, 1);
});

for (const [name, fault, isReplayed] of [
  ['before the server was asked', dropped, false],
  ['after the server had done it', lost, true],
  ['in the middle of the answer', cut, true],
]) {
  test(`a purchase is made once where the connection ends ${name}`, async () => {
    const before = await customer.line();
    proxy.faults = [fault];
    const used = await credit().use(newOrder('10.00'));
    assert.equal(used.status, 'success', JSON.stringify(used));
    assert.equal(used.isReplayed, isReplayed);
    const after = await customer.line();
    assert.equal(after.credit_used, before.credit_used + 10);
  });
}

test('whoever gives up knows that it is undecided, and learns by the same key how it ended', async () => {
  proxy.faults = [lost, lost];
  const order = newOrder('10.00');
  const given = await credit('seller', { retries: 1 }).use(order);
  assert.deepEqual([given.status, given.error.code, given.isUndecided, given.httpStatus], ['error', 'CLI-0001', true, undefined]);
  assert.equal(given.error.message, 'El servidor no respondió. Revise la conexión y repita.');
  const again = await credit().use(order, { idempotencyKey: given.idempotencyKey });
  assert.deepEqual([again.status, again.isReplayed], ['success', true]);
});

test('a question is never undecided', async () => {
  proxy.faults = [dropped];
  const answer = await credit('seller', { retries: 0 }).account();
  assert.deepEqual([answer.status, answer.isUndecided], ['error', false]);
});

test('a refusal is a value, in the language that was asked for, and is not repeated', async () => {
  const refused = await credit('seller', { language: 'en' }).use(newOrder('90000.00'));
  assert.deepEqual([refused.status, refused.httpStatus, refused.isUndecided], ['error', 409, false]);
  assert.deepEqual([refused.error.code, refused.error.type], ['CRD-2003', 'CREDIT_NOT_AVAILABLE']);
  assert.match(refused.error.message, /^The customer has no credit available/);
  assert.equal(refused.error.details.required, 90000);
  assert.equal(proxy.seen.length, 1);
});

test('wrong fields are named', async () => {
  const { error, httpStatus } = await credit().use({ order_id: '', amount: -1 });
  assert.equal(httpStatus, 422);
  assert.deepEqual(
    error.details.fields.map(({ field }) => field).sort(),
    ['amount', 'order_id'],
  );
});

test('a refusal after a lost try leaves open how the lost one ended', async () => {
  proxy.faults = [lost];
  let asked = 0;
  const token = () => ((asked += 1) === 1 ? customer.tokens.seller : 'no token');
  const answer = await credit('seller', { token }).use(newOrder());
  assert.deepEqual([answer.httpStatus, answer.isUndecided], [401, true]);
});

test('the token is asked for before each try, and one that cannot be had sends nothing', async () => {
  proxy.faults = [busy()];
  const tokens = ['an old one', customer.tokens.seller];
  assert.equal((await credit('seller', { token: async () => tokens.shift() }).account()).status, 'success');
  proxy.seen = [];
  const signedOut = () => Promise.reject(new Error('signed out'));
  const { error, isUndecided } = await credit('seller', { token: signedOut }).use(newOrder());
  assert.deepEqual([error.code, isUndecided, proxy.seen.length], ['CLI-0004', false, 0]);
});

test('the signal ends a call while it is sent and while it waits', async () => {
  for (const fault of [silent, busy({ 'retry-after': '20' })]) {
    proxy.faults = [fault];
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 200);
    const started = performance.now();
    const { error } = await credit().account({ signal: controller.signal });
    assert.equal(error.code, 'CLI-0002');
    assert.ok(performance.now() - started < 5_000);
  }
  proxy.seen = [];
  const { error, isUndecided } = await credit().use(newOrder(), { signal: AbortSignal.abort() });
  assert.deepEqual([error.code, isUndecided, proxy.seen.length], ['CLI-0002', false, 0]);
});

test('a try that takes too long is given up, and made again', async () => {
  proxy.faults = [silent];
  const { status } = await credit('seller', { timeout: 300 }).account();
  assert.equal(status, 'success');
  assert.equal(proxy.seen.length, 2);
});

test('a try may take as long as it likes', async () => {
  const { status } = await credit('seller', { timeout: Infinity }).account();
  assert.equal(status, 'success');
  assert.equal(proxy.seen.length, 1);
});

test('a page of something else is no answer', async () => {
  proxy.faults = [busy({}, 200), busy({}, 404)];
  for (const httpStatus of [200, 404]) {
    const answer = await credit().account();
    assert.deepEqual([answer.status, answer.httpStatus, answer.error.code], ['error', httpStatus, 'CLI-0003']);
  }
});

test('a key is made where the page is not served over HTTPS', async () => {
  Object.defineProperty(crypto, 'randomUUID', { value: undefined, configurable: true });
  try {
    const { idempotencyKey, status } = await credit().use(newOrder());
    assert.equal(status, 'success');
    assert.match(idempotencyKey, /^[0-9a-f]{32}$/);
  } finally {
    // What stands behind it is the prototype's own again.
    delete crypto.randomUUID;
  }
});

test('a mistake of the program is thrown', async () => {
  const client = fiado.createClient({ baseUrl: 'no address', token: 'a token' });
  await assert.rejects(() => client.session(), TypeError);
});
