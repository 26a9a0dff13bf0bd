// <fiado-credito> in a shop that has nothing else of ours: under a strict policy, by keyboard, in two languages, and in
// every state that a line can be in.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { byTerms, inThree, rule, snapshot } from '../package/line.js';
import { barriers } from './accessibility.js';
import { eventually } from './checkoutPage.js';
import { openChromium } from './chromium.js';
import { weakTexts } from './contrast.js';
import { POLICY_WITHOUT_WEBASSEMBLY, openElement, serveElement } from './elementPage.js';

const withRules = { ...snapshot, rules: [inThree, byTerms] };
const overdue = { ...snapshot, overdue_stop: { above: 5, grace_days: 3 }, due: [{ due_date: '2025-11-01', amount: 2500 }] };
const held = {
  ...snapshot,
  credit_held: 7000,
  holds: [{ ends_at: '2025-11-25T15:00:00Z', ends_on: '2025-11-25', amount: 7000 }],
};

let files;
let browser;
before(async () => {
  files = await serveElement();
  browser = await openChromium();
});
after(async () => {
  await browser?.close();
  files?.close();
});

const open = async (properties, more) => (await openElement(browser, files, properties, more)).isReady();

// What it shows

test('given a snapshot and an amount, it shows the line, the verdict, the plans and the schedule', async () => {
  const shown = await open({ snapshot, amount: '1250.50' });
  assert.equal(await shown.text('.available'), '$7,500.00');
  assert.equal(await shown.text('.of-limit'), 'de un límite de $10,000.00');
  assert.equal(await shown.figure('Usado'), '$2,500.00');
  assert.equal(await shown.figure('Próximo vencimiento'), '24 dic 2025');
  assert.match(await shown.verdict.innerText(), /Dentro de su línea/);
  assert.equal(await shown.figure('Disponible después'), '$6,249.50');
  assert.equal(await shown.figure('Deuda después'), '$3,750.50');
  assert.equal(await shown.radios.count(), 12);
  assert.deepEqual(await shown.schedule(), [['1 de 1', '24 dic 2025', '$1,250.50']]);
  assert.equal(await shown.property('headline'), 'Dentro de su línea');
  await shown.picture('accepted');
  await shown.close();
});

test('while somebody types, every figure is right before the next one is typed', async () => {
  const shown = await open({ snapshot: withRules, amount: '', planId: 'three:3x' });
  const seen = await shown.page.evaluate(async () => {
    const element = document.querySelector('fiado-credito');
    const text = (place) => element.shadowRoot.querySelector(place).textContent.trim();
    const rows = [];
    for (const amount of ['7', '74', '740', '7400', '7400.', '7400.5']) {
      element.amount = amount;
      // Microtasks alone: no timer and no frame passes in between.
      await element.updateComplete;
      rows.push([amount, element.preview.plan.total, text('.schedule-total td'), text('.verdict-title')]);
    }
    return rows;
  });
  assert.deepEqual(seen, [
    ['7', 7.2, '$7.20', 'Dentro de su línea'],
    ['74', 76.2, '$76.20', 'Dentro de su línea'],
    ['740', 762.18, '$762.18', 'Dentro de su línea'],
    ['7400', 7621.98, '$7,621.98', 'El crédito no alcanza'],
    ['7400.', 7621.98, '$7,621.98', 'El crédito no alcanza'],
    ['7400.5', 7622.49, '$7,622.49', 'El crédito no alcanza'],
  ]);
  await shown.close();
});

test('the amount is told as it was written, also where a float would not be', async () => {
  const shown = await open({ snapshot: { ...snapshot, credit_limit: '9999999999999.99' }, amount: '9007199254740.93' });
  assert.deepEqual(await shown.schedule(), [['1 de 1', '24 dic 2025', '$9,007,199,254,740.93']]);
  await shown.confirm.click();
  assert.equal((await shown.told('confirm'))[0].amount, '9007199254740.93');
  await shown.close();
});

test('the cheapest plan is marked, and one that does not pass says why and cannot be chosen', async () => {
  const shown = await open({ snapshot: withRules, amount: '7400' });
  const plans = await shown.element.locator('.plan-choice').allInnerTexts();
  assert.deepEqual(plans.map((text) => text.split('\n').at(-1)), [
    'el más económico',
    'el más económico',
    'interés $92.50',
    'no alcanza su crédito',
  ]);
  const three = shown.element.getByRole('radio', { name: /^3 cuotas/ });
  assert.ok(await three.isDisabled());
  await shown.give({ amount: '7000' });
  assert.ok(await three.isEnabled());
  // Where all cost the same, none is the cheapest.
  await shown.give({ snapshot: { ...snapshot } });
  assert.equal(await shown.element.getByText('el más económico').count(), 0);
  await shown.close();
});

test('a sales channel has its own plans', async () => {
  const rules = [{ ...rule, rule_id: 'first' }, { ...inThree, sales_channels: ['2'] }];
  const shown = await open({ snapshot: { ...snapshot, rules }, amount: '100', salesChannel: '1' });
  assert.equal(await shown.radios.count(), 1);
  await shown.give({ salesChannel: '2' });
  await eventually(async () => assert.ok((await shown.radios.count()) > 1));
  await shown.close();
});

// What it tells

test('the keyboard chooses a plan and confirms it, and the shop is told by which one to buy', async () => {
  const shown = await open({ snapshot: withRules, amount: '1000' });
  const { keyboard } = shown.page;
  const [first] = await shown.told('change');
  assert.equal(first.plan_id, 'three:1x');
  await keyboard.press('Tab');
  await keyboard.press('ArrowDown');
  await keyboard.press('ArrowDown');
  const name = await shown.page.evaluate(
    () => document.activeElement.shadowRoot.activeElement.closest('label').innerText.split('\n')[0],
  );
  const change = (await shown.told('change')).at(-1);
  const plan = await shown.property('plan');
  assert.equal(await shown.property('planId'), change.plan_id);
  assert.equal(await shown.element.getAttribute('plan-id'), change.plan_id);
  assert.deepEqual([change.plan_id, change.plan_hash, change.accepted], [plan.plan_id, plan.plan_hash, true]);
  assert.match(await shown.text('.plan-choice:has(:checked) .plan-name'), new RegExp(`^${name}$`));
  assert.equal((await shown.schedule()).length, plan.installments);
  // The focus can be seen.
  assert.equal(await shown.style('.plan-choice:has(:checked)', 'outlineStyle'), 'solid');
  await shown.picture('keyboard');

  await keyboard.press('Tab');
  await keyboard.press('Enter');

  assert.deepEqual(await shown.told('confirm'), [
    { amount: '1000', plan_id: plan.plan_id, plan_hash: plan.plan_hash },
  ]);
  await shown.close();
});

test('a change is told once, and again when amount or snapshot make it another', async () => {
  const shown = await open({ snapshot: withRules, amount: '1000' });
  const count = async () => (await shown.told('change')).length;
  await eventually(async () => assert.equal(await count(), 1));
  await shown.give({ locale: 'en-US', amount: 1000 });
  await shown.verdict.getByText('Dentro').waitFor();
  assert.equal(await count(), 1);
  await shown.give({ amount: '1000.01' });
  await eventually(async () => assert.equal(await count(), 2));
  await shown.give({ snapshot: { ...withRules, status: 'suspended', version: 5 } });
  await eventually(async () => assert.equal(await count(), 3));
  assert.equal((await shown.told('change')).at(-1).accepted, false);
  await shown.give({ snapshot: { ...withRules, status: 'suspended', version: 6 } });
  await eventually(async () => assert.equal(await count(), 4));
  await shown.give({ amount: '' });
  await eventually(async () => {
    const { accepted, plan_id, plan_hash } = (await shown.told('change')).at(-1);
    assert.deepEqual([accepted, plan_id, plan_hash], [false, undefined, undefined]);
  });
  await shown.close();
});

test('what would make it pass is told by its button, and a plan is chosen at once', async () => {
  const shown = await open({ snapshot: withRules, amount: '7400', planId: 'three:3x' });
  const press = (name) => shown.element.getByRole('button', { name }).click();
  assert.deepEqual(await shown.element.locator('.remedies li > p').allInnerTexts(), [
    'Con el plan «1 pago», en total $7,400.00.',
    'Con un pedido de hasta $7,281.58, pagado así.',
    'Con un pago previo de $121.98 a su línea.',
  ]);
  await shown.picture('refused');
  await press(/^Ajustar el pedido/);
  await press(/^Pagar antes/);
  await shown.page.evaluate(() => (globalThis.isPrevented = true));
  await press(/^Elegir este plan/);
  assert.equal(await shown.property('planId'), 'three:3x');
  await shown.page.evaluate(() => (globalThis.isPrevented = false));
  await press(/^Elegir este plan/);
  assert.equal(await shown.property('planId'), 'three:1x');
  assert.match(await shown.verdict.innerText(), /Dentro de su línea/);
  // The button is gone; the next step has the focus.
  assert.equal(await shown.confirm.evaluate((button) => button.getRootNode().activeElement === button), true);
  const told = await shown.told('remedy');
  assert.deepEqual(told.slice(0, 2), [{ kind: 'amount', amount: 7281.58 }, { kind: 'prepayment', amount: 121.98 }]);
  assert.deepEqual(told.slice(2).map(({ kind, plan }) => [kind, plan.plan_id, plan.total]), [
    ['plan', 'three:1x', 7400],
    ['plan', 'three:1x', 7400],
  ]);
  await shown.close();
});

test('a date from which it passes is told as well, and what the shop cannot act on is no button', async () => {
  const shown = await open({ snapshot: held, amount: '1000' });
  await shown.element.getByRole('button', { name: /^Dejarlo para ese día/ }).click();
  assert.deepEqual(await shown.told('remedy'), [{ kind: 'date', date: '2025-11-25' }]);
  await shown.give({ remedies: 'amount' });
  await eventually(async () => assert.equal(await shown.element.locator('.remedies button').count(), 1));
  assert.equal(await shown.element.locator('.remedies li').count(), 3);
  await shown.close();
});

test('while the purchase is on its way nothing can be pressed, and the button says so', async () => {
  const shown = await open({ snapshot, amount: '1000', busy: true });
  assert.equal(await shown.text('.confirm'), 'Confirmando…');
  for (const control of await shown.element.locator('button, input').all()) assert.ok(await control.isDisabled());
  await shown.give({ busy: false, disabled: true });
  await shown.element.getByText('Confirmar compra a crédito').waitFor();
  assert.ok(await shown.confirm.isDisabled());
  await shown.confirm.evaluate((button) => button.click());
  assert.deepEqual(await shown.told('confirm'), []);
  await shown.close();
});

test('a shop may bring a button of its own', async () => {
  const shown = await open({ snapshot, amount: '1000' });
  await shown.page.evaluate(() => {
    const own = document.createElement('button');
    own.slot = 'confirm';
    own.textContent = 'Pagar ahora';
    document.querySelector('fiado-credito').append(own);
  });
  assert.ok(await shown.page.getByRole('button', { name: 'Pagar ahora' }).isVisible());
  assert.ok(await shown.confirm.isHidden());
  await shown.give({ noConfirm: true });
  await eventually(async () => assert.equal(await shown.confirm.count(), 0));
  await shown.close();
});

// In which words

test('it speaks Spanish or English: as it is told, or as the page around it', async () => {
  const shown = await open({ snapshot: withRules, amount: '7400', planId: 'three:3x' });
  assert.match(await shown.verdict.innerText(), /El crédito no alcanza[^]*puede comprar hasta \$7,500\.00/);
  await shown.give({ lang: 'en', locale: 'es-PA' });
  await shown.element.getByText('Not enough credit').waitFor();
  assert.match(await shown.verdict.innerText(), /up to \$7,500\.00 may be bought/);
  assert.equal(await shown.figure('Next due date'), 'Dec 24, 2025');
  assert.doesNotMatch(await shown.element.evaluate((element) => element.shadowRoot.textContent), /cuota|crédito|Disponible/);
  await shown.picture('english');
  await shown.page.evaluate(() => (document.documentElement.lang = 'en'));
  await shown.page.evaluate(() => document.querySelector('fiado-credito').removeAttribute('lang'));
  await shown.give({ amount: '7399' });
  assert.ok(await shown.element.getByText('Not enough credit').isVisible());
  // The page's country counts, where no other is named.
  await shown.give({ locale: undefined, amount: '7399.5' });
  await shown.page.evaluate(() => (document.documentElement.lang = 'es-AR'));
  await shown.give({ amount: '7400' });
  await shown.element.getByText('El crédito no alcanza').waitFor();
  assert.match((await shown.schedule())[0][2], /^\$ ?2\.540,66$/);
  await shown.close();
});

for (const [locale, currency, money, day] of [
  ['es-PA', 'USD', /^\$1,250\.50$/, /^24 dic 2025$/],
  ['es-MX', 'MXN', /^\$1,250\.50$/, /^24 dic 2025$/],
  ['es-CO', 'COP', /^\$ ?1\.250,50$/, /^24 de dic de 2025$/],
  ['es-CL', 'CLP', /^\$1\.250$/, /^24 dic 2025$/],
  ['es-AR', 'ARS', /^\$ ?1\.250,50$/, /^24 de? ?dic de? ?2025$/],
  ['es-PE', 'PEN', /^S\/ ?1,250\.50$/, /^24 dic\.? 2025$/],
  ['en-US', 'USD', /^\$1,250\.50$/, /^Dec 24, 2025$/],
]) {
  test(`money and dates are written as in ${locale}`, async () => {
    const amount = currency === 'CLP' ? '1250' : '1250.5';
    const lang = locale.slice(0, 2);
    const shown = await open({ snapshot: { ...snapshot, currency }, amount, locale, lang });
    const [[, dueDay, part]] = await shown.schedule();
    assert.match(part, money);
    assert.match(dueDay, day);
    await shown.close();
  });
}

test('a locale that is none is no reason to fail', async () => {
  const shown = await open({ snapshot, amount: '1250.5', locale: 'no locale' });
  assert.equal((await shown.schedule())[0][2], '$1,250.50');
  await shown.close();
});

// In which state

test('before there is a snapshot its place is kept, and nothing jumps when it comes', async () => {
  const shown = await openElement(browser, files, { amount: '1250.50' });
  await shown.element.locator('.line[aria-busy=true]').waitFor();
  const places = () =>
    shown.element.evaluate(({ shadowRoot }) =>
      ['.line', '.verdict', '.plans'].map((place) => Math.round(shadowRoot.querySelector(place).getBoundingClientRect().top)),
    );
  const before = await places();
  assert.ok(await shown.confirm.isDisabled());
  assert.deepEqual(await barriers(shown.page), []);
  await shown.picture('loading');
  await shown.give({ snapshot, moment: snapshot.taken_at });
  await shown.isReady();
  assert.deepEqual(await places(), before);
  await shown.close();
});

test('a snapshot that cannot be read is no line, and the shop can ask why', async () => {
  const { currency, ...unreadable } = snapshot;
  const shown = await openElement(browser, files, { snapshot: unreadable, amount: '1' });
  await shown.element.getByRole('alert').waitFor();
  assert.match(await shown.verdict.innerText(), /No se pudo leer su línea de crédito[^]*CRD-1001/);
  const problem = await shown.property('problem');
  assert.deepEqual(problem.details.fields.map(({ field }) => field), ['snapshot.currency']);
  assert.equal(await shown.property('preview'), undefined);
  assert.deepEqual(await barriers(shown.page), []);
  await shown.picture('unreadable');
  await shown.give({ snapshot });
  await shown.isReady();
  await shown.close();
});

test('a snapshot that has ended promises nothing and asks for a new one, once by itself and when it is pressed', async () => {
  const shown = await open({ snapshot, amount: '1000' });
  await shown.page.evaluate((end) => {
    const start = performance.now();
    // The server's clock, half a second before the end.
    document.querySelector('fiado-credito').clock = () => Date.parse(end) - 500 + (performance.now() - start);
    document.querySelector('fiado-credito').snapshot = { ...document.querySelector('fiado-credito').snapshot, valid_until: end };
  }, '2025-11-24T15:04:00Z');
  assert.ok(await shown.confirm.isEnabled());
  await shown.element.getByText('Cifras por actualizar').waitFor();
  assert.ok(await shown.confirm.isDisabled());
  assert.equal(await shown.property('preview'), undefined);
  assert.equal(await shown.text('.available'), '$7,500.00');
  const expected = { valid_until: '2025-11-24T15:04:00Z', pressed: false };
  assert.deepEqual(await shown.told('refresh'), [expected]);
  assert.deepEqual(await barriers(shown.page), []);
  await shown.picture('expired');
  await shown.element.getByRole('button', { name: 'Actualizar las cifras' }).click();
  assert.deepEqual(await shown.told('refresh'), [expected, { ...expected, pressed: true }]);
  await shown.give({ snapshot: { ...snapshot, valid_until: '2025-11-24T15:10:00Z' } });
  await shown.element.getByText('Dentro de su línea').waitFor();
  assert.ok(await shown.confirm.isEnabled());
  await shown.close();
});

for (const [name, given, headline, figures] of [
  ['suspended', { snapshot: { ...snapshot, status: 'suspended' }, amount: '1' }, 'La línea está suspendida', {}],
  ['pending', { snapshot: { ...snapshot, status: 'pending' }, amount: '1' }, 'La línea no está aprobada', {}],
  ['overdue', { snapshot: overdue, amount: '1' }, 'Hay deuda vencida', { Vencido: '$2,500.00', 'Puede quedar vencido hasta': '$5.00' }],
  ['too-small', { snapshot, amount: '0.02', planId: 'line:3x' }, 'Demasiadas cuotas para este importe', { 'Cuotas como máximo': '2' }],
  ['withdrawn', { snapshot: withRules, amount: '1', planId: 'gone:7x' }, 'Ese plan no se ofrece para este importe', {}],
  [
    'nothing-offered',
    { snapshot: { ...snapshot, rules: [{ ...rule, minimum_amount: 50 }] }, amount: '1' },
    'No se vende a crédito por este importe',
    {},
  ],
]) {
  test(`it says no with its reason: ${name}`, async () => {
    const shown = await open(given);
    assert.equal(await shown.property('headline'), headline);
    assert.match(await shown.verdict.innerText(), new RegExp(`${headline}[^]*CRD-\\d{4}`));
    for (const [figure, value] of Object.entries(figures)) assert.equal(await shown.figure(figure), value);
    assert.ok(await shown.confirm.isDisabled());
    assert.deepEqual(await barriers(shown.page), []);
    await shown.picture(name);
    await shown.close();
  });
}

test('without an amount it is the line alone; zero, missing and unreadable amounts each say so', async () => {
  const shown = await open({ snapshot });
  assert.equal(await shown.verdict.count(), 0);
  assert.equal(await shown.confirm.count(), 0);
  assert.equal(await shown.radios.count(), 0);
  await shown.picture('line-alone');
  for (const [amount, text] of [
    ['0', 'No hay nada que comprar'],
    ['0.00', 'No hay nada que comprar'],
    [0, 'No hay nada que comprar'],
    ['', 'Falta el importe'],
    ['mil', 'No se pudo calcular'],
    ['-1', 'No se pudo calcular'],
    ['1.234', 'No se pudo calcular'],
  ]) {
    await shown.give({ amount });
    await shown.verdict.getByText(text).waitFor();
    assert.ok(await shown.confirm.isDisabled(), String(amount));
    assert.deepEqual(await shown.schedule(), []);
  }
  await shown.give({ amount: '12' });
  await shown.verdict.getByText('Dentro de su línea').waitFor();
  // What was said of another amount keeps its place and is not shown.
  await shown.give({ amount: '' });
  await shown.verdict.getByText('Falta el importe').waitFor();
  assert.equal(await shown.style('.schedule', 'visibility'), 'hidden');
  await shown.close();
});

test('given everything before it is defined, and moved about the page, it is the same', async () => {
  const shown = await open({ snapshot, amount: '1250.50', planId: 'line:3x' });
  assert.equal((await shown.schedule()).length, 3);
  await shown.page.evaluate(() => {
    const element = document.querySelector('fiado-credito');
    element.remove();
    element.amount = '300';
    document.querySelector('main').append(element);
  });
  await eventually(async () => assert.deepEqual((await shown.schedule()).map(([, , part]) => part), ['$100.00', '$100.00', '$100.00']));
  await shown.close();
});

// Under which policy

test('where WebAssembly is forbidden it takes a line of the scripted entry, and says what is missing without one', async () => {
  const strict = await serveElement(POLICY_WITHOUT_WEBASSEMBLY);
  try {
    const shown = await openElement(browser, strict, { snapshot, amount: '1250.50' });
    await shown.element.getByText('su navegador no permite ejecutarlo').waitFor();
    await shown.page.evaluate(async (snapshot) => {
      const { createCredit } = await import('/scripted.js');
      document.querySelector('fiado-credito').credit = createCredit({ snapshot });
    }, snapshot);
    await shown.isReady();
    assert.equal(await shown.figure('Deuda después'), '$3,750.50');
    await shown.close(/WebAssembly|wasm-eval|wasm-unsafe-eval/);
  } finally {
    strict.close();
  }
});

test('a line that is given tells of a new snapshot, and is no longer listened to when another one is', async () => {
  const shown = await open({ snapshot, amount: '1000' });
  await shown.page.evaluate(async (snapshot) => {
    const { createCredit } = await import('/index.js');
    const element = document.querySelector('fiado-credito');
    globalThis.listeners = new Set();
    let line = createCredit({ snapshot });
    globalThis.become = (other) => {
      line = createCredit({ snapshot: other });
      for (const listener of globalThis.listeners) listener();
    };
    element.credit = {
      preview: (cart) => line.preview(cart),
      availability: (now) => line.availability(now),
      subscribe: (listener) => (globalThis.listeners.add(listener), () => globalThis.listeners.delete(listener)),
    };
  }, snapshot);
  await eventually(async () => assert.equal(await shown.page.evaluate(() => globalThis.listeners.size), 1));
  await shown.page.evaluate((other) => globalThis.become(other), { ...snapshot, credit_limit: 3000 });
  await shown.element.getByText('El crédito no alcanza').waitFor();
  await shown.page.evaluate(() => (document.querySelector('fiado-credito').credit = undefined));
  await shown.element.getByText('Dentro de su línea').waitFor();
  assert.equal(await shown.page.evaluate(() => globalThis.listeners.size), 0);
  await shown.close();
});

// How it looks and sounds

test('a shop sets its colours by custom properties, and anything else by parts', async () => {
  const shown = await open({ snapshot, amount: '1000' });
  await shown.page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
      fiado-credito { --fiado-accent: rgb(90, 30, 160); --fiado-radius: 0; --fiado-font: monospace; }
      fiado-credito::part(confirm) { text-transform: uppercase; }
      fiado-credito::part(chosen-plan) { border-style: dashed; }
    `);
    document.adoptedStyleSheets = [sheet];
  });
  assert.equal(await shown.style('.confirm', 'backgroundColor'), 'rgb(90, 30, 160)');
  assert.equal(await shown.style('.confirm', 'textTransform'), 'uppercase');
  assert.equal(await shown.style('.surface', 'borderTopLeftRadius'), '0px');
  assert.equal(await shown.style('.available', 'fontFamily'), 'monospace');
  assert.equal(await shown.style('.plan-choice:has(:checked)', 'borderTopStyle'), 'dashed');
  assert.equal(await shown.style('.plan-choice:not(:has(:checked))', 'borderTopStyle'), 'solid');
  await shown.picture('themed');
  await shown.close();
});

for (const colorScheme of ['light', 'dark']) {
  test(`nothing keeps anybody out in ${colorScheme} colours`, async () => {
    const shown = await open({ snapshot: withRules, amount: '1000' }, { colorScheme });
    for (const [name, given] of [
      ['accepted', {}],
      ['refused', { amount: '7400', planId: 'three:3x' }],
      ['overdue', { snapshot: overdue, amount: '9000' }],
      ['missing', { amount: '' }],
      ['line', { amount: undefined, snapshot: { ...snapshot, status: 'suspended' } }],
      ['english', { lang: 'en', amount: '8000', snapshot: held }],
    ]) {
      await shown.give(given);
      await shown.page.evaluate(() => document.querySelector('fiado-credito').updateComplete);
      assert.deepEqual(await barriers(shown.page), [], name);
      assert.deepEqual(await weakTexts(shown.page), [], name);
    }
    await shown.picture(`held-${colorScheme}`);
    await shown.close();
  });
}

for (const width of [320, 760, 1200]) {
  test(`it fits into a window of ${width} pixels`, async () => {
    const amount = '9007199254740.93';
    const shown = await open({ snapshot: withRules, amount: '7400', planId: 'terms:30-60d' }, { width });
    await shown.picture(`fits-${width}`);
    await shown.give({ snapshot: { ...withRules, credit_limit: '9999999999999.99', credit_used: '1' }, amount, lang: 'en' });
    await shown.verdict.getByText('Within your line').waitFor();
    await shown.picture(`largest-${width}`);
    await shown.give({ amount: '9999999999999.99' });
    await shown.verdict.getByText('Not enough credit').waitFor();
    await shown.picture(`largest-refused-${width}`);
    await shown.close();
  });
}

test('the verdict is read out when somebody stops typing, and only when it is another', async () => {
  const shown = await open({ snapshot, amount: '' });
  const status = shown.element.getByRole('status');
  assert.equal(await status.getAttribute('aria-live'), 'polite');
  await eventually(async () => assert.match(await status.innerText(), /Falta el importe/));
  await status.evaluate((region) => {
    globalThis.spoken = [];
    new MutationObserver(() => globalThis.spoken.push(region.textContent)).observe(region, {
      characterData: true,
      childList: true,
      subtree: true,
    });
  });
  await shown.page.evaluate(async () => {
    const element = document.querySelector('fiado-credito');
    for (const amount of ['9', '90', '900', '9000']) {
      element.amount = amount;
      await new Promise((next) => setTimeout(next, 60));
    }
  });
  assert.match(await shown.verdict.innerText(), /El crédito no alcanza/);
  const said = ['El crédito no alcanza. Puede comprar hasta: $7,500.00. Faltan: $1,500.00.'];
  await eventually(async () => assert.deepEqual(await shown.page.evaluate(() => globalThis.spoken), said));
  await shown.give({ amount: '9000.00' });
  await shown.page.waitForTimeout(1000);
  assert.deepEqual(await shown.page.evaluate(() => globalThis.spoken), said);
  await shown.close();
});

test('nothing moves for whoever asked for less motion', async () => {
  const shown = await open({ snapshot, amount: '1000' });
  assert.equal(await shown.style('.segment', 'transitionProperty'), 'none');
  await shown.page.emulateMedia({ reducedMotion: 'no-preference' });
  assert.match(await shown.style('.segment', 'transitionProperty'), /width/);
  await shown.close();
});
