// Measures the schedules as the package is built, in Node or in Chromium, and prints what came of it as JSON.
//
//     node run.js node|chromium BATCHES CALLS

import process from 'node:process';
import { fileURLToPath } from 'node:url';

const REPOSITORY = fileURLToPath(new URL('../../../', import.meta.url));

const [place, batches, calls] = process.argv.slice(2);
const size = { batches: Number(batches), calls: Number(calls) };

async function inNode() {
  const { measure } = await import('./measure.js');
  return { program: `Node ${process.version}`, measured: measure(size) };
}

async function inChromium() {
  const { openChromium } = await import('../../browser/chromium.js');
  const { serveFiles } = await import('../../browser/files.js');
  const files = await serveFiles(REPOSITORY);
  const browser = await openChromium();
  try {
    const page = await browser.newPage();
    await page.goto(files.address);
    const asked = `import('/tests/bench/plans/measure.js').then(({ measure }) => measure(${JSON.stringify(size)}))`;
    return { program: `Chromium ${browser.version()}`, measured: await page.evaluate(asked) };
  } finally {
    await browser.close();
    files.close();
  }
}

const places = { node: inNode, chromium: inChromium };
process.stdout.write(`${JSON.stringify(await places[place]())}\n`);
