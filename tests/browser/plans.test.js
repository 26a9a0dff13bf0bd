// A shop whose rules offer plans: what is chosen is what is charged, what has changed is decided by the buyer, and what
// does not pass says what would.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { REFUSED, UNREACHABLE, dollars, eventually, openCheckout } from './checkoutPage.js';
import { openChromium } from './chromium.js';
import { weakTexts } from './contrast.js';
import { startServer } from './server.js';
import { customerWithLine, shopWithRule } from './shop.js';

const NOW = '2025-11-24T15:00:00Z';

/** At once without interest, three parts at 1 % a month, six at 1.5 %. */
const QUANTITIES = { quantities: [[1, 0], [3, 1], [6, 1.5]] };

let server;
let browser;
before(async () => {
  server = await startServer('--clock', NOW);
  browser = await openChromium();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** The page of a new customer with a line of 10,000.00 at a shop of its own. */
async function visit(id, rule) {
  const organization = `org_of_${id}`;
  const shop = rule && (await shopWithRule(server, organization, rule));
  const customer = await customerWithLine(server, id, { organization });
  const checkout = await openCheckout(browser, server, { token: customer.tokens.buyer, customer: id });
  await checkout.isReady();
  return { shop, customer, checkout };
}

test('the plans of the rules show their parts, total and interest, and what is chosen is what is charged', async () => {
  const { customer, checkout } = await visit('cust_rules', QUANTITIES);
  await checkout.order('1000');
  assert.deepEqual(await checkout.plans(), [
    ['1 pago', 'de $1,000.00', 'sin interés', 'el más económico'],
    ['3 cuotas', 'de $343.33', 'total $1,029.99', 'interés $29.99'],
    ['6 cuotas', 'de $181.66', 'total $1,089.96', 'interés $89.96'],
  ]);
  await checkout.choose(3);
  assert.deepEqual(await checkout.rows('.schedule'), [
    ['1 de 3', '24 dic 2025', '$343.33'],
    ['2 de 3', '23 ene 2026', '$343.33'],
    ['3 de 3', '22 feb 2026', '$343.33'],
  ]);
  assert.equal(await checkout.figure('Interés', '.summary'), '$29.99');
  assert.equal(await checkout.figure('Total', '.summary'), '$1,029.99');
  assert.equal(await checkout.figure('Disponible después'), '$8,970.01');
  assert.deepEqual(await weakTexts(checkout.page), []);
  await checkout.picture('rules');
  const request = checkout.page.waitForRequest('**/credit/use');

  await checkout.confirm();

  const sent = (await request).postDataJSON();
  assert.deepEqual(Object.keys(sent), ['order_id', 'amount', 'plan_id', 'plan_hash']);
  assert.match(sent.plan_id, /:3x$/);
  assert.deepEqual((await checkout.rows('.comparison')).slice(0, 4), [
    ['Importe del pedido', '$1,000.00', '$1,000.00\nigual'],
    ['Total con interés', '$1,029.99', '$1,029.99\nigual'],
    ['Deuda después', '$1,029.99', '$1,029.99\nigual'],
    ['Disponible después', '$8,970.01', '$8,970.01\nigual'],
  ]);
  assert.equal(await checkout.page.locator('.comparison .is-different').count(), 0);
  const invoices = await customer.invoices();
  assert.deepEqual(invoices.map((invoice) => invoice.value), [343.33, 343.33, 343.33]);
  await checkout.picture('receipt-interest');
  await checkout.close();
});

test('terms of payment are shown by their days, and fall due on them', async () => {
  const terms = [[[30, 0]], [[15, 0], [30, 0]], [[30, 0], [60, 2.5]], [[0, 0], [30, 0], [90, 3]]];
  const { customer, checkout } = await visit('cust_terms', { terms });
  await checkout.order('1000');
  assert.deepEqual(await checkout.plans(), [
    ['a 30 días', 'de $1,000.00', 'sin interés', 'el más económico'],
    ['a 15 y 30 días', 'de $500.00', 'sin interés', 'el más económico'],
    ['a 30 y 60 días', 'de $500.00 a $512.50', 'total $1,012.50', 'interés $12.50'],
    ['a 0, 30 y 90 días', 'de $333.33 a $343.34', 'total $1,010.00', 'interés $10.00'],
  ]);
  await checkout.page.getByRole('radio', { name: /^a 30 y 60 días/ }).check();
  assert.ok(await checkout.page.getByText('2 cuotas de $500.00 a $512.50; la primera, el 24 dic 2025').isVisible());
  await checkout.picture('terms');
  await checkout.confirm();
  const byDay = (await customer.invoices()).toSorted((one, other) => one.due_date.localeCompare(other.due_date));
  assert.deepEqual(byDay.map(({ due_date, value }) => [due_date, value]), [['2025-12-24', 500], ['2026-01-23', 512.5]]);
  await checkout.close();
});

test('a plan that has changed is shown beside the new one; accepted, it is charged once, under the same order', async () => {
  const { shop, customer, checkout } = await visit('cust_changes', QUANTITIES);
  await checkout.order('1000');
  await checkout.choose(3);
  await shop.becomes({ quantities: [[1, 0], [3, 2]] });
  const sent = [];
  checkout.page.on('request', (request) => {
    if (request.url().endsWith('/credit/use')) sent.push([request.postDataJSON(), request.headers()['idempotency-key']]);
  });

  await checkout.confirmButton.click();
  await checkout.page.getByRole('heading', { name: 'El plan de pago cambió' }).waitFor();

  assert.deepEqual(await checkout.rows('.comparison'), [
    ['Total', '$1,029.99', '$1,059.99\ncambió'],
    ['Interés', '$29.99', '$59.99\ncambió'],
    ['Cuota 1 de 3', '$343.33 · 24 dic 2025', '$353.33 · 24 dic 2025\ncambió'],
    ['Cuota 2 de 3', '$343.33 · 23 ene 2026', '$353.33 · 23 ene 2026\ncambió'],
    ['Cuota 3 de 3', '$343.33 · 22 feb 2026', '$353.33 · 22 feb 2026\ncambió'],
  ]);
  assert.match(await checkout.focused(), /El plan de pago cambió/);
  assert.equal((await customer.usages()).length, 0);
  assert.deepEqual(await weakTexts(checkout.page), []);
  await checkout.picture('plan-changed');

  await checkout.page.getByRole('button', { name: 'Aceptar y confirmar la compra' }).click();
  await checkout.isConfirmed();

  assert.equal(await checkout.page.locator('.comparison .is-different').count(), 0);
  const [usage, ...others] = await customer.usages();
  assert.deepEqual([usage.amount, usage.interest, others], [1059.99, 59.99, []]);
  assert.equal((await customer.line()).credit_used, 1059.99);
  const [[first, firstKey], [second, secondKey]] = sent;
  assert.equal(second.order_id, first.order_id);
  assert.notEqual(secondKey, firstKey);
  assert.notEqual(second.plan_hash, first.plan_hash);
  await checkout.close(REFUSED);
});

test('a plan that has changed need not be accepted: the order is there again, with the new figures', async () => {
  const { shop, customer, checkout } = await visit('cust_declines', QUANTITIES);
  await checkout.order('1000');
  await checkout.choose(6);
  await shop.becomes({ quantities: [[1, 0], [6, 2]] });
  await checkout.confirmButton.click();
  await checkout.page.getByRole('button', { name: 'Volver al pedido' }).click();
  assert.equal(await checkout.figure('Total', '.summary'), '$1,119.96');
  assert.match(await checkout.focused(), /Confirmar compra/);
  await checkout.choose(1);
  await checkout.confirm();
  assert.deepEqual((await customer.usages()).map((usage) => usage.amount), [1000]);
  assert.equal((await customer.line()).credit_used, 1000);
  await checkout.close(REFUSED);
});

test('a plan that is withdrawn says so, and the one that costs least is a press away', async () => {
  const { shop, customer, checkout } = await visit('cust_withdrawn', QUANTITIES);
  await checkout.order('1000');
  await checkout.choose(6);
  await shop.becomes({ quantities: [[2, 0.5], [3, 1]] });
  await checkout.confirmButton.click();
  await checkout.alert.waitFor();
  assert.match(await checkout.alert.innerText(), /dejó de ofrecer el plan que usted eligió[^]*CRD-2040/);
  await eventually(async () => assert.match(await checkout.verdict.innerText(), /Ese plan no se ofrece para este importe/));
  assert.deepEqual((await checkout.plans()).at(-1), ['6 cuotas', 'no se ofrece para este importe']);
  assert.ok(await checkout.confirmButton.isDisabled());
  await checkout.picture('plan-withdrawn');

  await checkout.page.getByRole('button', { name: /^Elegir este plan/ }).click();
  assert.equal(await checkout.figure('Total', '.summary'), '$1,010.00');
  assert.deepEqual((await checkout.plans()).map(([name]) => name), ['2 cuotas', '3 cuotas']);
  assert.match(await checkout.focused(), /Confirmar compra/);
  await checkout.confirm();
  assert.equal((await customer.line()).credit_used, 1010);
  await checkout.close(REFUSED);
});

test('a plan whose interest does not fit is marked, and the cheapest that does is a press away', async () => {
  const { customer, checkout } = await visit('cust_interest', QUANTITIES);
  await checkout.choose(6);
  await checkout.order('9900');
  assert.deepEqual((await checkout.plans()).map((lines) => lines.at(-1)), [
    'el más económico',
    'no alcanza su crédito',
    'no alcanza su crédito',
  ]);
  // What nobody chose and does not pass cannot be chosen either.
  assert.ok(await checkout.page.getByRole('radio', { name: /^3 cuotas/ }).isDisabled());
  assert.ok(await checkout.page.getByRole('radio', { name: /^6 cuotas/ }).isEnabled());
  assert.match(await checkout.verdict.innerText(), /El crédito no alcanza/);
  assert.deepEqual(await checkout.remedies(), [
    'Con el plan «1 pago», en total $9,900.00.',
    'Con un pedido de hasta $9,174.33, pagado así.',
    'Con un pago previo de $791.00 a su línea.',
  ]);
  assert.deepEqual(await weakTexts(checkout.page), []);
  await checkout.picture('interest-too-much');
  await checkout.page.getByRole('button', { name: /^Elegir este plan/ }).click();
  assert.ok(await checkout.page.getByRole('radio', { name: /^1 pago/ }).isChecked());
  await checkout.confirm();
  assert.equal((await customer.line()).credit_used, 9900);
  await checkout.close();
});

test('the largest order that passes is a press away: the freight shrinks first, then the quantities', async () => {
  const { checkout } = await visit('cust_largest');
  await checkout.order('12500');
  await checkout.page.getByRole('button', { name: /^Ajustar el pedido/ }).click();
  assert.equal(await checkout.figure('Total', '.summary'), '$10,000.00');
  assert.match(await checkout.verdict.innerText(), /Dentro de su línea/);
  assert.equal(await checkout.page.locator('.remedies').isVisible(), false);

  // 600 sheets are 11,070.00, and 542 of them 9,999.90.
  await checkout.quantities.last().fill('600');
  await checkout.page.getByRole('button', { name: /^Ajustar el pedido/ }).click();
  assert.equal(await checkout.quantities.last().inputValue(), '542');
  assert.equal(await checkout.figure('Total', '.summary'), '$9,999.90');
  await checkout.confirm();
  await checkout.close();
});

test('what is held and ends by itself is a date from which the order passes', async () => {
  const { customer, checkout } = await visit('cust_held');
  const hold = await server.ask('POST', '/api/creditcontrol/accounts/cust_held/transactions', customer.tokens.seller, { value: 9500 });
  assert.equal(hold.status, 200, JSON.stringify(hold.body));
  await checkout.page.reload();
  await checkout.isReady();
  await checkout.order('1000');
  assert.deepEqual(await checkout.remedies(), [
    'Con un pedido de hasta $500.00, pagado así.',
    'Con un pago previo de $500.00 a su línea.',
    'Desde el 25 nov 2025, cuando se libere lo que está retenido.',
  ]);
  await checkout.picture('held');
  await checkout.close();
});

test('where nothing helps, nothing is offered', async () => {
  const { customer, checkout } = await visit('cust_helpless', QUANTITIES);
  await customer.does('manager', 'POST', '/suspend', {});
  await checkout.page.reload();
  await checkout.isReady();
  assert.match(await checkout.verdict.innerText(), /La línea está suspendida/);
  assert.deepEqual(await checkout.remedies(), []);
  // That nothing passes is no reason to find fault with each plan.
  assert.ok((await checkout.plans()).flat().every((line) => line !== 'no alcanza su crédito'));
  await checkout.close();
});

test('a shop that offers nothing for an amount sells nothing on credit for it', async () => {
  const { shop, checkout } = await visit('cust_nothing', QUANTITIES);
  await shop.becomes({ quantities: [[2, 1]] });
  await checkout.page.reload();
  await checkout.isReady();
  await checkout.order('0.01');
  assert.match(await checkout.verdict.innerText(), /La tienda no ofrece ningún plan de pago para este importe/);
  assert.ok(await checkout.confirmButton.isDisabled());
  await checkout.freight.fill('0.02');
  assert.ok(await checkout.confirmButton.isEnabled());
  await checkout.close();
});

test('a reload keeps the chosen plan, and a request without an answer keeps the plan that was seen', async () => {
  const { shop, customer, checkout } = await visit('cust_keeps', QUANTITIES);
  await checkout.order('1000');
  await checkout.choose(3);
  await checkout.page.reload();
  await checkout.isReady();
  assert.ok(await checkout.page.getByRole('radio', { name: /^3 cuotas/ }).isChecked());

  // Carried out, and its answer lost; then the shop changes the plan.
  await checkout.page.route('**/credit/use', async (route) => {
    await route.fetch();
    await route.abort('connectionreset');
  });
  await checkout.confirmButton.click();
  await checkout.retryButton.waitFor();
  await checkout.page.unroute('**/credit/use');
  await shop.becomes({ quantities: [[3, 5]] });
  await checkout.page.reload();
  await checkout.retryButton.click();
  await checkout.isConfirmed();
  assert.equal(await checkout.page.locator('.comparison .is-different').count(), 0);
  assert.deepEqual((await customer.usages()).map((usage) => usage.interest), [29.99]);
  await checkout.close(UNREACHABLE);
});

test('a request that never arrived is asked again by its plan, which may have changed meanwhile', async () => {
  const { shop, customer, checkout } = await visit('cust_late_change', QUANTITIES);
  await checkout.order('1000');
  await checkout.choose(3);
  await checkout.page.route('**/credit/use', (route) => route.abort('internetdisconnected'));
  const first = checkout.page.waitForRequest('**/credit/use');
  await checkout.confirmButton.click();
  await checkout.retryButton.waitFor();
  await checkout.page.unroute('**/credit/use');
  await shop.becomes({ quantities: [[3, 2]] });
  await checkout.page.reload();
  await checkout.retryButton.click();
  const accept = checkout.page.getByRole('button', { name: 'Aceptar y confirmar la compra' });
  await accept.click();
  await checkout.isConfirmed();
  const [usage] = await customer.usages();
  assert.deepEqual([usage.order_id, usage.interest], [(await first).postDataJSON().order_id, 59.99]);
  assert.equal(dollars((await customer.line()).credit_used), '$1,059.99');
  await checkout.close(UNREACHABLE, REFUSED);
});
