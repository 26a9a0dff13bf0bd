// What somebody else's code gets to hear about a cart.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { byTerms, inThree, snapshot } from './line.js';
import { freshProject } from './project.js';

const DAY = 24 * 60 * 60 * 1000;

let project;
before(async () => {
  project = await freshProject();
});
after(() => project?.remove());

/** What the package answers in the fresh project. */
function preview(line, cart) {
  return project.run(`
    import { preview } from 'fiado';
    console.log(JSON.stringify(preview(${JSON.stringify(line)}, ${JSON.stringify(cart)})));
  `);
}

/** Amounts are compared by their cents, which are whole and therefore exact. */
const cents = (amount) => Math.round(amount * 100);

/** How many days after the purchase each part falls due. */
const daysOf = ({ parts }) => parts.map(({ due_date }) => (Date.parse(due_date) - Date.parse(snapshot.today)) / DAY);

test('a cart within the line is accepted, with the figures after it', async () => {
  const { status, data } = await preview(snapshot, { amount: 5000.0 });
  assert.equal(status, 'success');
  assert.equal(data.verdict, 'accepted');
  assert.deepEqual(data.reasons, []);
  assert.equal(data.credit_used_after, 7500);
  assert.equal(data.credit_available_after, 2500);
  assert.deepEqual(data.installments, [{ number: 1, due_date: '2025-12-24', amount: 5000 }]);
  assert.deepEqual([data.date, data.version, data.currency], ['2025-11-24', 4, 'USD']);
});

test('a cart beyond the line is refused, with the reason in Spanish, by how much, and what would make it pass', async () => {
  const { data } = await preview(snapshot, { amount: 7500.01 });
  assert.equal(data.verdict, 'refused');
  assert.equal(data.shortfall, 0.01);
  assert.deepEqual(
    data.reasons.map((reason) => reason.type),
    ['CREDIT_NOT_AVAILABLE'],
  );
  assert.match(data.reasons[0].message, /crédito/);
  assert.deepEqual(data.would_pass, { largest_amount: 7500, smallest_prepayment: 0.01 });
});

test('the reason is in English on request', async () => {
  const { data } = await preview(snapshot, { amount: 8000, language: 'en' });
  assert.match(data.reasons[0].message, /credit/);
});

test('a suspended line accepts nothing, and no amount would pass', async () => {
  const { data } = await preview({ ...snapshot, status: 'suspended' }, { amount: 1 });
  assert.equal(data.verdict, 'refused');
  assert.deepEqual(data.would_pass, {});
});

test('an amount may be a decimal text', async () => {
  const { data } = await preview(snapshot, { amount: '7500.00' });
  assert.equal(data.verdict, 'accepted');
  assert.equal(data.credit_available_after, 0);
});

test('what cannot be read is answered with every wrong field, and never thrown', async () => {
  const { status, error } = await preview(snapshot, { amount: -1, installments: 49, colour: 'red' });
  assert.equal(status, 'error');
  assert.equal(error.type, 'VALIDATION_ERROR');
  assert.deepEqual(error.details.fields.map(({ field }) => field).sort(), [
    'cart.amount',
    'cart.colour',
    'cart.installments',
  ]);
});

test('a snapshot with wrong rules names each of them', async () => {
  const rules = [inThree, { ...byTerms, deadlines: [{ terms: [{ days: -1, interest_rate: 0 }] }], rule_id: '' }];
  const { error } = await preview({ ...snapshot, rules }, { amount: 1 });
  assert.deepEqual(error.details.fields.map(({ field }) => field), [
    'snapshot.rules[1].rule_id',
    'snapshot.rules[1].deadlines[0].terms[0].days',
  ]);
});

test('an expired snapshot is not decided by', async () => {
  const { error } = await preview(snapshot, { amount: 1, now: '2025-11-24T15:05:01Z' });
  assert.equal(error.code, 'CRD-2016');
});

test('a snapshot of an older server, which tells of no rules, offers what the line does', async () => {
  const { holds, due_dates, country, rules, ...older } = snapshot;
  assert.deepEqual(await preview(older, { amount: 100 }), await preview(snapshot, { amount: 100 }));
});

// What a line offers where the shop has no rules: equal parts, no interest, one term apart.

for (const amount of [0.48, 100, 1066.08, 7499.99, 9999999.99]) {
  test(`without rules, the parts of ${amount} add up`, async () => {
    const { plans } = (await preview(snapshot, { amount })).data;
    assert.deepEqual(plans.map((plan) => plan.installments), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    for (const { installments, total, interest, parts } of plans) {
      const sum = parts.reduce((sofar, part) => sofar + cents(part.amount), 0);
      assert.equal(parts.length, installments);
      assert.equal(sum, cents(amount), `${installments} installments`);
      assert.deepEqual([total, interest], [amount, 0]);
    }
  });
}

test('without rules, each part falls due one term after the one before', async () => {
  const { plans } = (await preview(snapshot, { amount: 1000 })).data;
  assert.deepEqual(daysOf(plans[5]), [30, 60, 90, 120, 150, 180]);
});

test('without rules, more parts than are listed are to be had by asking', async () => {
  const { data } = await preview(snapshot, { amount: 480, installments: 48 });
  assert.deepEqual([data.plan.plan_id, data.plan.parts.length, data.plan.total], ['line:48x', 48, 480]);
});

test('no part is empty: an amount too small for a plan is not offered in it', async () => {
  const { plans } = (await preview(snapshot, { amount: 0.03 })).data;
  assert.deepEqual(
    plans.map((plan) => plan.installments),
    [1, 2, 3],
  );
});

// What a shop's own rules offer.

test('a rule offers its quantities with their interest, and the limit counts it', async () => {
  const line = { ...snapshot, rules: [inThree] };
  const { data } = await preview(line, { amount: 7500, installments: 3 });
  assert.deepEqual(data.plans.map(({ plan_id, total, interest, accepted }) => [plan_id, total, interest, accepted]), [
    ['three:1x', 7500, 0, true],
    ['three:3x', 7725, 225, false],
  ]);
  assert.equal(data.verdict, 'refused');
  assert.equal(data.shortfall, 225);
  assert.deepEqual(data.plan.parts.map(({ amount }) => amount), [2575, 2575, 2575]);
  const { largest_amount, ...others } = data.would_pass;
  assert.deepEqual(others, { smallest_prepayment: 225, cheapest_plan_id: 'three:1x', cheapest_installments: 1 });
  // 7281.58 × 1.03 / 3 is 2500.0091…, cut to 2500.00; of a cent more it is 2500.0125….
  assert.equal(largest_amount, 7281.58);
  const fits = await preview(line, { amount: largest_amount, installments: 3 });
  const isTooMuch = await preview(line, { amount: 7281.59, installments: 3 });
  assert.deepEqual([fits.data.verdict, isTooMuch.data.verdict], ['accepted', 'refused']);
});

test('terms of payment are offered each by its days, and chosen by them', async () => {
  const { data } = await preview({ ...snapshot, rules: [byTerms] }, { amount: 100.01, terms: [60, 30] });
  assert.deepEqual(data.plans.map((plan) => [plan.plan_id, plan.total]), [
    ['terms:30d', 100.01],
    ['terms:30-60d', 101.26],
  ]);
  assert.equal(data.plan.plan_id, 'terms:30-60d');
  assert.deepEqual(daysOf(data.plan), [30, 60]);
  assert.deepEqual(data.plan.parts.map(({ amount }) => amount), [50, 51.26]);
});

test('what is not offered is refused, with all that is', async () => {
  const { data } = await preview({ ...snapshot, rules: [inThree] }, { amount: 100, installments: 5 });
  assert.deepEqual(data.reasons.map((reason) => reason.code), ['CRD-2041']);
  assert.deepEqual(data.reasons[0].details.offered_plans, ['three:1x', 'three:3x']);
});

test('a rule for one sales channel is offered in it alone', async () => {
  const line = { ...snapshot, rules: [{ ...inThree, sales_channels: ['2'] }] };
  const counts = async (cart) => (await preview(line, cart)).data.plans.map((plan) => plan.installments);
  assert.deepEqual(await counts({ amount: 10, sales_channel: '2' }), [1, 3]);
  assert.deepEqual(await counts({ amount: 10, sales_channel: '1' }), []);
  assert.deepEqual(await counts({ amount: 10 }), []);
});

test('due days go where the shop says: the end of each month, and no holiday', async () => {
  const due_dates = {
    rhythm: 'end_of_month',
    adjustment: 'modified_following',
    weekend: ['saturday', 'sunday'],
    holidays: ['2025-12-31'],
  };
  const { plans } = (await preview({ ...snapshot, due_dates }, { amount: 300 })).data;
  // 31 December is a holiday, 31 January a Saturday and 28 February as well; what follows is another month.
  assert.deepEqual(plans[2].parts.map((part) => part.due_date), ['2025-12-30', '2026-01-30', '2026-02-27']);
});

test('a hold that ends by itself is why tomorrow it would pass', async () => {
  const holds = [{ ends_at: '2025-11-25T10:00:00Z', ends_on: '2025-11-25', amount: 5000 }];
  const line = { ...snapshot, credit_held: 5000, holds };
  const { would_pass } = (await preview(line, { amount: 3000 })).data;
  assert.deepEqual([would_pass.earliest_date, would_pass.earliest_at], ['2025-11-25', '2025-11-25T10:00:00Z']);
  assert.equal((await preview(line, { amount: 3000, date: '2025-11-26' })).data.verdict, 'accepted');
});
