// How long a buyer waits for the first preview: from the script's start, with the module to be decoded, compiled and given a
// snapshot; and from before its first request, with the script to be fetched as well.

/**
 * Milliseconds to the first preview, each time in a browser that has seen nothing; the shortest first.
 *
 * @param {import('playwright-core').Browser} browser
 * @param {string} address where the files of pkg/dist are served
 * @param {import('../../../pkg/dist/index.js').Snapshot} snapshot
 * @param {number} times
 * @returns {Promise<{ started: number[], asked: number[] }>} since the script's start, and since it was asked for
 */
export async function firstPreviews(browser, address, snapshot, times) {
  const waits = { started: [], asked: [] };
  for (let turn = 0; turn < times; turn += 1) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(address);
    const { started, asked } = await page.evaluate(firstPreview, snapshot);
    waits.started.push(started);
    waits.asked.push(asked);
    await context.close();
  }
  for (const wait of Object.values(waits)) wait.sort((left, right) => left - right);
  return waits;
}

/** Runs in the page, and needs nothing from outside itself. */
function firstPreview(snapshot) {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.type = 'module';
    // What a script imports is there before it starts, and runs in the order it is written: the clock first.
    script.textContent = `
      import 'data:text/javascript,globalThis.started = performance.now()';
      import { createCredit } from '/index.js';
      const answer = createCredit({ snapshot: globalThis.snapshot }).preview({ amount: 1000 });
      if (answer.status !== 'success' || answer.data.plans.length === 0) throw new Error(JSON.stringify(answer));
      const now = performance.now();
      globalThis.told({ started: now - globalThis.started, asked: now - globalThis.asked });
    `;
    Object.assign(globalThis, { snapshot, told: resolve, asked: performance.now() });
    addEventListener('error', ({ error }) => reject(error));
    document.head.append(script);
  });
}
