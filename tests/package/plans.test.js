// Installments: whatever the amount, the parts add up to it and fall due one term apart.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { snapshot } from './line.js';
import { freshProject } from './project.js';

const DAY = 24 * 60 * 60 * 1000;

let project;
before(async () => {
  project = await freshProject();
});
after(() => project?.remove());

function plansFor(cart) {
  return project.run(`
    import { plans } from 'fiado';
    console.log(JSON.stringify(plans(${JSON.stringify(snapshot)}, ${JSON.stringify(cart)}).data));
  `);
}

/** Amounts are compared by their cents, which are whole and therefore exact. */
const cents = (amount) => Math.round(amount * 100);

for (const amount of [0.48, 100, 1066.08, 7499.99, 9999999.99]) {
  test(`the parts of ${amount} add up`, async () => {
    const offered = await plansFor({ amount, most_installments: 48 });
    assert.equal(offered.length, 48);
    for (const { installments, total, parts } of offered) {
      const sum = parts.reduce((sofar, part) => sofar + cents(part.amount), 0);
      assert.equal(parts.length, installments);
      assert.equal(sum, cents(amount), `${installments} installments`);
      assert.equal(total, amount);
    }
  });
}

test('each part falls due one term after the one before', async () => {
  const [plan] = (await plansFor({ amount: 1000, most_installments: 6 })).slice(-1);
  const days = plan.parts.map(({ due_date }) => (Date.parse(due_date) - Date.parse(snapshot.today)) / DAY);
  assert.deepEqual(days, [30, 60, 90, 120, 150, 180]);
});

test('no part is empty: an amount too small for a plan is not offered in it', async () => {
  const offered = await plansFor({ amount: 0.03, most_installments: 12 });
  assert.deepEqual(
    offered.map((plan) => plan.installments),
    [1, 2, 3],
  );
});
