// The road a buyer goes, in a real browser, with the real server and the real books behind it.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { barriers } from './accessibility.js';
import { REFUSED, UNREACHABLE, cents, dollars, eventually, openCheckout } from './checkoutPage.js';
import { openChromium } from './chromium.js';
import { weakTexts } from './contrast.js';
import { startServer } from './server.js';
import { customerWithLine } from './shop.js';

// The day of the documentation's examples. The machine's own clock is far from it, which a page must not mind.
const NOW = '2025-11-24T15:00:00Z';

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

/** The page of a new customer with a line of 10,000.00, ready to buy. */
async function visit(id, { line, ...more } = {}) {
  const customer = await customerWithLine(server, id, line);
  const checkout = await openCheckout(browser, server, { token: customer.tokens.buyer, customer: id, ...more });
  await checkout.isReady();
  return { customer, checkout };
}

test('the first purchase of the documentation: 5000.00 of 10000.00, due on 24 December', async () => {
  const { customer, checkout } = await visit('cust_first');
  await checkout.order('5,000.00');
  assert.equal(await checkout.figure('Deuda después'), '$5,000.00');
  assert.equal(await checkout.figure('Disponible después'), '$5,000.00');

  await checkout.confirm();

  assert.deepEqual(await checkout.rows('.comparison'), [
    ['Importe del pedido', '$5,000.00', '$5,000.00\nigual'],
    ['Deuda después', '$5,000.00', '$5,000.00\nigual'],
    ['Disponible después', '$5,000.00', '$5,000.00\nigual'],
    ['Vencimiento', '24 dic 2025', '24 dic 2025\nigual'],
  ]);
  const [usage] = await customer.usages();
  assert.deepEqual([usage.amount, usage.due_date], [5000, '2025-12-24']);
  await checkout.close();
});

test('the figures shown before are those answered and those of the line afterwards, to the cent', async () => {
  const { customer, checkout } = await visit('cust_same');
  await customer.buysElsewhere(1234.56);
  await checkout.page.reload();
  await checkout.isReady();
  await checkout.picture('accepted');
  const [total, used, available] = await Promise.all([
    checkout.figure('Total'),
    checkout.figure('Deuda después'),
    checkout.figure('Disponible después'),
  ]);
  const request = checkout.page.waitForResponse((response) => response.url().endsWith('/credit/use'));

  await checkout.confirm();

  const { data } = await (await request).json();
  assert.deepEqual([dollars(data.amount), dollars(data.credit_used), dollars(data.credit_available)], [total, used, available]);
  const line = await customer.line();
  assert.deepEqual([dollars(line.credit_used), dollars(line.credit_available)], [used, available]);
  await eventually(async () => assert.equal(await checkout.available(), available));
  assert.equal(await checkout.figure('Usado'), used);
  assert.equal(await checkout.page.locator('.comparison .is-different').count(), 0);
  await checkout.picture('receipt');
  await checkout.close();
});

test('the cart adds up exactly', async () => {
  const { checkout } = await visit('cust_sums');
  // In floats 0.92 × 1513 + 8.74 × 77 + 0.01 is 2064.9500000000003.
  const quantities = await checkout.quantities.all();
  for (const [index, quantity] of ['0', '77', '1513', '0'].entries()) await quantities[index].fill(quantity);
  await checkout.freight.fill('0.01');
  assert.equal(await checkout.figure('Productos'), '$2,064.94');
  assert.equal(await checkout.figure('Total'), '$2,064.95');
  await checkout.page.getByRole('button', { name: 'Agregar uno: Bloque' }).click();
  assert.equal(await checkout.figure('Total'), '$2,065.87');
  await checkout.page.getByRole('button', { name: 'Quitar uno: Varilla' }).click();
  assert.equal(await checkout.figure('Total'), '$2,057.13');
  await checkout.close();
});

test('while the amount grows the verdict turns, and says what would make it pass', async () => {
  const { checkout } = await visit('cust_grows');
  await checkout.order('10000.00');
  assert.match(await checkout.verdict.innerText(), /Dentro de su línea/);
  assert.equal(await checkout.figure('Disponible después'), '$0.00');
  assert.ok(await checkout.confirmButton.isEnabled());

  await checkout.freight.fill('10000.01');
  assert.equal(await checkout.figure('Puede comprar hasta'), '$10,000.00');
  assert.equal(await checkout.figure('Faltan'), '$0.01');
  const verdict = await checkout.verdict.innerText();
  assert.match(verdict, /El crédito no alcanza/);
  assert.match(verdict, /con un pago previo de al menos \$0\.01/);
  assert.match(verdict, /CRD-2003/);
  assert.ok(await checkout.confirmButton.isDisabled());

  await checkout.freight.fill('12500');
  assert.equal(await checkout.figure('Faltan'), '$2,500.00');
  await checkout.picture('refused');
  await checkout.pictureOfPhone('refused-phone-first-sight');
  const reached = checkout.page.getByRole('button', { name: 'Ver resumen' });
  await reached.click();
  await reached.waitFor({ state: 'hidden' });

  await checkout.freight.fill('9,999.99');
  assert.equal(await checkout.figure('Disponible después'), '$0.01');
  assert.ok(await checkout.confirmButton.isEnabled());
  await checkout.close();
});

test('the installments add up to the total, and the remainder is on the last', async () => {
  const { checkout } = await visit('cust_plans');
  for (const [amount, count, parts] of [
    ['100.00', 3, ['$33.33', '$33.33', '$33.34']],
    ['100.01', 2, ['$50.00', '$50.01']],
    ['4184.20', 12, [...Array(11).fill('$348.68'), '$348.72']],
    ['0.06', 6, Array(6).fill('$0.01')],
  ]) {
    await checkout.order(amount);
    await checkout.choose(count);
    const rows = await checkout.rows('.schedule');
    assert.deepEqual(rows.map(([, , part]) => part), parts);
    const sum = rows.reduce((total, [, , part]) => total + cents(part), 0);
    assert.equal(sum, cents(await checkout.figure('Total')));
    assert.equal(await checkout.page.locator('.schedule tfoot td').innerText(), await checkout.figure('Total'));
  }
  await checkout.order('0.05');
  assert.match(await checkout.verdict.innerText(), /Demasiadas cuotas para este importe/);
  assert.equal(await checkout.figure('Cuotas como máximo'), '5');
  assert.ok(await checkout.confirmButton.isDisabled());
  await checkout.close();
});

test('a purchase in installments is recorded with the schedule that was shown', async () => {
  const { customer, checkout } = await visit('cust_schedule');
  await checkout.choose(3);
  const shown = await checkout.rows('.schedule');
  assert.deepEqual(shown.map(([, day]) => day), ['24 dic 2025', '23 ene 2026', '22 feb 2026']);

  await checkout.confirm();

  const recorded = (await checkout.rows('.comparison')).slice(3).map(([, , part]) => part.split(/\s*·\s*|\n/));
  assert.deepEqual(recorded, shown.map(([, day, amount]) => [amount, day, 'igual']));
  const invoices = await customer.invoices();
  const byDay = invoices.toSorted((one, other) => one.due_date.localeCompare(other.due_date));
  assert.deepEqual(byDay.map((invoice) => dollars(invoice.value)), shown.map(([, , amount]) => amount));
  assert.deepEqual(byDay.map((invoice) => invoice.due_date), ['2025-12-24', '2026-01-23', '2026-02-22']);
  await checkout.picture('receipt-installments');
  await checkout.close();
});

test('pressing the button again and again charges once', async () => {
  const { customer, checkout } = await visit('cust_impatient');
  await checkout.order('1000');
  await checkout.page.route('**/credit/use', async (route) => {
    await checkout.page.waitForTimeout(300);
    await route.continue();
  });
  await checkout.confirmButton.dblclick();
  await checkout.confirmButton.evaluate((button) => {
    for (let press = 0; press < 5; press += 1) button.click();
  });
  await checkout.isConfirmed();
  assert.equal((await customer.usages()).length, 1);
  assert.equal((await customer.line()).credit_used, 1000);
  await checkout.close();
});

test('another order of the same page is another purchase', async () => {
  const { customer, checkout } = await visit('cust_again');
  await checkout.order('1000');
  await checkout.confirm();
  await checkout.page.getByRole('button', { name: 'Hacer otro pedido' }).click();
  await eventually(async () => assert.equal(await checkout.figure('Deuda después'), '$2,000.00'));
  await checkout.confirm();
  const usages = await customer.usages();
  assert.equal(new Set(usages.map((usage) => usage.order_id)).size, 2);
  assert.equal((await customer.line()).credit_used, 2000);
  await checkout.close();
});

test('when somebody else used the line meanwhile, the server says no, the line is loaded again, and less passes', async () => {
  const { customer, checkout } = await visit('cust_conflict');
  await checkout.order('6000');
  await customer.buysElsewhere(5000);

  await checkout.confirmButton.click();
  await checkout.alert.waitFor();

  assert.match(await checkout.alert.innerText(), /La tienda no aceptó el pedido/);
  assert.match(await checkout.alert.innerText(), /pidió \$6,000\.00 y puede comprar hasta \$5,000\.00; faltan \$1,000\.00/);
  await eventually(async () => assert.equal(await checkout.available(), '$5,000.00'));
  assert.equal(await checkout.figure('Faltan'), '$1,000.00');
  assert.ok(await checkout.confirmButton.isDisabled());
  assert.equal((await customer.usages()).length, 1);
  await checkout.picture('conflict');

  await checkout.freight.fill('5000');
  assert.equal(await checkout.alert.count(), 0);
  await checkout.confirm();
  assert.equal((await customer.line()).credit_used, 10000);
  await checkout.close(REFUSED);
});

test('when the line changed but the order still passes, the page says which figures are others', async () => {
  const { customer, checkout } = await visit('cust_changed');
  await checkout.order('1000');
  await customer.buysElsewhere(2000);
  await checkout.confirm();
  assert.match(await checkout.page.locator('.receipt .lead').innerText(), /Otra operación usó la línea/);
  assert.deepEqual(await checkout.rows('.comparison'), [
    ['Importe del pedido', '$1,000.00', '$1,000.00\nigual'],
    ['Deuda después', '$1,000.00', '$3,000.00\ncambió'],
    ['Disponible después', '$9,000.00', '$7,000.00\ncambió'],
    ['Vencimiento', '24 dic 2025', '24 dic 2025\nigual'],
  ]);
  await checkout.picture('receipt-changed');
  await checkout.close();
});

test('when the answer is lost on its way, the retry sends the same order and charges once', async () => {
  const { customer, checkout } = await visit('cust_lost_answer');
  await checkout.order('1500');
  const sent = [];
  await checkout.page.route('**/credit/use', async (route) => {
    sent.push([route.request().postData(), route.request().headers()['idempotency-key']]);
    await route.fetch();
    await route.abort('connectionreset');
  });
  await checkout.confirmButton.click();
  await checkout.alert.waitFor();
  assert.match(await checkout.alert.innerText(), /No sabemos si su pedido quedó registrado/);
  assert.ok(await checkout.freight.isDisabled());
  assert.ok(await checkout.confirmButton.isHidden());
  await checkout.picture('lost');

  // Lost again: the question stays the same.
  await checkout.retryButton.click();
  await eventually(() => assert.equal(sent.length, 2));
  await checkout.retryButton.waitFor();
  await checkout.page.unroute('**/credit/use');
  const last = checkout.page.waitForRequest('**/credit/use');
  await checkout.retryButton.click();
  await checkout.isConfirmed();

  sent.push([(await last).postData(), (await last).headers()['idempotency-key']]);
  assert.equal(new Set(sent.map(String)).size, 1);
  assert.equal((await customer.usages()).length, 1);
  assert.equal((await customer.line()).credit_used, 1500);
  assert.equal(await checkout.page.locator('.comparison .is-different').count(), 0);
  await checkout.close(UNREACHABLE);
});

test('an order that never reached the server is carried out by the retry', async () => {
  const { customer, checkout } = await visit('cust_offline');
  await checkout.order('800');
  await checkout.page.context().setOffline(true);
  await checkout.confirmButton.click();
  await checkout.retryButton.waitFor();
  assert.equal((await customer.usages()).length, 0);
  await checkout.page.context().setOffline(false);
  await checkout.retryButton.click();
  await checkout.isConfirmed();
  assert.equal((await customer.usages()).length, 1);
  await checkout.close(UNREACHABLE);
});

test('a server that cannot answer at the moment is asked again with the same order', async () => {
  const { customer, checkout } = await visit('cust_busy');
  await checkout.order('800');
  const error = { code: 'CRD-3003', type: 'OVERLOADED', message: 'Hay demasiadas solicitudes en espera.', details: {} };
  const busy = { status: 503, json: { status: 'error', statusCode: 503, error } };
  await checkout.page.route('**/credit/use', (route) => route.fulfill(busy), { times: 1 });
  await checkout.confirmButton.click();
  await checkout.alert.waitFor();
  assert.match(await checkout.alert.innerText(), /no pudo atender el pedido en este momento/);
  await checkout.retryButton.click();
  await checkout.isConfirmed();
  assert.equal((await customer.usages()).length, 1);
  await checkout.close(/status of 503/);
});

test('a reload does not forget a purchase that was never answered', async () => {
  const { customer, checkout } = await visit('cust_reload');
  await checkout.order('700');
  await checkout.page.route('**/credit/use', async (route) => {
    await route.fetch();
    await route.abort('connectionreset');
  });
  await checkout.confirmButton.click();
  await checkout.retryButton.waitFor();
  await checkout.page.unroute('**/credit/use');

  await checkout.page.reload();
  await checkout.retryButton.waitFor();
  assert.equal(await checkout.figure('Total'), '$700.00');
  await checkout.retryButton.click();
  await checkout.isConfirmed();

  assert.equal((await customer.usages()).length, 1);
  await checkout.page.reload();
  await checkout.confirmButton.waitFor();
  assert.equal(await checkout.retryButton.count(), 0);
  await checkout.close(UNREACHABLE);
});

test('without a connection at first the page says so, and loads when there is one', async () => {
  const customer = await customerWithLine(server, 'cust_late');
  const checkout = await openCheckout(browser, server, {});
  await checkout.page.route('**/api/v1/**', (route) => route.abort('internetdisconnected'));
  await checkout.page.getByLabel('Cliente').fill('cust_late');
  await checkout.page.getByLabel('Token de acceso').fill(customer.tokens.buyer);
  await checkout.page.getByRole('button', { name: 'Entrar' }).click();
  await checkout.alert.waitFor();
  assert.match(await checkout.alert.innerText(), /Sin conexión con la tienda/);
  await checkout.picture('not-loaded');
  await checkout.page.unroute('**/api/v1/**');
  await checkout.retryButton.click();
  await checkout.isReady();
  await checkout.close(UNREACHABLE);
});

test('without a token the form asks for it, says what is missing, and lets in', async () => {
  const customer = await customerWithLine(server, 'cust_form');
  const checkout = await openCheckout(browser, server, {});
  const enter = checkout.page.getByRole('button', { name: 'Entrar' });
  await enter.waitFor();
  await checkout.picture('sign-in');
  await enter.click();
  assert.ok(await checkout.page.getByText('Escriba el cliente.').isVisible());
  assert.ok(await checkout.page.getByText('Pegue el token de acceso.').isVisible());
  await checkout.page.getByLabel('Cliente').fill(' cust_form ');
  await checkout.page.getByLabel('Token de acceso').fill(customer.tokens.buyer);
  await checkout.page.keyboard.press('Enter');
  await checkout.isReady();
  await checkout.page.reload();
  await checkout.isReady();
  await checkout.page.getByRole('button', { name: 'Cambiar de cliente' }).click();
  await enter.waitFor();
  await checkout.page.reload();
  await enter.waitFor();
  await checkout.close();
});

test('a token that does not hold brings the form back, and the cart is kept', async () => {
  const { customer, checkout } = await visit('cust_token');
  await checkout.order('1200');
  await checkout.goTo('not-a-token', 'cust_token');
  await checkout.alert.waitFor();
  assert.match(await checkout.alert.innerText(), /El token no es válido o ya venció/);
  assert.equal(await checkout.page.getByLabel('Cliente').inputValue(), 'cust_token');
  await checkout.picture('sign-in-again');
  await checkout.page.getByLabel('Token de acceso').fill(customer.tokens.buyer);
  await checkout.page.keyboard.press('Enter');
  await checkout.isReady();
  assert.equal(await checkout.figure('Total'), '$1,200.00');
  await checkout.close(REFUSED);
});

test('a token that ends between the preview and the purchase asks for another one, and nothing is bought twice', async () => {
  const { customer, checkout } = await visit('cust_ends');
  await checkout.order('1200');
  const error = { code: 'CRD-1005', type: 'UNAUTHORIZED', message: 'El token venció.', details: {} };
  const ended = { status: 401, json: { status: 'error', statusCode: 401, error } };
  await checkout.page.route('**/credit/use', (route) => route.fulfill(ended), { times: 1 });
  await checkout.confirmButton.click();
  await checkout.page.getByLabel('Token de acceso').fill(customer.tokens.buyer);
  await checkout.page.keyboard.press('Enter');
  await checkout.confirmButton.waitFor();
  assert.equal((await customer.usages()).length, 0);
  await checkout.confirm();
  assert.equal((await customer.usages()).length, 1);
  await checkout.close(REFUSED);
});

test('a token that ends before the retry does not lose the question', async () => {
  const { customer, checkout } = await visit('cust_ends_later');
  await checkout.order('1200');
  const error = { code: 'CRD-1005', type: 'UNAUTHORIZED', message: 'El token venció.', details: {} };
  const ended = { status: 401, json: { status: 'error', statusCode: 401, error } };
  let attempts = 0;
  await checkout.page.route('**/credit/use', async (route) => {
    attempts += 1;
    if (attempts === 2) return route.fulfill(ended);
    await route.fetch();
    return route.abort('connectionreset');
  });
  await checkout.confirmButton.click();
  await checkout.retryButton.click();
  await checkout.page.getByLabel('Token de acceso').fill(customer.tokens.buyer);
  await checkout.page.unroute('**/credit/use');
  await checkout.page.keyboard.press('Enter');
  await checkout.retryButton.click();
  await checkout.isConfirmed();
  assert.equal((await customer.usages()).length, 1);
  await checkout.close(REFUSED, UNREACHABLE);
});

test('a token without the permission, or of another customer, is refused with the reason', async () => {
  await customerWithLine(server, 'cust_other');
  const { checkout } = await visit('cust_mine');
  const reader = await server.token('reader', ['invoices:read']);
  await checkout.goTo(reader, 'cust_mine');
  await checkout.alert.waitFor();
  assert.match(await checkout.alert.innerText(), /permiso credit:read/);

  const bound = await server.token('bound', ['credit:read', 'credit:use'], '--customer-id', 'cust_mine');
  await checkout.goTo(bound, 'cust_other');
  await checkout.page.getByText('El token está ligado al cliente cust_mine').waitFor();

  const anybody = await server.token('anybody', ['credit:read', 'credit:use']);
  await checkout.goTo(anybody, 'cust_nobody');
  await checkout.page.getByText('Este cliente no tiene línea de crédito').waitFor();
  await checkout.close(REFUSED);
});

test('the token does not stay in the address', async () => {
  const { checkout } = await visit('cust_address');
  assert.equal(checkout.page.url(), `${server.address}/`);
  assert.equal(await checkout.page.evaluate(() => history.length), 2);
  await checkout.close();
});

test('a snapshot that has ended is fetched again by itself, and its figures with it', async () => {
  const moving = await startServer('--clock', NOW);
  try {
    const customer = await customerWithLine(moving, 'cust_stale');
    const token = await moving.token('buyer', ['credit:read', 'credit:use']);
    const checkout = await openCheckout(browser, moving, { token, customer: 'cust_stale', clock: true });
    await checkout.isReady();
    await checkout.order('1000');
    assert.equal((await checkout.rows('.schedule'))[0][1], '24 dic 2025');
    await customer.buysElsewhere(2500);
    await moving.ask('PUT', '/test/clock', token, { now: '2025-11-26T15:00:00Z' });

    await checkout.page.clock.fastForward('05:02');
    await eventually(async () => assert.equal(await checkout.available(), '$7,500.00'));
    assert.equal((await checkout.rows('.schedule'))[0][1], '26 dic 2025');
    assert.equal(await checkout.figure('Deuda después'), '$3,500.00');
    assert.ok(await checkout.confirmButton.isEnabled());

    // Without a connection nothing is promised on old figures.
    await checkout.page.route('**/api/v1/**', (route) => route.abort('internetdisconnected'));
    await checkout.page.clock.fastForward('05:02');
    await checkout.alert.waitFor();
    assert.match(await checkout.alert.innerText(), /No se pudo actualizar su línea/);
    assert.ok(await checkout.confirmButton.isDisabled());
    await checkout.picture('stale');
    await checkout.page.unroute('**/api/v1/**');
    await checkout.retryButton.click();
    await eventually(async () => assert.ok(await checkout.confirmButton.isEnabled()));
    assert.equal(await checkout.alert.count(), 0);
    await checkout.confirm();
    await checkout.close(UNREACHABLE);
  } finally {
    await moving.stop();
  }
});

test('overdue debt is shown, and where the shop says so it stops the purchase, with every other reason', async () => {
  const moving = await startServer('--clock', NOW);
  try {
    await moving.fiado('organization', 'set', 'org_strict', '--overdue-stop-above', '5.00', '--overdue-stop-grace', '3');
    const customer = await customerWithLine(moving, 'cust_overdue', { organization: 'org_strict' });
    await customer.buysElsewhere(4000);
    await moving.ask('PUT', '/test/clock', customer.tokens.seller, { now: '2026-01-10T15:00:00Z' });
    const checkout = await openCheckout(browser, moving, { token: customer.tokens.buyer, customer: 'cust_overdue' });
    await checkout.isReady();
    assert.equal(await checkout.figure('Vencido'), '$4,000.00');
    assert.equal(await checkout.figure('Próximo vencimiento'), '24 dic 2025');
    await checkout.order('6000.01');
    const verdict = await checkout.verdict.innerText();
    assert.match(verdict, /Hay deuda vencida/);
    assert.match(verdict, /Con un pago que deje hasta \$5\.00 vencidos, la compra pasaría/);
    assert.match(verdict, /CRD-2008[^]*CRD-2003/);
    assert.ok(await checkout.confirmButton.isDisabled());
    await checkout.picture('overdue');
    await checkout.close();
  } finally {
    await moving.stop();
  }
});

test('a suspended line says so and buys nothing', async () => {
  const { customer, checkout } = await visit('cust_suspended');
  await customer.does('manager', 'POST', '/suspend', {});
  await checkout.page.reload();
  await checkout.isReady();
  assert.ok(await checkout.page.getByText('Suspendida', { exact: true }).isVisible());
  assert.match(await checkout.verdict.innerText(), /La línea está suspendida/);
  assert.ok(await checkout.confirmButton.isDisabled());
  await checkout.picture('suspended');
  await checkout.close();
});

test('a tolerance lets the order pass beyond the limit, and no further', async () => {
  const { customer, checkout } = await visit('cust_tolerance');
  await customer.does('manager', 'PUT', '/tolerance', { tolerance: 0.1 });
  await checkout.page.reload();
  await checkout.isReady();
  assert.equal(await checkout.figure('Puede comprar hasta', '.line'), '$11,000.00');
  await checkout.order('11000.01');
  assert.equal(await checkout.figure('Faltan'), '$0.01');
  await checkout.freight.fill('11000');
  assert.equal(await checkout.figure('Disponible después'), '$0.00');
  await checkout.picture('tolerance');
  await checkout.confirm();
  assert.equal((await customer.line()).credit_used, 11000);
  await checkout.close();
});

test('what was paid ahead is shown, and counts', async () => {
  const { customer, checkout } = await visit('cust_ahead');
  const payment = { amount: 300, payment_reference: 'PAY-1', payment_date: '2025-11-24' };
  await customer.does('seller', 'POST', '/payment', payment);
  await checkout.page.reload();
  await checkout.isReady();
  assert.equal(await checkout.figure('Saldo a favor'), '$300.00');
  await checkout.order('1000');
  assert.equal(await checkout.figure('Deuda después'), '$700.00');
  await checkout.confirm();
  assert.equal(await checkout.page.locator('.comparison .is-different').count(), 0);
  assert.equal((await customer.line()).credit_used, 700);
  await checkout.close();
});

test('what is typed is read as people write it, and what cannot be read is marked', async () => {
  const { checkout } = await visit('cust_typing');
  await checkout.order('0');
  assert.ok(await checkout.page.getByText('Su pedido está vacío').isVisible());
  assert.ok(await checkout.confirmButton.isDisabled());
  for (const [typed, total] of [
    ['1250', '$1,250.00'], ['1,250.50', '$1,250.50'], ['1250.5', '$1,250.50'], ['1250,50', '$1,250.50'],
    ['$ 1,250', '$1,250.00'], ['0012', '$12.00'], ['9999999999999.99', '$9,999,999,999,999.99'],
  ]) {
    await checkout.freight.fill(typed);
    assert.equal(await checkout.figure('Total'), total, typed);
    assert.equal(await checkout.freight.getAttribute('aria-invalid'), 'false');
  }
  await checkout.picture('largest');
  for (const typed of ['-1', '12.345', '1e3', 'mil', '1,25,0', '12345678901234', '٣', '.']) {
    await checkout.freight.fill(typed);
    assert.equal(await checkout.figure('Total'), '—', typed);
    assert.equal(await checkout.freight.getAttribute('aria-invalid'), 'true', typed);
    assert.ok(await checkout.page.getByText('Hay cantidades por corregir').isVisible());
    assert.ok(await checkout.confirmButton.isDisabled());
  }
  await checkout.freight.fill('0');
  const cement = checkout.quantities.first();
  for (const typed of ['', '1.5', '-3', '100000', '1e2']) {
    await cement.fill(typed);
    assert.equal(await cement.getAttribute('aria-invalid'), 'true', typed);
    assert.ok(await checkout.page.getByText('Escriba un número entero de 0 a 99,999.').first().isVisible());
    assert.ok(await checkout.confirmButton.isDisabled());
  }
  await checkout.picture('invalid');
  await checkout.close();
});

test('a currency without cents has none on the page', async () => {
  await server.fiado('organization', 'set', 'org_cl', '--currency', 'CLP', '--largest-request', '100000000');
  const line = { limit: 5000000, organization: 'org_cl' };
  const { customer, checkout } = await visit('cust_cl', { line });
  assert.equal(await checkout.available(), '$5,000,000');
  await checkout.order('100');
  await checkout.choose(3);
  assert.deepEqual((await checkout.rows('.schedule')).map(([, , part]) => part), ['$33', '$33', '$34']);
  await checkout.freight.fill('100.5');
  assert.ok(await checkout.confirmButton.isDisabled());
  await checkout.freight.fill('100');
  await checkout.confirm();
  assert.equal((await customer.line()).credit_used, 100);
  await checkout.close();
});

test('a customer whose key has odd characters buys like any other', async () => {
  const id = `niño+uno_1@tienda.com?x=1&y #100%${'z'.repeat(140)}`;
  const { customer, checkout } = await visit(id);
  await checkout.picture('odd-customer');
  await checkout.order('10');
  await checkout.confirm();
  assert.equal((await customer.usages()).length, 1);
  await checkout.close();
});

test('the keyboard alone is enough', async () => {
  const { customer, checkout } = await visit('cust_keys');
  const { keyboard } = checkout.page;
  const focused = () => checkout.focused();
  const tabTo = async (name) => {
    for (let press = 0; press < 60; press += 1) {
      await keyboard.press('Tab');
      if (name.test(await focused())) return;
    }
    assert.fail(`no Tab reaches ${name}`);
  };
  await tabTo(/Cantidad de Cemento/);
  await keyboard.press('ArrowUp');
  assert.equal(await checkout.figure('Total'), '$4,194.05');
  await tabTo(/Agregar uno: Zinc/);
  await keyboard.press('Space');
  assert.equal(await checkout.figure('Total'), '$4,212.50');
  await tabTo(/1 pago/);
  await keyboard.press('ArrowRight');
  assert.equal((await checkout.rows('.schedule')).length, 2);
  await tabTo(/Confirmar compra/);
  await checkout.picture('keyboard');
  await keyboard.press('Enter');
  await checkout.isConfirmed();
  assert.match(await focused(), /Pedido confirmado/);
  await tabTo(/Hacer otro pedido/);
  assert.equal((await customer.line()).credit_used, 4212.5);
  await checkout.close();
});

test('every control has a name, and the verdict is read out when it changes', async () => {
  const { checkout } = await visit('cust_names');
  const nameless = await checkout.page.locator('input, button').evaluateAll((controls) =>
    controls.filter((control) => {
      const labels = Array.from(control.labels ?? [], (label) => label.innerText).join('');
      return !`${control.getAttribute('aria-label') ?? ''}${labels}${control.innerText}`.trim();
    }).length);
  assert.equal(nameless, 0);
  assert.equal(await checkout.announcement.getAttribute('aria-live'), 'polite');
  await eventually(async () => assert.match(await checkout.announcement.innerText(), /Dentro de su línea/));
  await checkout.order('10000.01');
  await eventually(async () => assert.match(await checkout.announcement.innerText(), /El crédito no alcanza.*Faltan: \$0\.01/));
  assert.equal(await checkout.page.getByRole('heading', { level: 1 }).count(), 1);
  await checkout.close();
});

for (const colorScheme of ['light', 'dark']) {
  test(`every text stands out enough in ${colorScheme} colours`, async () => {
    const { checkout } = await visit(`cust_${colorScheme}`, { colorScheme });
    assert.deepEqual(await weakTexts(checkout.page), []);
    assert.deepEqual(await barriers(checkout.page), []);
    await checkout.picture(`accepted-${colorScheme}`);
    await checkout.order('10000.01');
    assert.deepEqual(await weakTexts(checkout.page), []);
    assert.deepEqual(await barriers(checkout.page), []);
    await checkout.picture(`refused-${colorScheme}`);
    await checkout.page.setViewportSize({ width: 360, height: 740 });
    assert.deepEqual(await weakTexts(checkout.page), []);
    await checkout.freight.fill('mil');
    assert.deepEqual(await weakTexts(checkout.page), []);
    await checkout.freight.fill('10');
    await checkout.confirm();
    assert.deepEqual(await weakTexts(checkout.page), []);
    await checkout.goTo('wrong', 'cust_x');
    await checkout.alert.waitFor();
    assert.deepEqual(await weakTexts(checkout.page), []);
    await checkout.close(REFUSED);
  });
}

test('the page is served with a strict policy and asks for nothing outside', async () => {
  const answer = await fetch(`${server.address}/`);
  assert.match(answer.headers.get('content-security-policy') ?? '', /default-src 'none'/);
  assert.doesNotMatch(await answer.text(), /https?:|<style|style=|<script>/);
});

test('where the package is missing, the page says so', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.route('**/pkg/index.js', (route) => route.fulfill({ status: 503, body: '' }));
  await page.goto(`${server.address}/`);
  await page.getByText('Esta página no se pudo abrir').waitFor();
  await context.close();
});
