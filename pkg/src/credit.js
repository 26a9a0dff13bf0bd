// A line of credit for a page that asks with every keystroke: figures at once, texts and objects when they are looked at.

import { Line } from './api.js';

const DAY = 24 * 60 * 60 * 1000;
/** How rates are counted: millionths of a percent. */
const MILLIONTHS = 1_000_000;

/** Where what stands in a preview's numbers; `PreviewNumbers` has the whole table. */
const [AVAILABLE, SPENDABLE, SHORTFALL, USED_AFTER, AVAILABLE_AFTER, DATE, PLANS] = [1, 2, 3, 4, 5, 6, 7];

export function createCredit(given) {
  const snapshot = given?.snapshot;
  const line = new Line(snapshot);
  const { currency, decimals = 0 } = line;
  const [version, unit] = [snapshot?.version, 10 ** decimals];

  /** What `tell` makes of a cart, or why the cart cannot be read. */
  const answer = (cart, tell) => {
    const numbers = line.previewCart(cart);
    if (numbers[0] < 0) return { status: 'error', error: line.problem(cart?.language) };
    // A copy: what is looked at later is still about this cart.
    return { status: 'success', data: tell({ ...cart }, numbers) };
  };
  return {
    preview: (cart) => answer(cart, (asked, numbers) => outcome(line, asked, numbers, { currency, unit, version })),
    plans: (amount) => answer({ amount }, () => line.plans()),
    whatWouldPass: (cart) => answer(cart, () => line.wouldPass()),
    availability: (now) => line.availability(now),
  };
}

/** What a preview answers; what its numbers do not hold is made when it is looked at, and once. */
function outcome(line, cart, numbers, { currency, unit, version }) {
  const units = (minor) => minor / unit;
  /** Asks again first: the line tells of its last preview alone, which may have been another. */
  const later = (tell) => {
    line.previewCart(cart);
    return tell();
  };
  const isAccepted = numbers[0] === 1;
  const reasons = once(() => later(() => line.reasons(cart.language)));
  const plan = once(() => later(() => line.chosen()));
  const installments = once(() => later(() => line.installments()));
  const texts = once(() => later(() => line.plans()));
  const plans = once(() => plansOf(numbers, unit, texts));
  const wouldPass = once(() => later(() => line.wouldPass()));
  return {
    verdict: isAccepted ? 'accepted' : 'refused',
    get reasons() {
      return reasons();
    },
    credit_available: units(numbers[AVAILABLE]),
    spendable: units(numbers[SPENDABLE]),
    shortfall: units(numbers[SHORTFALL]),
    credit_used_after: isAccepted ? units(numbers[USED_AFTER]) : undefined,
    credit_available_after: isAccepted ? units(numbers[AVAILABLE_AFTER]) : undefined,
    get plan() {
      return plan();
    },
    get installments() {
      return installments();
    },
    get plans() {
      return plans();
    },
    get would_pass() {
      return wouldPass();
    },
    currency,
    date: dateOf(numbers[DATE]),
    version,
  };
}

/** The plans in the numbers; `texts` makes all of them with their ids and hashes, when one is looked at. */
function plansOf(numbers, unit, texts) {
  const units = (minor) => minor / unit;
  // Plans share most of their due days, and a day takes longer to write than all the rest.
  const dates = new Map();
  const date = (day) => {
    if (!dates.has(day)) dates.set(day, dateOf(day));
    return dates.get(day);
  };
  const plans = [];
  let at = PLANS;
  const next = () => numbers[(at += 1)];
  for (let index = 0; index < numbers[PLANS]; index += 1) {
    const [count, total, interest, rate, passes] = [next(), next(), next(), next(), next()];
    const parts = [];
    for (let number = 1; number <= count; number += 1) {
      parts.push({ number, due_date: date(next()), amount: units(next()) });
    }
    plans.push({
      get plan_id() {
        return texts()[index].plan_id;
      },
      get plan_hash() {
        return texts()[index].plan_hash;
      },
      installments: count,
      amount: units(total - interest),
      total: units(total),
      interest: units(interest),
      interest_rate: rate / MILLIONTHS,
      parts,
      accepted: passes === 1,
    });
  }
  return plans;
}

/** Makes something when it is first asked for. */
function once(make) {
  let isMade = false;
  let made;
  return () => {
    if (!isMade) [made, isMade] = [make(), true];
    return made;
  };
}

/** `YYYY-MM-DD`. */
function dateOf(day) {
  return new Date(day * DAY).toISOString().slice(0, 10);
}
