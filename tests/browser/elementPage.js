// A page with nothing on it but <fiado-credito>, as a shop of any kind may have it.

import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { watchAccessibility } from './accessibility.js';
import { complaintsOf } from './chromium.js';
import { serveFiles } from './files.js';

const DIST = fileURLToPath(new URL('../../pkg/dist', import.meta.url));
const PICTURES = fileURLToPath(new URL('../output', import.meta.url));

/** As the server's own: nothing inline, nothing from elsewhere. */
export const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
  "form-action 'none'; base-uri 'none'; frame-ancestors 'none'";
export const POLICY_WITHOUT_WEBASSEMBLY = POLICY.replace(" 'wasm-unsafe-eval'", '');

const PAGE = `<!doctype html>
<html lang="es">
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <title>Tienda</title>
  <link rel="icon" href="data:,">
  <main>
    <h1>Pagar</h1>
    <fiado-credito></fiado-credito>
  </main>
</html>`;

/** Serves the package and the page with it; the test ends it with `close`. */
export function serveElement(policy = POLICY) {
  return serveFiles(DIST, { page: PAGE, headers: { 'content-security-policy': policy } });
}

/**
 * Opens the page and gives the element these properties; `snapshot` too, whose moment is then the present one. What it
 * tells is kept in `told`.
 */
export async function openElement(browser, files, properties = {}, { width = 480, colorScheme = 'light' } = {}) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, reducedMotion: 'reduce' });
  const page = await context.newPage();
  const shown = new ElementPage(page, files);
  await watchAccessibility(page);
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      console.error(`content security policy: ${violatedDirective} ${blockedURI}`),
    );
  });
  await page.goto(files.address);
  await shown.give({ ...momentOf(properties), ...properties });
  await page.evaluate(async () => {
    const element = document.querySelector('fiado-credito');
    globalThis.told = [];
    for (const name of ['change', 'confirm', 'remedy', 'refresh']) {
      element.addEventListener(name, (event) => {
        if (globalThis.isPrevented) event.preventDefault();
        const { preview, ...detail } = event.detail;
        globalThis.told.push([name, detail]);
      });
    }
    await import('/element.js');
  });
  return shown;
}

function momentOf({ snapshot }) {
  return snapshot?.taken_at === undefined ? {} : { moment: snapshot.taken_at };
}

class ElementPage {
  constructor(page, { address }) {
    this.page = page;
    this.complaints = complaintsOf(page);
    this.foreign = [];
    page.on('request', (request) => {
      if (new URL(request.url()).origin !== address) this.foreign.push(request.url());
    });
    this.element = page.locator('fiado-credito');
    this.radios = this.element.getByRole('radio');
    this.confirm = this.element.locator('.confirm');
    this.verdict = this.element.locator('.verdict');
  }

  /** Ends the visit: nothing was complained about but what is expected, and nobody else was asked for anything. */
  async close(...expected) {
    await this.page.context().close();
    const surprises = this.complaints.filter((complaint) => !expected.some((pattern) => pattern.test(complaint)));
    assert.deepEqual(surprises, []);
    assert.deepEqual(this.foreign, []);
  }

  /** Sets properties; `moment` is what the server's clock says. */
  async give({ moment, ...properties }) {
    await this.page.evaluate(
      ({ moment, properties }) => {
        const element = document.querySelector('fiado-credito');
        if (moment !== undefined) element.clock = () => Date.parse(moment);
        Object.assign(element, properties);
      },
      { moment, properties },
    );
  }

  /** Waits until the line is there. */
  async isReady() {
    await this.element.locator('.line:not([aria-busy])').waitFor();
    return this;
  }

  /** What was told under a name so far, the newest last. */
  told(name) {
    return this.page.evaluate((name) => globalThis.told.filter(([told]) => told === name).map(([, detail]) => detail), name);
  }

  /** A property of the element. */
  property(name) {
    return this.page.evaluate((name) => document.querySelector('fiado-credito')[name], name);
  }

  /** The value beside a name in a list of figures. */
  async figure(name) {
    const value = this.element.locator('dl > div').filter({ hasText: name }).locator('dd').first();
    return plain(await value.innerText());
  }

  async text(place) {
    return plain(await this.element.locator(place).first().innerText());
  }

  /** The rows of the schedule, as texts. */
  async schedule() {
    const rows = this.element.locator('.schedule tbody tr');
    const texts = await rows.evaluateAll((all) => all.map((row) => Array.from(row.cells, (cell) => cell.innerText)));
    return texts.map((row) => row.map(plain));
  }

  /** Computed style of a place in the element. */
  style(place, name) {
    return this.element.locator(place).first().evaluate((found, name) => getComputedStyle(found)[name], name);
  }

  /** Keeps how it looks, and sees that nothing is wider than the window. */
  async picture(name) {
    await mkdir(PICTURES, { recursive: true });
    const [wide, window] = await this.page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    assert.equal(wide, window, `${name} is ${wide} pixels wide in a window of ${window}`);
    await this.page.screenshot({ path: join(PICTURES, `element-${name}.png`), fullPage: true });
  }
}

/** With plain spaces: Intl writes others. */
export function plain(text) {
  return text.replace(/\s/g, ' ').trim();
}
