// What stands behind a form: bodies read as the server reads them, and payments allocated. The cases are those of
// tests/corpus/forms.json, which the server's own build answers as well.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';

import { snapshot } from './line.js';
import { freshProject } from './project.js';

const corpus = JSON.parse(await readFile(new URL('../corpus/forms.json', import.meta.url), 'utf8'));

let project;
before(async () => {
  project = await freshProject();
});
after(() => project?.remove());

/** The wrong fields with their codes, as a case tells them. */
const wrong = (answer) => answer.error.details.fields.map(({ field, code }) => [field, code]);

/** The answers to these cases. */
function answers(cases, body) {
  return project.run(`
    import { allocatePayment, validate } from 'fiado/forms';
    const cases = ${JSON.stringify(cases)};
    console.log(JSON.stringify(cases.map((asked) => { ${body} })));
  `);
}

test('every body of the corpus is read as it says', async () => {
  const told = await answers(corpus.validate, 'return validate(asked.body, asked.shop, asked.language);');
  for (const [index, { name, wrong: expected }] of corpus.validate.entries()) {
    if (expected === null) assert.deepEqual(told[index], { status: 'success', data: null }, name);
    else assert.deepEqual(wrong(told[index]), expected, name);
  }
});

test('every payment of the corpus is allocated as it says', async () => {
  const asked = 'return allocatePayment(asked.payment, asked.invoices, asked.currency, asked.language);';
  const told = await answers(corpus.allocate, asked);
  for (const [index, { name, expected, code, wrong: fields }] of corpus.allocate.entries()) {
    if (expected) assert.deepEqual(told[index].data, expected, name);
    else if (code) assert.equal(told[index].error.code, code, name);
    else assert.deepEqual(wrong(told[index]), fields, name);
  }
});

test('a line of credit reads a body by its own currency and day, and says what is wrong in both languages', async () => {
  const [read, refused, payment] = await project.run(`
    import { createCredit } from 'fiado';
    const credit = createCredit({ snapshot: ${JSON.stringify(snapshot)} });
    const read = await credit.validateRequest({ order_id: 'o', amount: '12.50' });
    const refused = await credit.validateRequest({ order_id: 'o', amount: '12.505' }, 'use', 'en');
    const payment = await credit.validateRequest({ amount: 1, payment_reference: 'T', payment_date: '2025-11-26' }, 'payment');
    console.log(JSON.stringify([read, { ...refused, text: refused.error.text }, payment]));
  `);
  assert.deepEqual(read, { status: 'success', data: null });
  assert.deepEqual(wrong(refused), [['amount', 'TOO_MANY_DECIMALS']]);
  assert.match(refused.error.message, /has more than 2 decimals/);
  assert.deepEqual(Object.keys(refused.error), ['code', 'type', 'message', 'details']);
  assert.equal(refused.text.en, refused.error.message);
  assert.match(refused.text.es, /tiene más de 2 decimales/);
  assert.deepEqual(wrong(payment), [['payment_date', 'TOO_LARGE']]);
});
