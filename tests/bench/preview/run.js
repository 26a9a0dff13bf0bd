// Measures the package as it is built, in Node or in Chromium, and prints what came of it as JSON.
//
//     node run.js node|chromium BATCHES CALLS

import process from 'node:process';
import { fileURLToPath } from 'node:url';

import { firstPreviews } from './first.js';
import { measure } from './measure.js';
import { snapshot } from './snapshot.js';

const DIST = new URL('../../../pkg/dist/', import.meta.url);

/** How often a browser is shown the package for the first time. */
const FIRST_PREVIEWS = 25;

const [place, batches, calls] = process.argv.slice(2);
const size = { batches: Number(batches), calls: Number(calls) };

async function inNode() {
  return { program: `Node ${process.version}`, measured: measure(await import(new URL('index.js', DIST).href), snapshot, size) };
}

async function inChromium() {
  const { openChromium } = await import('../../browser/chromium.js');
  const { serveFiles } = await import('../../browser/files.js');
  const files = await serveFiles(fileURLToPath(DIST));
  const browser = await openChromium();
  try {
    const page = await browser.newPage();
    await page.goto(files.address);
    const asked = `(async () => (${measure})(await import('/index.js'), ${JSON.stringify(snapshot)}, ${JSON.stringify(size)}))()`;
    const waits = await firstPreviews(browser, files.address, snapshot, FIRST_PREVIEWS);
    const rounded = (wait) => Math.round(10 * wait) / 10;
    const median = (all) => rounded(all[Math.floor(all.length / 2)]);
    const { started, asked: fetched } = waits;
    const first = { median_ms: median(started), worst_ms: rounded(started.at(-1)), fetched_ms: median(fetched) };
    return { program: `Chromium ${browser.version()}`, measured: await page.evaluate(asked), first };
  } finally {
    await browser.close();
    files.close();
  }
}

const places = { node: inNode, chromium: inChromium };
process.stdout.write(`${JSON.stringify(await places[place]())}\n`);
