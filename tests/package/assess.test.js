// What somebody else's code gets to hear about a cart.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { snapshot } from './line.js';
import { freshProject } from './project.js';

let project;
before(async () => {
  project = await freshProject();
});
after(() => project?.remove());

/** What a function of the package answers in the fresh project. */
function answerOf(name, line, cart) {
  return project.run(`
    import { ${name} } from 'fiado';
    console.log(JSON.stringify(${name}(${JSON.stringify(line)}, ${JSON.stringify(cart)})));
  `);
}

test('a cart within the line is accepted, with the figures after it', async () => {
  const { status, data } = await answerOf('assess', snapshot, { amount: 5000.0 });
  assert.equal(status, 'success');
  assert.equal(data.verdict, 'accepted');
  assert.deepEqual(data.reasons, []);
  assert.equal(data.credit_used_after, 7500);
  assert.equal(data.credit_available_after, 2500);
  assert.deepEqual(data.installments, [{ number: 1, due_date: '2025-12-24', amount: 5000 }]);
});

test('a cart beyond the line is refused, with the reason in Spanish and by how much', async () => {
  const { data } = await answerOf('assess', snapshot, { amount: 7500.01 });
  assert.equal(data.verdict, 'refused');
  assert.equal(data.shortfall, 0.01);
  assert.deepEqual(
    data.reasons.map((reason) => reason.type),
    ['CREDIT_NOT_AVAILABLE'],
  );
  assert.match(data.reasons[0].message, /crédito/);
});

test('the reason is in English on request', async () => {
  const { data } = await answerOf('assess', snapshot, { amount: 8000, language: 'en' });
  assert.match(data.reasons[0].message, /credit/);
});

test('a suspended line accepts nothing', async () => {
  const { data } = await answerOf('assess', { ...snapshot, status: 'suspended' }, { amount: 1 });
  assert.equal(data.verdict, 'refused');
});

test('an amount may be a decimal text', async () => {
  const { data } = await answerOf('assess', snapshot, { amount: '7500.00' });
  assert.equal(data.verdict, 'accepted');
  assert.equal(data.credit_available_after, 0);
});

test('what cannot be read is answered with every wrong field, and never thrown', async () => {
  const { status, error } = await answerOf('assess', snapshot, { amount: -1, installments: 49, colour: 'red' });
  assert.equal(status, 'error');
  assert.equal(error.type, 'VALIDATION_ERROR');
  assert.deepEqual(error.details.fields.map(({ field }) => field).sort(), [
    'cart.amount',
    'cart.colour',
    'cart.installments',
  ]);
});

test('an expired snapshot is not decided by', async () => {
  const { status } = await answerOf('assess', snapshot, { amount: 1, now: '2025-11-24T15:05:01Z' });
  assert.equal(status, 'error');
});
