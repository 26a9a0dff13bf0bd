// What axe-core has to say about a page (WCAG 2.2, A and AA, and its own good practices).

import { createRequire } from 'node:module';

const PROGRAM = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** Gives a page the program, whatever its policy allows; before it is opened. */
export function watchAccessibility(page) {
  return page.addInitScript({ path: PROGRAM });
}

/** What is wrong with the page as it is now, as sentences. */
export function barriers(page) {
  return page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document, { resultTypes: ['violations'] });
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${help}: ${html}: ${failureSummary}`),
    );
  });
}
