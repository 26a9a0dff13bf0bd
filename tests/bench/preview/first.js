// How long a buyer waits for the first preview: from the script's start, with the package to be fetched, compiled and
// given a snapshot.

/**
 * Milliseconds to the first preview, each time in a browser that has seen nothing; the shortest first.
 *
 * @param {import('playwright-core').Browser} browser
 * @param {string} address where the files of pkg/dist are served
 * @param {import('../../../pkg/dist/index.js').Snapshot} snapshot
 * @param {number} times
 */
export async function firstPreviews(browser, address, snapshot, times) {
  const waits = [];
  for (let turn = 0; turn < times; turn += 1) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(address);
    waits.push(await page.evaluate(`(${firstPreview})(${JSON.stringify(snapshot)})`));
    await context.close();
  }
  return waits.sort((left, right) => left - right);
}

/** Handed over as text, so it needs nothing from outside itself. */
async function firstPreview(snapshot) {
  const started = performance.now();
  const { createCredit } = await import('/index.js');
  const answer = createCredit({ snapshot }).preview({ amount: 1000 });
  if (answer.status !== 'success' || answer.data.plans.length === 0) throw new Error(JSON.stringify(answer));
  return performance.now() - started;
}
