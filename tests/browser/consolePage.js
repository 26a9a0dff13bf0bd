// The console as an approver meets it: by what is written on it.

import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { barriers, watchAccessibility } from './accessibility.js';
import { complaintsOf } from './chromium.js';
import { weakTexts } from './contrast.js';

const PICTURES = fileURLToPath(new URL('../output', import.meta.url));
const DESKTOP = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };

/** Opens the console in a browser of its own, with a token in the address or at the door. */
export async function openConsole(browser, server, { token, path = '', clock = false, colorScheme = 'light' } = {}) {
  const context = await browser.newContext({
    viewport: DESKTOP,
    locale: 'es-PA',
    colorScheme,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const office = new ConsolePage(page, server);
  await watchAccessibility(page);
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      console.error(`content security policy: ${violatedDirective} ${blockedURI}`),
    );
  });
  if (clock) await page.clock.install();
  await office.enter(token, path);
  return office;
}

class ConsolePage {
  constructor(page, server) {
    this.page = page;
    this.server = server;
    this.complaints = complaintsOf(page);
    this.foreign = [];
    page.on('request', (request) => {
      if (new URL(request.url()).origin !== server.address) this.foreign.push(request.url());
    });
  }

  /** Comes with a token in the address, and goes to a place in the console. */
  async enter(token, path = '') {
    const given = token === undefined ? '' : `#${new URLSearchParams({ token })}`;
    await this.page.goto(`${this.server.address}/console/${given}`);
    if (token === undefined || path === '') return;
    await this.page.getByRole('button', { name: 'Salir' }).waitFor();
    await this.goTo(path);
  }

  /** Somebody follows a link to a place in the console. */
  goTo(path) {
    return this.page.evaluate((hash) => {
      location.hash = hash;
    }, path);
  }

  /** Ends the visit: nothing was complained about but what is expected, and nobody else was asked for anything. */
  async close(...expected) {
    await this.page.context().close();
    const surprises = this.complaints.filter((complaint) => !expected.some((pattern) => pattern.test(complaint)));
    assert.deepEqual(surprises, []);
    assert.deepEqual(this.foreign, []);
  }

  // What is there

  get alert() {
    return this.page.getByRole('alert');
  }

  get dialog() {
    return this.page.getByRole('dialog');
  }

  /** What has just been done. */
  get said() {
    return this.page.locator('.said p');
  }

  button(name) {
    return this.page.getByRole('button', { name, exact: true });
  }

  field(name) {
    return this.page.getByLabel(name, { exact: true });
  }

  /** Where the line stands. */
  get status() {
    return this.page.locator('.company-ids .badge').innerText();
  }

  /** The buttons of what can be done, those behind "more" as well. */
  get actions() {
    return this.page.locator('.actions button').allTextContents();
  }

  /** The value beside a name in a list of figures. */
  async figure(name, within = 'main') {
    const entries = this.page
      .locator(within)
      .locator('dl > div')
      .filter({ has: this.page.getByText(name, { exact: true }) });
    return entries.locator('dd').first().innerText();
  }

  /** A table's rows as texts, cell by cell. */
  rows(within = 'main') {
    return this.page
      .locator(`${within} .table tbody tr`)
      .evaluateAll((rows) =>
        rows.map((row) => Array.from(row.cells, (cell) => cell.innerText.replace(/\s+/g, ' ').trim())),
      );
  }

  /** The names of the companies that are listed. */
  companies() {
    return this.page.locator('.requests .row-link').allTextContents();
  }

  /** The facts of the journal, newest first, once there are any. */
  async facts() {
    const facts = this.page.locator('.fact');
    await facts.first().waitFor();
    return facts.evaluateAll((all) => all.map((fact) => fact.innerText.replace(/\s+/g, ' ').trim()));
  }

  // What is done

  async signIn(token) {
    await this.field('Token de acceso').fill(token);
    await this.page.keyboard.press('Enter');
  }

  /** The list is there. */
  async isListed() {
    await this.page.getByRole('heading', { name: 'Solicitudes y líneas' }).waitFor();
    await this.page.locator('.requests .loading').waitFor({ state: 'detached' });
  }

  /** A company's page is there, with all that it loads. */
  async isAt(name) {
    await this.page.getByRole('heading', { level: 1, name }).waitFor();
    await this.page.locator('.company-head').waitFor();
    await this.page.locator('main .loading').first().waitFor({ state: 'detached' });
  }

  async visit(customer, name, section) {
    await this.goTo(`#/empresas/${encodeURIComponent(customer)}${section === undefined ? '' : `/${section}`}`);
    await this.isAt(name);
  }

  async section(name) {
    await this.page.getByRole('navigation', { name: 'Secciones' }).getByRole('link', { name }).click();
    await this.page.locator('main .loading').first().waitFor({ state: 'detached' });
  }

  /** Opens the window of something that can be done. */
  async begin(name) {
    const more = this.page.locator('.menu summary');
    const inMenu = this.page.locator('.menu-items').getByRole('button', { name, exact: true, includeHidden: true });
    if ((await inMenu.count()) > 0) await more.click();
    await this.page.locator('.actions').getByRole('button', { name, exact: true }).click();
    await this.dialog.waitFor();
  }

  get confirmButton() {
    return this.page.locator('dialog .confirm');
  }

  /** Confirms what the button says, and reads what was done. */
  async confirm(label) {
    await this.dialog.getByRole('button', { name: label, exact: true }).click();
    await this.dialog.waitFor({ state: 'detached' });
    return this.said.innerText();
  }

  // How it looks

  /** Keeps the page's look, on a desk and on a phone; nothing may be wider than either, and nobody may be kept out. */
  async picture(name) {
    await mkdir(PICTURES, { recursive: true });
    for (const [size, { width, height }] of Object.entries({ desktop: DESKTOP, phone: PHONE })) {
      await this.page.setViewportSize({ width, height });
      const [wide, tall] = await this.page.evaluate(() => [
        document.documentElement.scrollWidth,
        document.documentElement.scrollHeight,
      ]);
      assert.equal(wide, width, `${name} is ${wide} pixels wide on a ${size} of ${width}`);
      assert.deepEqual(await this.cutOff(), [], `${name} on a ${size}`);
      await this.isFit(`${name} on a ${size}`);
      // As tall as the page, or as what is in the window over it.
      const inside = await this.page.evaluate(() => document.querySelector('dialog')?.scrollHeight ?? 0);
      await this.page.setViewportSize({
        width,
        height: inside > 0 ? Math.max(height, inside + 64) : Math.max(height, tall),
      });
      await this.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      await this.page.screenshot({ path: join(PICTURES, `console-${name}-${size}.png`) });
    }
    await this.page.setViewportSize(DESKTOP);
  }

  /** Nobody is kept out, and every text stands out enough. */
  async isFit(what) {
    assert.deepEqual(await barriers(this.page), [], what);
    assert.deepEqual(await weakTexts(this.page), [], what);
  }

  /** What is wider than the element it stands in, and hidden there. */
  cutOff() {
    return this.page.evaluate(() =>
      Array.from(document.querySelectorAll('main *, dialog *'))
        .filter(
          (element) =>
            !element.closest('.tabs, svg') &&
            element.checkVisibility() &&
            getComputedStyle(element).clipPath === 'none',
        )
        .filter(
          (element) =>
            ['hidden', 'clip'].includes(getComputedStyle(element).overflowX) &&
            element.scrollWidth > element.clientWidth,
        )
        .map((element) => element.outerHTML.slice(0, 120)),
    );
  }
}
