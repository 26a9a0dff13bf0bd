// The road an approver goes, in a real browser, with the real server and the real books behind it.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { applies, approver } from './applicants.js';
import { REFUSED, UNREACHABLE, eventually } from './checkoutPage.js';
import { openChromium } from './chromium.js';
import { openConsole } from './consolePage.js';
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

/** The console of an approver at the page of a new customer with a line. */
async function visit(id, { line, token, section, ...more } = {}) {
  const customer = await customerWithLine(server, id, line);
  const office = await openConsole(browser, server, { token: token ?? (await approver(server)), ...more });
  await office.isListed();
  await office.visit(id, 'Constructora ABC', section);
  return { customer, office };
}

/** The console of an approver at the page of a company that asks for a line. */
async function review(id, { token, ...application } = {}) {
  await applies(server, id, application);
  const office = await openConsole(browser, server, { token: token ?? (await approver(server)) });
  await office.isListed();
  await office.visit(id, application.name ?? 'Ferretería El Istmo');
  return office;
}

/** A server's "no" that is not this server's. */
function refusal(statusCode, code, type, message) {
  return {
    status: statusCode,
    json: { status: 'error', statusCode, error: { code, type, message, details: {} }, requestId: 'req_1' },
  };
}

const ENDED = refusal(401, 'CRD-1005', 'UNAUTHORIZED', 'Falta una credencial válida (el token venció).');

test('an approver signs in, reviews, approves with other terms, changes, registers a payment, stops and starts, and rejects another', async () => {
  const own = await startServer('--clock', NOW);
  const office = await openConsole(browser, own);
  try {
    await applies(own, 'cust_istmo', {
      limit: 25000,
      term: 60,
      name: 'Ferretería El Istmo',
      taxId: 'RUC-789-012',
      years: 7,
    });
    await applies(own, 'cust_bahia', {
      limit: 40000,
      term: 45,
      name: 'Hotel Bahía Azul, S. A.',
      taxId: '155612345-2-2016',
      years: 3,
    });
    await office.page.getByRole('heading', { name: 'Revisar créditos' }).waitFor();
    await office.picture('door');
    await office.signIn(await approver(own));
    await office.isListed();
    assert.deepEqual(await office.companies(), ['Ferretería El Istmo', 'Hotel Bahía Azul, S. A.']);
    await office.picture('requests');
    await office.field('Buscar en esta página').fill('bahia 1556');
    assert.deepEqual(await office.companies(), ['Hotel Bahía Azul, S. A.']);
    await office.field('Buscar en esta página').fill('');

    await office.page.getByRole('link', { name: 'Ferretería El Istmo' }).click();
    await office.isAt('Ferretería El Istmo');
    assert.equal(await office.status, 'Pendiente');
    assert.equal(await office.figure('Identificación tributaria'), 'RUC-789-012');
    assert.equal(await office.figure('Años de actividad'), '7');
    assert.match(await office.figure('Solicitada'), /24 nov 2025, 10:00 a\. m\.\s+por user_sales/);
    assert.match(await office.page.locator('.pending').innerText(), /\$25,000\.00\s+a 60 días/);
    await office.picture('review');

    await office.begin('Aprobar');
    assert.equal(await office.field('Límite').inputValue(), '25000.00');
    assert.equal(await office.field('Plazo de pago').inputValue(), '60');
    await office.field('Límite').fill('18,500.50');
    await office.button('30 días').click();
    await office.field('Notas').fill('Buen historial con tres proveedores.');
    await office.picture('approve');
    const done = await office.confirm('Aprobar $18,500.50 a 30 días');
    assert.equal(done, 'Línea aprobada por $18,500.50. Disponible: $18,500.50.');
    await eventually(async () => assert.equal(await office.status, 'Aprobada'));
    assert.equal(await office.figure('Plazo de pago'), '30 días');
    assert.match(await office.figure('Aprobada'), /por user_manager/);

    const seller = await own.token('user_sales', ['credit:use', 'credit:read']);
    for (const [order, amount, installments] of [
      ['order_1', 6000, 3],
      ['order_2', 1200.5, 1],
    ]) {
      const bought = await own.ask('POST', '/api/v1/customers/cust_istmo/credit/use', seller, {
        order_id: order,
        amount,
        installments,
      });
      assert.equal(bought.status, 200);
    }
    await office.page.reload();
    await office.isAt('Ferretería El Istmo');
    await office.begin('Registrar pago');
    await office.field('Importe recibido').fill('2500');
    await office.field('Referencia').fill('ACH-20251124-17');
    await office.dialog.getByText('order_2').waitFor();
    assert.deepEqual(await office.rows('.preview'), [
      ['order_1 cuota 1 de 3 · vence 24 dic 2025', '$2,000.00', '$0.00'],
      ['order_2 un solo pago · vence 24 dic 2025', '$500.00', '$700.50'],
    ]);
    assert.equal(await office.figure('Deuda después', '.preview'), '$4,700.50');
    assert.equal(await office.figure('Disponible después', '.preview'), '$13,800.00');
    await office.picture('payment');
    assert.equal(
      await office.confirm('Registrar $2,500.00'),
      'Pago de $2,500.00 registrado. Se deben $4,700.50; disponible $13,800.00.',
    );
    await eventually(async () => assert.equal(await office.figure('Usado'), '$4,700.50'));

    await office.begin('Cambiar límite');
    await office.field('Límite nuevo').fill('4000');
    assert.match(
      await office.dialog.innerText(),
      /Cambio: −\$14,500\.50\. Queda por debajo de lo que se debe y retiene/,
    );
    await office.field('Límite nuevo').fill('20000');
    await office.field('Motivo').fill('Paga a tiempo');
    assert.match(await office.dialog.innerText(), /Cambio: \+\$1,499\.50/);
    await office.picture('limit');
    assert.equal(
      await office.confirm('Cambiar el límite a $20,000.00'),
      'El límite es ahora $20,000.00. Disponible: $15,299.50.',
    );

    await office.begin('Cambiar tolerancia');
    await office.field('Tolerancia nueva').fill('7,5');
    await office.picture('tolerance');
    assert.equal(await office.confirm('Cambiar la tolerancia a 7.5 %'), 'La tolerancia es ahora 7.5 %.');
    await eventually(async () => assert.equal(await office.figure('Tolerancia'), '7.5 %'));

    await office.begin('Cancelar la línea');
    await office.dialog.getByRole('button', { name: 'Cancelar la línea' }).click();
    await office.alert.waitFor();
    const refused = await office.dialog.innerText();
    assert.match(refused, /se deben 4700\.50 USD y se retienen 0\.00 USD/);
    assert.match(refused, /Código CRD-2010 · req_/);
    assert.match(refused, /Puede suspender la línea mientras tanto/);
    await office.picture('refused');
    await office.button('Volver').click();

    await office.begin('Suspender');
    await office.field('Motivo').fill('Documentos vencidos');
    await office.picture('suspend');
    assert.equal(await office.confirm('Suspender la línea'), 'Línea suspendida: no admite compras nuevas.');
    await eventually(async () => assert.equal(await office.status, 'Suspendida'));
    assert.match(await office.figure('Suspendida', '.request'), /Documentos vencidos/);
    await office.begin('Reactivar');
    assert.equal(await office.confirm('Reactivar la línea'), 'Línea reactivada. Disponible: $15,299.50.');
    await eventually(async () => assert.equal(await office.status, 'Aprobada'));
    await office.picture('overview');

    await office.section('Diario');
    const facts = await office.facts();
    const kinds = [
      'Reactivó la línea',
      'Suspendió la línea',
      'Cambió la tolerancia',
      'Cambió el límite',
      'Registró un pago',
      'Compró a crédito',
      'Compró a crédito',
      'Aprobó la línea',
      'Solicitó la línea',
    ];
    assert.equal(facts.length, kinds.length);
    kinds.forEach((kind, index) => assert.ok(facts[index].startsWith(kind), `${facts[index]} is not ${kind}`));
    assert.match(facts[1], /user_manager .* Documentos vencidos/);
    assert.match(facts[7], /Buen historial con tres proveedores\. Límite \$18,500\.50 Plazo 30 días/);
    assert.match(facts[3], /Paga a tiempo Límite \$20,000\.00 Límite anterior \$18,500\.50/);
    await office.picture('journal');
    for (const [section, name] of [
      ['Facturas', 'invoices'],
      ['Movimientos', 'statement'],
      ['Pagos', 'payments'],
    ]) {
      await office.section(section);
      await office.picture(name);
    }

    await office.goTo('#/solicitudes/pendientes');
    await office.isListed();
    await eventually(async () => assert.deepEqual(await office.companies(), ['Hotel Bahía Azul, S. A.']));
    await office.page.getByRole('link', { name: /Hotel Bahía/ }).click();
    await office.isAt(/Hotel Bahía/);
    await office.begin('Rechazar');
    await office.field('Motivo').fill('Sin referencias comerciales');
    await office.picture('reject');
    assert.equal(await office.confirm('Rechazar la solicitud'), 'Solicitud rechazada.');
    await eventually(async () => assert.equal(await office.status, 'Rechazada'));
    assert.deepEqual(await office.actions, []);
    assert.match(await office.figure('Rechazada', '.request'), /Sin referencias comerciales/);
    await office.picture('rejected');
    await office.close(REFUSED);
  } finally {
    await own.stop();
  }
});

test('the door says what is wrong with a token, and lets in with a good one', async () => {
  const office = await openConsole(browser, server);
  const enter = office.button('Entrar');
  await enter.waitFor();
  await enter.click();
  assert.ok(await office.page.getByText('Pegue el token de acceso.').isVisible());
  await office.signIn('esto no es un token ñ');
  assert.ok(await office.page.getByText(/no tiene la forma de un token/).isVisible());

  await office.signIn('not.a.token');
  await office.alert.waitFor();
  assert.match(await office.alert.innerText(), /El token no es válido o ya venció/);
  await office.picture('door-wrong');

  await office.signIn(await server.token('user_buyer', ['credit:read', 'credit:use'], '--customer-id', 'cust_1'));
  await office.page.getByText('Este token es de un comprador').waitFor();
  assert.match(await office.alert.innerText(), /cliente cust_1/);
  await office.signIn(await server.token('user_clerk', ['invoices:read']));
  await office.page.getByText('El token no permite ver créditos').waitFor();

  const token = await approver(server);
  await office.signIn(`  Bearer ${token.slice(0, 40)}\n${token.slice(40)} `);
  await office.isListed();
  assert.match(await office.page.locator('.who').innerText(), /user_manager en org_default/);
  await office.page.reload();
  await office.isListed();
  await office.button('Salir').click();
  await enter.waitFor();
  await office.page.reload();
  await enter.waitFor();
  await office.close(REFUSED);
});

test('the token does not stay in the address, nor in the history, nor in what outlives the tab', async () => {
  const token = await approver(server);
  const office = await openConsole(browser, server, { token });
  await office.isListed();
  assert.equal(office.page.url(), `${server.address}/console/`);
  assert.equal(await office.page.evaluate(() => localStorage.length), 0);
  assert.equal(await office.page.evaluate(() => document.cookie), '');
  await office.goTo('#token=another');
  await office.alert.waitFor();
  assert.equal(office.page.url(), `${server.address}/console/`);
  assert.match(await office.alert.innerText(), /El token no es válido/);
  await office.close(REFUSED);
});

test('a session that ends while something is typed asks for another token, loses nothing, and does nothing by itself', async () => {
  const office = await review('cust_ends', { limit: 12000 });
  await office.begin('Aprobar');
  await office.field('Límite').fill('9000');
  await office.field('Notas').fill('Con garantía');
  await office.page.route('**/credit/approve', (route) => route.fulfill(ENDED), { times: 1 });
  await office.confirmButton.click();

  const renewal = office.page.getByRole('dialog', { name: 'Su sesión venció' });
  await renewal.waitFor();
  await office.picture('session-ended');
  await renewal.getByLabel('Token de acceso').fill('no.es.este');
  await office.page.keyboard.press('Enter');
  await office.page.getByText('El token no es válido o ya venció').waitFor();
  await office.page.keyboard.press('Escape');
  await office.page.keyboard.press('Escape');
  await renewal.waitFor();
  await renewal.getByLabel('Token de acceso').fill(await approver(server, 'user_director'));
  await office.page.keyboard.press('Enter');
  await renewal.waitFor({ state: 'detached' });

  await office.page.getByText(/No se registró nada\. La sesión ya es otra/).waitFor();
  assert.equal(await office.field('Límite').inputValue(), '9000');
  assert.equal(await office.field('Notas').inputValue(), 'Con garantía');
  assert.equal(await office.status, 'Pendiente');
  await office.confirm('Aprobar $9,000.00 a 30 días');
  await eventually(async () => assert.match(await office.figure('Aprobada'), /por user_director/));
  await office.close(REFUSED);
});

test('a session that ends while something is read goes on where it was', async () => {
  const { office } = await visit('cust_reads_on');
  await office.page.route('**/credit/statement**', (route) => route.fulfill(ENDED), { times: 1 });
  await office.page.getByRole('link', { name: 'Movimientos' }).click();
  const renewal = office.page.getByRole('dialog', { name: 'Su sesión venció' });
  await renewal.waitFor();

  await server.fiado('organization', 'set', 'org_elsewhere');
  await renewal
    .getByLabel('Token de acceso')
    .fill(await approver(server, 'user_manager', '--organization', 'org_elsewhere'));
  await office.page.keyboard.press('Enter');
  await office.page.getByText('Este token es de otra organización').waitFor();
  await renewal.getByLabel('Token de acceso').fill(await server.token('user_reader', ['credit:read']));
  await office.page.keyboard.press('Enter');

  await renewal.waitFor({ state: 'detached' });
  await office.page
    .getByText('Todavía no hay movimientos.')
    .or(office.page.locator('.statement .table'))
    .first()
    .waitFor();
  assert.match(await office.page.locator('.who').innerText(), /user_reader/);
  assert.deepEqual(await office.actions, []);
  await office.close(REFUSED);
});

test('whoever does not sign in again is shown out', async () => {
  const { office } = await visit('cust_leaves');
  await office.page.route('**/credit/payments**', (route) => route.fulfill(ENDED), { times: 1 });
  await office.page.getByRole('link', { name: 'Pagos' }).click();
  await office.dialog.getByRole('button', { name: 'Salir' }).click();
  await office.button('Entrar').waitFor();
  await office.page.reload();
  await office.button('Entrar').waitFor();
  await office.close(REFUSED);
});

test('a session that is about to end says so, and can be renewed before', async () => {
  const office = await openConsole(browser, server, { clock: true });
  await office.button('Entrar').waitFor();
  // The server's clock was set, so that the real end of a token is far from it.
  await office.page.route('**/api/v1/session', async (route) => {
    const answer = await route.fetch();
    const { data, ...envelope } = await answer.json();
    const end = new Date(Date.parse(data.clock) + 900_000).toISOString();
    await route.fulfill({ response: answer, json: { ...envelope, data: { ...data, expires_at: end } } });
  });
  await office.signIn(await approver(server));
  await office.isListed();
  await office.page.clock.fastForward('12:55');
  assert.equal(await office.alert.count(), 0);
  await office.page.clock.fastForward('00:10');
  await office.alert.waitFor();
  assert.match(await office.alert.innerText(), /Su sesión está por vencer/);
  await office.button('Renovar').click();
  await office.button('Ahora no').click();
  await office.button('Renovar').click();
  await office.dialog.getByLabel('Token de acceso').fill(await approver(server, 'user_director'));
  await office.page.keyboard.press('Enter');
  await office.dialog.waitFor({ state: 'detached' });
  assert.equal(await office.alert.count(), 0);
  assert.match(await office.page.locator('.who').innerText(), /user_director/);
  await office.close();
});

test('without a connection the page says so, keeps what it has, and goes on when there is one', async () => {
  const customer = await customerWithLine(server, 'cust_offline');
  const office = await openConsole(browser, server, { token: await approver(server) });
  await office.isListed();
  await office.page.context().setOffline(true);
  await office.goTo('#/empresas/cust_offline');
  await office.alert.waitFor();
  assert.match(await office.alert.innerText(), /No se pudo cargar la cuenta\s+Sin conexión con el servidor/);
  await office.picture('offline');
  await office.page.context().setOffline(false);
  await office.button('Reintentar').first().click();
  await office.isAt('Constructora ABC');

  await customer.buysElsewhere(1000);
  await office.page.route('**/api/v1/customers/**', (route) => route.abort('internetdisconnected'));
  await office.begin('Suspender');
  await office.confirmButton.click();
  await office.page.getByText('No sabemos si quedó registrado').waitFor();
  await office.button('Cerrar sin saber').click();
  await office.page.getByText('No se pudo actualizar; lo que se ve es de antes.').first().waitFor();
  assert.equal(await office.figure('Usado'), '$0.00');
  await office.picture('stale');
  await office.page.unroute('**/api/v1/customers/**');
  await office.button('Reintentar').first().click();
  await eventually(async () => assert.equal(await office.figure('Usado'), '$1,000.00'));
  assert.equal(await office.status, 'Aprobada');
  await eventually(async () => assert.equal(await office.alert.count(), 0));
  await office.close(UNREACHABLE);
});

test('when the answer is lost on its way, the retry sends the same under the same key, and it is done once', async () => {
  const { customer, office } = await visit('cust_lost');
  await customer.buysElsewhere(5000);
  await office.begin('Registrar pago');
  // The page was loaded before the purchase; what a window says is as new as can be.
  await office.dialog.getByText('Se deben $5,000.00').waitFor();
  await office.field('Importe recibido').fill('1500');
  await office.field('Referencia').fill('ACH-1');
  await office.dialog.getByText('Deuda después').waitFor();
  const sent = [];
  await office.page.route(/\/credit\/payment$/, async (route) => {
    sent.push([route.request().postData(), route.request().headers()['idempotency-key']]);
    await route.fetch();
    await route.abort('connectionreset');
  });
  await office.confirmButton.click();
  await office.button('Reintentar').waitFor();
  assert.match(await office.dialog.innerText(), /No sabemos si quedó registrado/);
  assert.ok(await office.field('Importe recibido').isDisabled());
  await office.picture('lost');

  // Neither a session that ends meanwhile nor a server that is busy makes another question of it.
  await office.page.unroute(/\/credit\/payment$/);
  await office.page.route(/\/credit\/payment$/, (route) => route.fulfill(ENDED), { times: 1 });
  await office.button('Reintentar').click();
  const renewal = office.page.getByRole('dialog', { name: 'Su sesión venció' });
  await renewal.getByLabel('Token de acceso').fill(await approver(server));
  await office.page.keyboard.press('Enter');
  await renewal.waitFor({ state: 'detached' });
  await office.page.route(
    /\/credit\/payment$/,
    (route) => route.fulfill(refusal(503, 'CRD-3003', 'OVERLOADED', 'Hay demasiadas solicitudes en espera.')),
    { times: 1 },
  );
  await office.button('Reintentar').click();
  await office.page.getByText(/no pudo atenderlo en este momento/).waitFor();
  const last = office.page.waitForRequest(/\/credit\/payment$/);
  await office.button('Reintentar').click();
  await office.said.waitFor();

  sent.push([(await last).postData(), (await last).headers()['idempotency-key']]);
  assert.equal(new Set(sent.map(String)).size, 1);
  assert.equal((await customer.does('seller', 'GET', '/payments')).length, 1);
  assert.equal((await customer.line()).credit_used, 3500);
  await office.close(UNREACHABLE, REFUSED, /status of 503/);
});

test('where a payment goes is seen with every keystroke, before the server has answered', async () => {
  const { customer, office } = await visit('cust_at_once');
  await customer.buysElsewhere(3000, 'order_a');
  await customer.buysElsewhere(1000.01, 'order_b');
  await office.page.reload();
  await office.isAt('Constructora ABC');
  const asked = [];
  let answer;
  const answered = new Promise((resolve) => (answer = resolve));
  await office.page.route(/\/payment\/preview$/, async (route) => {
    asked.push(route.request().postDataJSON().amount);
    await answered;
    await route.continue();
  });
  await office.begin('Registrar pago');
  await office.field('Importe recibido').fill('3000.5');
  await office.dialog.getByText('order_b').waitFor();
  const seen = await office.rows('.preview');
  assert.deepEqual(seen.map((row) => row.slice(1)), [['$3,000.00', '$0.00'], ['$0.50', '$999.51']]);
  await office.field('Importe recibido').fill('5000');
  await eventually(async () => assert.equal(await office.figure('A favor de la próxima compra', '.preview'), '$999.99'));
  assert.ok(await office.dialog.getByText('Calculando…').isVisible());
  await office.picture('payment-at-once');

  answer();
  await eventually(async () => assert.equal(await office.figure('Deuda después', '.preview'), '$0.00'));
  assert.deepEqual((await office.rows('.preview')).map((row) => row.slice(1)), [['$3,000.00', '$0.00'], ['$1,000.01', '$0.00']]);
  assert.equal(await office.figure('A favor de la próxima compra', '.preview'), '$999.99');
  assert.ok(asked.length > 0);
  await office.close();
});

test('pressing the button again and again does it once', async () => {
  const { customer, office } = await visit('cust_impatient');
  await office.begin('Registrar pago');
  await office.field('Importe recibido').fill('300');
  await office.field('Referencia').fill('ACH-2');
  await office.dialog.getByText('Deuda después').waitFor();
  await office.page.route(/\/credit\/payment$/, async (route) => {
    await office.page.waitForTimeout(300);
    await route.continue();
  });
  await office.confirmButton.evaluate((button) => {
    for (let press = 0; press < 5; press += 1) button.click();
  });
  await office.said.waitFor();
  assert.equal((await customer.does('seller', 'GET', '/payments')).length, 1);
  await office.close();
});

test('when somebody else decided first, the page says so and shows how it stands', async () => {
  const office = await review('cust_conflict');
  await office.begin('Aprobar');
  await office.field('Notas').fill('Aprobada en comité');
  const other = await approver(server, 'user_director');
  await server.ask('POST', '/api/v1/customers/cust_conflict/credit/reject', other, { reason: 'Sin garantías' });

  await office.confirmButton.click();
  await office.alert.waitFor();
  const refused = await office.dialog.innerText();
  assert.match(refused, /La cuenta está rechazada y no puede pasar a aprobada/);
  assert.match(refused, /Código CRD-2002/);
  assert.match(refused, /Otra persona decidió antes/);
  assert.equal(await office.field('Notas').inputValue(), 'Aprobada en comité');
  assert.equal(await office.confirmButton.count(), 0);
  await office.picture('conflict');

  await office.button('Volver').click();
  await eventually(async () => assert.equal(await office.status, 'Rechazada'));
  assert.match(await office.figure('Rechazada', '.request'), /Sin garantías/);
  assert.deepEqual(await office.actions, []);
  await office.close(REFUSED);
});

test('nobody approves their own request, and is told before and after', async () => {
  const office = await review('cust_own', { by: 'user_manager' });
  assert.match(await office.page.locator('.pending').innerText(), /Usted presentó esta solicitud/);
  await office.begin('Aprobar');
  assert.match(await office.dialog.innerText(), /Usted presentó esta solicitud/);
  await office.confirmButton.click();
  await office.page.getByText('Código CRD-2005').waitFor();
  assert.match(await office.dialog.innerText(), /Pida a otra persona que la apruebe/);
  await office.close(REFUSED);
});

test('a token that may only read has no button to do anything, and no journal', async () => {
  const reader = await server.token('user_reader', ['credit:read']);
  const { customer, office } = await visit('cust_reader', { token: reader });
  await customer.buysElsewhere(100);
  assert.deepEqual(await office.actions, []);
  assert.equal(await office.page.getByRole('link', { name: 'Diario' }).count(), 0);
  await office.goTo('#/empresas/cust_reader/diario');
  await eventually(async () => assert.equal(await office.page.locator('.exposure').count(), 1));
  await office.section('Facturas');
  assert.equal(await office.page.locator('.invoices .table tbody button').count(), 0);
  await office.picture('read-only');

  await applies(server, 'cust_reader_2', { name: 'Taller Los Robles' });
  await office.visit('cust_reader_2', 'Taller Los Robles');
  assert.deepEqual(await office.actions, []);
  assert.match(await office.page.locator('.pending').innerText(), /Su token permite ver, no decidir/);
  await office.close();
});

test('each permission gives its own buttons', async () => {
  await applies(server, 'cust_buttons_1', { name: 'Uno' });
  await customerWithLine(server, 'cust_buttons_2');
  for (const [permission, pending, approved] of [
    ['credit:approve', ['Aprobar', 'Rechazar'], []],
    [
      'credit:manage',
      ['Retirar la solicitud'],
      ['Cambiar límite', 'Cambiar tolerancia', 'Suspender', 'Cancelar la línea'],
    ],
    ['credit:payment', [], ['Registrar pago']],
    [
      'admin:global',
      ['Aprobar', 'Rechazar', 'Retirar la solicitud'],
      ['Registrar pago', 'Cambiar límite', 'Cambiar tolerancia', 'Suspender', 'Cancelar la línea'],
    ],
  ]) {
    const office = await openConsole(browser, server, {
      token: await server.token('user_one', ['credit:read', permission]),
    });
    await office.isListed();
    await office.visit('cust_buttons_1', 'Uno');
    assert.deepEqual(await office.actions, pending, permission);
    await office.visit('cust_buttons_2', 'Constructora ABC');
    assert.deepEqual(await office.actions, approved, permission);
    await office.close();
  }
});

test('a permission that was taken away meanwhile is refused with its name', async () => {
  const { office } = await visit('cust_lost_permission');
  await office.begin('Suspender');
  await office.page.route(
    '**/credit/suspend',
    (route) =>
      route.fulfill(
        refusal(
          403,
          'CRD-1006',
          'INSUFFICIENT_PERMISSIONS',
          'La credencial no tiene el permiso credit:manage que esta operación exige.',
        ),
      ),
    { times: 1 },
  );
  await office.confirmButton.click();
  await office.alert.waitFor();
  assert.match(
    await office.dialog.innerText(),
    /permiso credit:manage[^]*CRD-1006[^]*Pida a su organización un token con ese permiso/,
  );
  await office.close(REFUSED);
});

test('a payment follows what is typed, goes to the invoices that are chosen, and is what was shown', async () => {
  const { customer, office } = await visit('cust_chosen');
  await customer.buysElsewhere(3000, 'order_a');
  await customer.buysElsewhere(1000.01, 'order_b');
  await office.page.reload();
  await office.isAt('Constructora ABC');
  await office.begin('Registrar pago');
  await office.button('Todo lo que se debe: $4,000.01').click();
  await office.dialog.getByText('order_b').waitFor();
  assert.equal(await office.figure('Deuda después', '.preview'), '$0.00');
  await office.field('Importe recibido').fill('mil');
  await office.dialog.getByText('Escriba el importe para ver a qué facturas va.').waitFor();
  await office.confirmButton.click();
  assert.ok(await office.page.getByText('Escriba un importe como 1250.50.').isVisible());
  assert.ok(await office.page.getByText('Escriba la referencia del pago.').isVisible());
  await eventually(async () =>
    assert.equal(await office.page.evaluate(() => document.activeElement?.id), 'field-amount'),
  );

  await office.field('Importe recibido').fill('');
  await office.field('A las facturas que elija').check();
  await office.field('Referencia').fill('CHQ-77');
  await office.confirmButton.click();
  assert.ok(await office.page.getByText('Elija al menos una factura.').isVisible());
  await office.page.getByRole('checkbox', { name: /order_b/ }).check();
  assert.equal(await office.field('Importe recibido').inputValue(), '1000.01');
  await office.page.getByRole('checkbox', { name: /order_a/ }).check();
  assert.equal(await office.field('Importe recibido').inputValue(), '4000.01');
  await office.field('Paga a la orden order_a, un solo pago').fill('250.5');
  assert.equal(await office.field('Importe recibido').inputValue(), '1250.51');
  await office.page.locator('.preview .table tbody tr').nth(1).waitFor();
  assert.deepEqual((await office.rows('.preview')).map((row) => row.slice(1)).sort(), [
    ['$1,000.01', '$0.00'],
    ['$250.50', '$2,749.50'],
  ]);
  await office.picture('payment-chosen');
  assert.match(await office.confirm('Registrar $1,250.51'), /Se deben \$2,749\.50/);
  const [payment] = await customer.does('seller', 'GET', '/payments');
  assert.deepEqual(payment.allocations.map(({ amount }) => amount).sort(), [1000.01, 250.5].sort());

  // The same again is shown for what it is, and another amount under its reference is refused before it is sent.
  await office.begin('Registrar pago');
  await office.field('Referencia').fill('CHQ-77');
  await office.field('Importe recibido').fill('1250.51');
  await office.page.getByText('Este pago ya está registrado').waitFor();
  assert.ok(await office.confirmButton.isDisabled());
  await office.field('Importe recibido').fill('99');
  await office.page.getByText(/CRD-2007/).waitFor();
  assert.ok(await office.confirmButton.isDisabled());
  await office.field('Referencia').fill('CHQ-78');
  await office.field('Fecha del pago').fill('2025-11-26');
  await office.page.getByText(/CRD-1001/).waitFor();
  await office.page.keyboard.press('Escape');
  await office.dialog.waitFor({ state: 'detached' });

  await office.section('Facturas');
  await office.button('Registrar pago de la orden order_a, un solo pago').click();
  assert.equal(await office.field('Importe recibido').inputValue(), '2749.50');
  assert.ok(await office.page.getByRole('checkbox', { name: /order_a/ }).isChecked());
  await office.field('Referencia').fill('CHQ-79');
  await office.dialog.getByText('Deuda después').waitFor();
  assert.match(await office.confirm('Registrar $2,749.50'), /Se deben \$0\.00/);
  await office.page.getByText('No hay facturas así.').waitFor();
  await office.button('Pagadas').click();
  await eventually(async () => assert.equal((await office.rows()).length, 2));
  await office.close(REFUSED);
});

test('old debt is shown by its age, on its days, and with what being late costs', async () => {
  const moving = await startServer('--clock', NOW);
  try {
    const owner = await moving.token('owner', ['store:manage']);
    const rates = await moving.ask('PUT', '/api/creditcontrol/storeconfig', owner, {
      dailyInterestRate: 0.001,
      taxRate: 0.02,
    });
    assert.equal(rates.status, 200);
    const customer = await customerWithLine(moving, 'cust_old', { limit: 60000 });
    await customer.does('seller', 'POST', '/use', { order_id: 'order_old', amount: 9000, installments: 12 });
    await customer.buysElsewhere(20000, 'order_large');
    await moving.ask('PUT', '/test/clock', customer.tokens.seller, { now: '2026-04-02T15:00:00Z' });
    await customer.does('seller', 'POST', '/use', { order_id: 'order_new', amount: 12500.75, installments: 2 });
    const token = await moving.token(
      'user_manager',
      ['credit:approve', 'credit:manage', 'credit:payment', 'credit:read'],
      '--ttl',
      '30d',
    );
    const office = await openConsole(browser, moving, { token });
    await office.isListed();
    await office.visit('cust_old', 'Constructora ABC');

    const aging = await office.page
      .locator('.aging-table tbody tr')
      .evaluateAll((rows) => rows.map((row) => row.innerText.replace(/\s+/g, ' ').trim()));
    assert.deepEqual(aging, [
      'Por vencer $18,500.75 44.5 %',
      '1 a 30 días $750.00 1.8 %',
      '31 a 60 días $750.00 1.8 %',
      '61 a 90 días $750.00 1.8 %',
      'Más de 90 días $20,750.00 49.9 %',
    ]);
    assert.match(
      await office.page.locator('.aging').innerText(),
      /Al 2 abr 2026[^]*Lo más antiguo tiene 99 días de atraso[^]*Mora a hoy/,
    );
    assert.match(await office.page.locator('.aging-chart').getAttribute('aria-label'), /Más de 90 días: \$20,750\.00/);
    assert.equal(await office.figure('Vencido', '.exposure'), '$23,000.00');
    const months = await office.page.locator('.month h3').allInnerTexts();
    assert.deepEqual(
      months.map((month) => month.replace(/\s+/g, ' ')),
      ['Diciembre de 2025 $20,750.00', 'Enero de 2026 $750.00', 'Febrero de 2026 $750.00', 'Marzo de 2026 $750.00'],
    );
    assert.match(await office.page.locator('.due-days').first().innerText(), /miércoles 24 vencido\s+\$20,750\.00/);
    await office.picture('aging');
    await office.button('Mostrar los 8 meses que siguen').click();
    assert.equal(await office.page.locator('.month').count(), 12);

    await office.section('Facturas');
    await office.page.locator('.invoices').getByText('99 días de atraso').first().waitFor();
    const [first] = await office.rows();
    assert.match(first.join(' | '), /24 dic 2025 99 días de atraso \| Vencida/);
    assert.match(await office.page.locator('.invoices').innerText(), /con mora \$/);
    await office.picture('late-invoices');

    await office.begin('Registrar pago');
    await office.button('Lo vencido: $23,000.00').click();
    await office.page.getByText(/Mora de estas facturas/).waitFor();
    assert.equal(await office.page.getByText('Seguirá vencido').count(), 0);
    await office.picture('payment-late');
    await office.close();
  } finally {
    await moving.stop();
  }
});

test('the list shows each state, turns its pages, and comes back to where one was', async () => {
  await server.fiado('organization', 'set', 'org_many');
  const where = ['--organization', 'org_many'];
  for (let number = 1; number <= 27; number += 1) {
    await applies(server, `cust_${number}`, { name: `Empresa ${number}`, organization: 'org_many' });
  }
  await customerWithLine(server, 'cust_line', { organization: 'org_many' });
  const office = await openConsole(browser, server, { token: await approver(server, 'user_manager', ...where) });
  await office.isListed();
  assert.equal((await office.companies()).length, 25);
  await office.button('Siguiente').click();
  await eventually(async () => assert.deepEqual(await office.companies(), ['Empresa 26', 'Empresa 27']));
  assert.ok(await office.button('Siguiente').isDisabled());
  await office.picture('second-page');
  await office.page.getByRole('link', { name: 'Empresa 27' }).click();
  await office.isAt('Empresa 27');
  await office.page.goBack();
  await eventually(async () => assert.deepEqual(await office.companies(), ['Empresa 26', 'Empresa 27']));
  await office.button('Anterior').click();
  await eventually(async () => assert.equal((await office.companies()).length, 25));

  await office.page.getByRole('link', { name: 'Aprobadas' }).click();
  await eventually(async () => assert.deepEqual(await office.companies(), ['Constructora ABC']));
  await office.page.getByRole('link', { name: 'Suspendidas' }).click();
  await office.page.getByText('No hay líneas suspendidas.').waitFor();
  await office.picture('empty');
  await office.page.getByRole('link', { name: 'Todas' }).click();
  await eventually(async () => assert.equal((await office.companies()).length, 25));
  await office.field('Buscar en esta página').fill('cust_line');
  await office.page.getByText('En esta página no hay nada que coincida con «cust_line».').waitFor();
  await office.picture('nothing-found');
  await office.page.getByRole('link', { name: 'Abrir el cliente «cust_line»' }).click();
  await office.isAt('Constructora ABC');
  await office.goTo('#/empresas/cust_nobody');
  await office.page.getByText('Este cliente no tiene cuenta de crédito').waitFor();
  await office.close(REFUSED);
});

test('an account that an ERP opened on the other face is here as well, with what it holds', async () => {
  const token = await approver(server);
  const erp = await server.token('erp', ['credit:approve', 'credit:use', 'credit:read']);
  const account = { creditLimit: 3000, document: '55555555555', documentType: 'CPF', email: 'compras@ejemplo.com' };
  const opened = await server.ask('POST', '/api/creditcontrol/accounts', erp, account);
  assert.equal(opened.status, 200, JSON.stringify(opened.body));
  const held = await server.ask('POST', `/api/creditcontrol/accounts/${opened.body.id}/transactions`, erp, {
    value: '1200.5',
    installments: 2,
  });
  assert.equal(held.status, 200, JSON.stringify(held.body));

  const office = await openConsole(browser, server, { token });
  await office.isListed();
  await office.visit(opened.body.id, opened.body.id);
  assert.equal(await office.status, 'Aprobada');
  assert.equal(await office.figure('Retenido'), '$1,200.50');
  assert.match(await office.page.locator('.exposure-bar').getAttribute('aria-label'), /retenido \$1,200\.50/);
  assert.match(await office.page.locator('.business').innerText(), /no están o se borraron/);
  await office.picture('held');
  await office.section('Diario');
  const [hold, opening] = await office.facts();
  assert.match(hold, /^Retuvo crédito erp .* Importe \$1,200\.50 Cuotas 2 Vence/);
  assert.match(opening, /^Abrió la cuenta erp .* Límite \$3,000\.00 Plazo 30 días/);
  await office.close();
});

test('whoever comes back to the page sees what happened meanwhile', async () => {
  const { customer, office } = await visit('cust_returns');
  await customer.buysElsewhere(750);
  assert.equal(await office.figure('Usado'), '$0.00');
  await office.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await eventually(async () => assert.equal(await office.figure('Usado'), '$750.00'));
  await office.close();
});

test('a customer whose key has odd characters is reviewed like any other, and long names break nothing', async () => {
  const id = `niño+uno_1@tienda.com?x=1&y #100%${'z'.repeat(140)}`;
  const name = `Compañía ${'Constructora'.repeat(12)} & Hijos <b>`;
  const office = await review(id, { name, limit: 99999.99 });
  await office.picture('odd-customer');
  await office.begin('Aprobar');
  await office.confirm('Aprobar $99,999.99 a 30 días');
  await eventually(async () => assert.equal(await office.status, 'Aprobada'));
  await office.goTo('#/solicitudes/aprobadas');
  await office.isListed();
  await office.picture('odd-customer-listed');
  await office.close();
});

test('a currency without cents has none, and the largest amount fits', async () => {
  await server.fiado('organization', 'set', 'org_clp', '--currency', 'CLP', '--largest-request', '9999999999999');
  const where = ['--organization', 'org_clp'];
  await applies(server, 'cust_clp', { name: 'Comercial Ñuble', limit: 9999999999999, organization: 'org_clp' });
  const office = await openConsole(browser, server, { token: await approver(server, 'user_manager', ...where) });
  await office.isListed();
  await office.visit('cust_clp', 'Comercial Ñuble');
  await office.begin('Aprobar');
  await office.field('Límite').fill('5000000.5');
  await office.confirmButton.click();
  assert.ok(await office.page.getByText('Escriba un importe como 125050.').isVisible());
  await office.field('Plazo de pago').fill('366');
  await office.confirmButton.click();
  assert.ok(await office.page.getByText('Escriba un número entero de 1 a 365.').isVisible());
  await office.field('Límite').fill('9,999,999,999,999');
  await office.field('Plazo de pago').fill('365');
  assert.equal(
    await office.confirm('Aprobar $9,999,999,999,999 a 365 días'),
    'Línea aprobada por $9,999,999,999,999. Disponible: $9,999,999,999,999.',
  );
  await eventually(async () => assert.equal(await office.status, 'Aprobada'));
  await office.picture('largest');
  await office.close();
});

test('the keyboard alone is enough, and the focus comes back to where it was', async () => {
  const office = await review('cust_keys');
  const { keyboard } = office.page;
  const focused = () =>
    office.page.evaluate(
      () => document.activeElement.getAttribute('aria-label') ?? document.activeElement.innerText ?? '',
    );
  const tabTo = async (name) => {
    for (let press = 0; press < 60; press += 1) {
      await keyboard.press('Tab');
      if (name.test(await focused())) return;
    }
    assert.fail(`no Tab reaches ${name}`);
  };
  assert.match(await focused(), /Ferretería El Istmo/);
  await tabTo(/^Rechazar$/);
  await keyboard.press('Enter');
  await office.dialog.waitFor();
  await keyboard.type('No cumple');
  await office.picture('keyboard');
  await keyboard.press('Escape');
  await office.dialog.waitFor({ state: 'detached' });
  assert.equal(await focused(), 'Rechazar');
  await keyboard.press('Shift+Tab');
  await keyboard.press('Enter');
  await office.dialog.waitFor();
  await tabTo(/^Aprobar \$10,000\.00 a 30 días$/);
  await keyboard.press('Enter');
  await office.said.waitFor();
  await eventually(async () => assert.equal(await office.status, 'Aprobada'));

  await tabTo(/^Más acciones/);
  await keyboard.press('Enter');
  await tabTo(/^Suspender$/);
  await keyboard.press('Escape');
  assert.match(await focused(), /^Más acciones/);
  await keyboard.press('Enter');
  await office.picture('menu');
  await tabTo(/^Suspender$/);
  await keyboard.press('Enter');
  await office.dialog.getByText('Detiene las compras nuevas').waitFor();
  await office.close();
});

test('every page is fit for everybody in dark colours as well', async () => {
  const { customer, office } = await visit('cust_dark', { colorScheme: 'dark' });
  await customer.buysElsewhere(4000);
  await office.page.reload();
  await office.isAt('Constructora ABC');
  await office.picture('dark-overview');
  for (const section of ['Facturas', 'Movimientos', 'Pagos', 'Diario']) {
    await office.section(section);
    await office.isFit(`${section} in the dark`);
  }
  await office.begin('Registrar pago');
  await office.field('Importe recibido').fill('1000');
  await office.dialog.getByText('Deuda después').waitFor();
  await office.picture('dark-payment');
  await office.page.keyboard.press('Escape');
  await office.begin('Suspender');
  await office.isFit('a grave window in the dark');
  await office.page.keyboard.press('Escape');
  await office.goTo('#/solicitudes/todas');
  await office.isListed();
  await office.picture('dark-requests');
  await office.close();
});

test('an answer that cannot be read is said to be so, and not taken for something else', async () => {
  const { office } = await visit('cust_unreadable');
  await office.page.route(
    '**/credit/journal**',
    (route) => route.fulfill({ status: 200, contentType: 'text/html', body: '<h1>Mantenimiento</h1>' }),
    { times: 1 },
  );
  await office.page.getByRole('link', { name: 'Diario' }).click();
  await office.page.getByText(/La respuesta no se pudo leer/).waitFor();
  await office.button('Reintentar').click();
  await eventually(async () => assert.equal((await office.facts()).length, 2));
  await office.close();
});

test('the page is served with a strict policy, and its parts for ever under names of their own', async () => {
  for (const address of ['/console', '/console/']) {
    const answer = await fetch(`${server.address}${address}`);
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get('content-security-policy') ?? '', /default-src 'none'/);
    assert.equal(answer.headers.get('cache-control'), 'no-cache');
    const page = await answer.text();
    assert.doesNotMatch(page, /https?:|<style|style=|<script>/);
    const parts = Array.from(page.matchAll(/(?:src|href)="([^"]+)"/g), ([, part]) => part);
    assert.equal(parts.length, 3);
    for (const part of parts) {
      assert.match(part, /^\/console\/assets\/[\w-]+\.(js|css|svg)$/);
      const served = await fetch(`${server.address}${part}`);
      assert.equal(served.status, 200);
      assert.match(served.headers.get('cache-control') ?? '', /immutable/);
    }
  }
  assert.equal((await fetch(`${server.address}/console/assets/none.js`)).status, 404);
  assert.equal((await fetch(`${server.address}/console/.stamp`)).status, 404);
});
