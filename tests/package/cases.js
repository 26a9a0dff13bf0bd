// What the package is asked in every kind of project, and what the corpus expects of it.

import { readFile } from 'node:fs/promises';

import { byTerms, rule, snapshot } from './line.js';

const CORPUS = JSON.parse(await readFile(new URL('../corpus/previews.json', import.meta.url), 'utf8'));
const CORPUS_CASE = 'the limit counts the interest, and a smaller amount, a payment or another plan would pass';

/** A case of the corpus as a snapshot: nothing is owed, and `rule-1` is the shop's. */
const fromCorpus = {
  snapshot: {
    ...snapshot,
    credit_limit: 1000.0,
    credit_used: 0,
    credit_available: 1000.0,
    due: [],
    rules: [
      {
        ...rule,
        rule_id: 'rule-1',
        quantities: [
          { installments: 1, interest_rate: 0 },
          { installments: 6, interest_rate: 1.5 },
        ],
      },
    ],
  },
  cart: { amount: '990.00', installments: 6 },
};

/** What is asked: a line and a cart each. */
export const cases = [
  fromCorpus,
  { snapshot: { ...snapshot, rules: [byTerms] }, cart: { amount: 1250.5, terms: [30, 60], language: 'en' } },
  { snapshot, cart: { amount: 'much' } },
];

/** What the corpus expects of the first case. */
export const expected = CORPUS.find((each) => each.name === CORPUS_CASE).expected;
