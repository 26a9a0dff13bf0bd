// The checkout page as a buyer meets it: by what is written on it.

import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { watchAccessibility } from './accessibility.js';
import { complaintsOf } from './chromium.js';

const PICTURES = fileURLToPath(new URL('../output', import.meta.url));
const DESKTOP = { width: 1280, height: 900 };
const PHONE = { width: 360, height: 740 };
const PATIENCE = 10_000;

/** Chromium logs every answer of 400 and more; where a test provokes one, that line is expected. */
export const REFUSED = /the server responded with a status of 4\d\d/;
export const UNREACHABLE = /net::ERR_/;

/** Opens the page in a browser of its own, as somebody with this token for this customer. */
export async function openCheckout(browser, server, { token, customer, clock = false, colorScheme = 'light' } = {}) {
  const context = await browser.newContext({ viewport: DESKTOP, locale: 'es-PA', colorScheme, reducedMotion: 'reduce' });
  const page = await context.newPage();
  const checkout = new CheckoutPage(page, server);
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      console.error(`content security policy: ${violatedDirective} ${blockedURI}`),
    );
  });
  await watchAccessibility(page);
  if (clock) await page.clock.install();
  await checkout.goTo(token, customer);
  return checkout;
}

class CheckoutPage {
  constructor(page, server) {
    this.page = page;
    this.server = server;
    this.complaints = complaintsOf(page);
    this.foreign = [];
    page.on('request', (request) => {
      if (new URL(request.url()).origin !== server.address) this.foreign.push(request.url());
    });
  }

  async goTo(token, customer) {
    const given = new URLSearchParams({ ...(token && { token }), ...(customer && { customer }) });
    await this.page.goto(`${this.server.address}/#${given}`);
  }

  /** Ends the visit: nothing was complained about but what is expected, and nobody else was asked for anything. */
  async close(...expected) {
    await this.page.context().close();
    const surprises = this.complaints.filter((complaint) => !expected.some((pattern) => pattern.test(complaint)));
    assert.deepEqual(surprises, []);
    assert.deepEqual(this.foreign, []);
  }

  // What is there

  get confirmButton() {
    return this.page.locator('.confirm');
  }

  get retryButton() {
    return this.page.getByRole('button', { name: 'Reintentar' });
  }

  get verdict() {
    return this.page.locator('fiado-credito .verdict');
  }

  /** What a screen reader is told of it. */
  get announcement() {
    return this.page.locator('fiado-credito').getByRole('status');
  }

  get alert() {
    return this.page.getByRole('alert');
  }

  get freight() {
    return this.page.getByLabel('Importe del flete');
  }

  get quantities() {
    return this.page.getByLabel(/^Cantidad de/);
  }

  /** The line of credit is there, and whatever loads has loaded. */
  async isReady() {
    await this.page.getByRole('heading', { name: 'Línea de crédito' }).waitFor();
    await this.page.locator('fiado-credito .line:not([aria-busy])').waitFor();
  }

  /** The value beside a name in a list of figures: `Usado`, `Total`, `Disponible después`… */
  figure(name, within = 'main') {
    return this.page.locator(within).locator('dl > div').filter({ hasText: name }).locator('dd').first().innerText();
  }

  /** What is left of the line. */
  available() {
    return this.page.locator('.available').innerText();
  }

  /** A table's rows as texts. */
  rows(table) {
    return this.page
      .locator(`${table} tbody tr`)
      .evaluateAll((rows) => rows.map((row) => Array.from(row.cells, (cell) => cell.innerText.trim())));
  }

  /** The plans that are listed, each as the lines of its text. */
  plans() {
    return this.page
      .locator('.plan-choice')
      .evaluateAll((choices) => choices.map((choice) => choice.innerText.split('\n').map((line) => line.trim())));
  }

  /** What would make it pass, in words. */
  remedies() {
    return this.page.locator('.remedies li > p').allInnerTexts();
  }

  /** The name or text of what has the focus. */
  focused() {
    return this.page.evaluate(() => {
      let element = document.activeElement;
      while (element.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      return element.getAttribute('aria-label') ?? element.closest('label')?.innerText ?? element.innerText;
    });
  }

  // What is done

  /** An order of just this amount. */
  async order(amount) {
    for (const quantity of await this.quantities.all()) await quantity.fill('0');
    await this.freight.fill(amount);
  }

  async choose(count) {
    await this.page.getByRole('radio', { name: count === 1 ? /^1 pago/ : new RegExp(`^${count} cuotas`) }).check();
  }

  async confirm() {
    await this.confirmButton.click();
    await this.isConfirmed();
  }

  isConfirmed() {
    return this.page.getByRole('heading', { name: 'Pedido confirmado' }).waitFor();
  }

  /** Keeps the page's look, on a desk and on a phone; nothing may be wider than either. */
  async picture(name) {
    await mkdir(PICTURES, { recursive: true });
    for (const [size, { width, height }] of Object.entries({ desktop: DESKTOP, phone: PHONE })) {
      await this.page.setViewportSize({ width, height });
      const [wide, tall] = await this.page.evaluate(() => [
        document.documentElement.scrollWidth,
        document.documentElement.scrollHeight,
      ]);
      assert.equal(wide, width, `${name} is ${wide} pixels wide on a ${size} of ${width}`);
      // As tall as the page, so that what sticks to the window is where it belongs.
      await this.page.setViewportSize({ width, height: Math.max(height, tall) });
      await this.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      await this.page.screenshot({ path: join(PICTURES, `${name}-${size}.png`) });
    }
    await this.page.setViewportSize(DESKTOP);
  }

  /** What a phone shows before anybody scrolls. */
  async pictureOfPhone(name) {
    await this.page.setViewportSize(PHONE);
    await this.page.evaluate(() => scrollTo(0, 0));
    await this.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    await this.page.screenshot({ path: join(PICTURES, `${name}.png`) });
  }
}

/** Checks until it holds; fails with its last complaint. */
export async function eventually(check) {
  const end = Date.now() + PATIENCE;
  for (;;) {
    try {
      return await check();
    } catch (complaint) {
      if (Date.now() > end) throw complaint;
      await sleep(50);
    }
  }
}

/** `$1,234.50` of the API's 1234.5. */
export function dollars(amount) {
  return `$${amount.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
}

/** The cents of `$1,234.50`. */
export function cents(text) {
  assert.match(text, /^\$[\d,]+\.\d\d$/);
  return Number(text.replace(/[$,.]/g, ''));
}
