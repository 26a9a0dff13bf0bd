// The same schedule as somebody writes it well without this package: decimal.js for the money, Date for the days.

import { Decimal } from '../../node_modules/decimal.js/decimal.mjs';

const DAY = 24 * 60 * 60 * 1000;
const ONE = new Decimal(1);

/**
 * What each part is at compound interest, paid at the end of each month, cut to the cent; and the last one, which makes
 * up the amount where cutting lost more than the interest adds.
 */
function money(amount, installments, rate) {
  const principal = new Decimal(amount);
  const interest = new Decimal(rate).div(100);
  const annuity = interest.isZero()
    ? new Decimal(installments)
    : ONE.minus(interest.plus(1).pow(-installments)).div(interest);
  const part = principal.div(annuity).toDecimalPlaces(2, Decimal.ROUND_DOWN);
  const others = part.times(installments - 1);
  const last = Decimal.max(part, principal.minus(others));
  const total = others.plus(last);
  return { part, last, total, interest: total.minus(principal) };
}

/** The same day of a later month, or the last one that month has: milliseconds since 1970. */
function monthsLater(year, month, day, months) {
  const last = new Date(Date.UTC(year, month + months + 1, 0)).getUTCDate();
  return Date.UTC(year, month + months, Math.min(day, last));
}

/** In objects with dates as texts and amounts in units of currency. */
export function schedule({ amount, date, installments, interest_rate: rate }) {
  const { part, last, total, interest } = money(amount, installments, rate);
  const [year, month, day] = date.split('-').map(Number);
  const [usual, final] = [part.toNumber(), last.toNumber()];
  const parts = [];
  for (let number = 1; number <= installments; number += 1) {
    const due_date = new Date(monthsLater(year, month - 1, day, number)).toISOString().slice(0, 10);
    parts.push({ number, due_date, amount: number === installments ? final : usual });
  }
  return { installments, amount, total: total.toNumber(), interest: interest.toNumber(), parts };
}

/** In numbers alone: minor units, and days counted from 1970-01-01. */
export function numbers(minor, installments, date, rate) {
  const { part, last, total, interest } = money(new Decimal(minor).div(100), installments, rate / 1_000_000);
  const bought = new Date(date * DAY);
  const [year, month, day] = [bought.getUTCFullYear(), bought.getUTCMonth(), bought.getUTCDate()];
  const answer = new Float64Array(3 + 2 * installments);
  answer[0] = installments;
  answer[1] = total.times(100).toNumber();
  answer[2] = interest.times(100).toNumber();
  const [usual, final] = [part.times(100).toNumber(), last.times(100).toNumber()];
  for (let number = 1; number <= installments; number += 1) {
    answer[2 * number + 1] = monthsLater(year, month, day, number) / DAY;
    answer[2 * number + 2] = number === installments ? final : usual;
  }
  return answer;
}
