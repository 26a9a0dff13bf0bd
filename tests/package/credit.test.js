// A snapshot that is read once and asked again and again says what the wide call says, whichever way it is asked.

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

const held = [{ ends_at: '2025-11-24T15:02:00Z', ends_on: '2025-11-24', amount: 2000 }];

const LINES = [
  snapshot,
  { ...snapshot, rules: [inThree, byTerms] },
  { ...snapshot, rules: [inThree], tolerance: 0.1, unapplied: 12.34 },
  { ...snapshot, currency: 'CLP', rules: [byTerms] },
  { ...snapshot, status: 'suspended' },
  { ...snapshot, status: 'pending' },
  { ...snapshot, overdue_stop: { above: 0, grace_days: 0 }, due: [{ due_date: '2025-11-01', amount: 2500 }] },
  { ...snapshot, credit_held: 2000, holds: held },
];

const CARTS = [
  { amount: 5000 },
  { amount: 7500, now: '2025-11-24T15:03:00Z' },
  { amount: '7501' },
  { amount: 1, language: 'en' },
  { amount: 7400, installments: 3 },
  { amount: 7400, terms: [30, 60] },
  { amount: 7400, plan_id: 'three:3x' },
  { amount: 7400, plan_id: 'line:40x' },
  { amount: 9000, date: '2025-11-25', language: 'en' },
  { amount: 10, installments: 7, sales_channel: '1' },
];

const WRONG = [null, undefined, 5, [], {}, { amount: 0 }, { amount: 1, now: '2025-11-24T15:05:00Z' }, { amount: 1, x: 1 }];

/** Runs this on each line and cart in the fresh project and returns the answers. */
function onEach(lines, carts, body) {
  return project.run(`
    import { Line, createCredit, preview } from 'fiado';
    const answers = [];
    for (const snapshot of ${JSON.stringify(lines)}) {
      for (const cart of ${JSON.stringify(carts)}) answers.push((() => { ${body} })());
    }
    console.log(JSON.stringify(answers));
  `);
}

test('what is looked at later is what the wide call answers', async () => {
  const pairs = await onEach(LINES, CARTS, 'return [createCredit({ snapshot }).preview(cart), preview(snapshot, cart)];');
  assert.equal(pairs.length, LINES.length * CARTS.length);
  for (const [lazy, wide] of pairs) assert.deepEqual(lazy, wide);
  const verdicts = new Set(pairs.map(([, { data }]) => data.verdict));
  assert.deepEqual([...verdicts].sort(), ['accepted', 'refused']);
});

test('what cannot be read is answered as the wide call does, and never thrown', async () => {
  const lines = [...LINES.slice(0, 1), null, {}, { ...snapshot, currency: 'XXX' }];
  const pairs = await onEach(lines, WRONG, 'return [createCredit({ snapshot }).preview(cart), preview(snapshot, cart)];');
  for (const [lazy, wide] of pairs) {
    assert.equal(wide.status, 'error');
    assert.deepEqual(lazy, wide);
  }
});

test('a preview stays what it was, whatever is asked after it and becomes of its cart', async () => {
  const [answered] = await onEach([LINES[1]], [CARTS[4]], `
    const credit = createCredit({ snapshot });
    const mine = { ...cart };
    const first = credit.preview(mine);
    credit.preview({ amount: 1, language: 'en' });
    mine.amount = 2;
    return [first, preview(snapshot, cart)];
  `);
  assert.deepEqual(answered[0], answered[1]);
});

test('plans and what would make it pass are answered alone', async () => {
  const pairs = await onEach(LINES, CARTS.slice(0, 3), `
    const credit = createCredit({ snapshot });
    const { data } = preview(snapshot, { amount: cart.amount });
    return [[credit.plans(cart.amount), credit.whatWouldPass({ amount: cart.amount })],
            [data.plans, data.would_pass].map((data) => ({ status: 'success', data }))];
  `);
  for (const [told, wide] of pairs) assert.deepEqual(told, wide);
  const [wrong] = await onEach([snapshot], [null], `
    const credit = createCredit({ snapshot });
    return [credit.plans('x').error.details.fields[0].field, credit.whatWouldPass({}).error.code];
  `);
  assert.deepEqual(wrong, ['cart.amount', 'CRD-1001']);
});

test('availability is what the line has left, tolerance and holds counted', async () => {
  const line = { ...snapshot, tolerance: 0.1, credit_held: 2000, holds: held };
  const [[taken, later, expired, wrong]] = await onEach([line], [null], `
    const credit = createCredit({ snapshot });
    const minute = Date.parse(snapshot.taken_at) + 60_000;
    return [undefined, minute + 60_000, minute + 300_000, Infinity].map((now) => credit.availability(now));
  `);
  assert.deepEqual(taken, {
    status: 'success',
    data: {
      status: 'approved',
      credit_limit: 10000,
      credit_used: 2500,
      credit_held: 2000,
      credit_available: 5500,
      unapplied: 0,
      overdue_amount: 0,
      next_due_date: '2025-12-24',
      payment_term_days: 30,
      spendable: 6500,
      largest_amount: 6500,
      currency: 'USD',
      decimals: 2,
      version: 4,
      valid_until: '2025-11-24T15:05:00Z',
    },
  });
  assert.deepEqual([later.data.credit_held, later.data.spendable], [0, 8500]);
  assert.equal(expired.error.code, 'CRD-2016');
  assert.equal(wrong.error.details.fields[0].field, 'now');
  const [suspended] = await onEach([LINES[4]], [null], 'return createCredit({ snapshot }).availability();');
  assert.equal(suspended.data.largest_amount, undefined);
});

// The numbers alone.

/** A preview's figures and plans, read off its numbers by the table in its type. */
function read(numbers, decimals) {
  const units = (minor) => (minor === null ? undefined : minor / 10 ** decimals);
  const date = (day) => new Date(day * DAY).toISOString().slice(0, 10);
  const [passes, available, spendable, shortfall, used, left, day, count, ...rest] = numbers;
  const plans = [];
  for (let index = 0; index < count; index += 1) {
    const [installments, total, interest, rate, accepted] = rest.splice(0, 5);
    const parts = Array.from({ length: installments }, (_, at) => {
      const [due, amount] = rest.splice(0, 2);
      return { number: at + 1, due_date: date(due), amount: units(amount) };
    });
    plans.push({
      installments,
      total: units(total),
      interest: units(interest),
      interest_rate: rate / 1e6,
      accepted: accepted === 1,
      parts,
    });
  }
  assert.deepEqual(rest, []);
  return {
    verdict: ['refused', 'accepted'][passes],
    credit_available: units(available),
    spendable: units(spendable),
    shortfall: units(shortfall),
    credit_used_after: units(used),
    credit_available_after: units(left),
    date: date(day),
    plans,
  };
}

test('the numbers are the figures and the plans of the wide call, asked by cart and by minor units', async () => {
  const answers = await onEach(LINES, CARTS.slice(0, 3), `
    const line = new Line(snapshot);
    const now = cart.now === undefined ? undefined : Date.parse(cart.now);
    const numbers = (typed) => Array.from(typed);
    return { decimals: line.decimals, byCart: numbers(line.previewCart(cart)),
             byAmount: numbers(line.preview(Number(cart.amount) * 10 ** line.decimals, now)),
             wide: preview(snapshot, cart).data };
  `);
  for (const { decimals, byCart, byAmount, wide } of answers) {
    assert.deepEqual(byAmount, byCart);
    const figures = read(byCart, decimals);
    for (const [name, figure] of Object.entries(figures)) {
      if (name !== 'plans') assert.equal(figure, wide[name], name);
    }
    const known = wide.plans.map(({ plan_id, plan_hash, amount, ...known }) => known);
    assert.deepEqual(figures.plans, known);
  }
});

test('the plans of the numbers have the ids and the hashes of the wide call', async () => {
  const pairs = await onEach(LINES.slice(0, 4), CARTS.slice(0, 1), `
    const line = new Line(snapshot);
    line.preview(cart.amount * 10 ** line.decimals);
    return [line.plans(), preview(snapshot, cart).data.plans];
  `);
  for (const [told, plans] of pairs) {
    assert.ok(plans.length > 1);
    assert.deepEqual(told, plans);
  }
});

test('what is no amount of minor units and no moment is answered, and never thrown', async () => {
  const [answers] = await onEach([snapshot], [null], `
    const line = new Line(snapshot);
    const now = Date.parse(snapshot.valid_until);
    const asked = [[0], [-1], [0.5], [NaN], ['5'], [5n], [Symbol('x')], [{}], [1e15], [1, 1e300], [1, now], []];
    const answer = ([amount, moment]) => {
      const numbers = Array.from(line.preview(amount, moment));
      const { code, details } = line.problem();
      return [numbers, code, details.fields?.map(({ field, code }) => [field, code]), line.reasons() ?? line.plans() ?? null];
    };
    const refused = asked.map(answer);
    line.preview(100);
    return { refused, problem: line.problem() ?? null, unread: Array.from(new Line(5).preview(1)) };
  `);
  const codes = answers.refused.map(([, code, fields]) => fields?.join() ?? code);
  assert.deepEqual(codes, [
    'amount,ZERO',
    'amount,NEGATIVE',
    ...Array(6).fill('amount,WRONG_TYPE'),
    'amount,TOO_LARGE',
    'now,WRONG_TYPE',
    'CRD-2016',
    'amount,WRONG_TYPE',
  ]);
  assert.ok(answers.refused.every(([numbers, , , told]) => numbers.join() === '-1' && told === null));
  assert.deepEqual([answers.problem, answers.unread], [null, [-1]]);
});

test('the reasons of the numbers are told in either language', async () => {
  const [[spanish, english]] = await onEach([LINES[4]], [null], `
    const line = new Line(snapshot);
    line.preview(1);
    return [line.reasons()[0].message, line.reasons('en')[0].message];
  `);
  assert.match(spanish, /suspendido/);
  assert.match(english, /suspended/);
});
