// What every project asks the package, and how a test reads the answer off its page.

import { cases } from './cases.js';

/** The whole answer to each case, as plain data. */
export function answersOf(createCredit) {
  return cases.map(({ snapshot, cart }) => JSON.parse(JSON.stringify(createCredit({ snapshot }).preview(cart))));
}

/** Shows the answers to a test. */
export function tell(answers) {
  globalThis.fiadoAnswers = answers;
}
