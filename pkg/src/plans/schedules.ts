// Schedules of a shop: words and units of currency in, dates and units of currency out, or numbers both ways.

import { Fields } from './fields.js';
import { answered, asked, byTerms, copied, dueDates, equal, load } from './module.js';
import { EMPTY, invalid, moreThan, tooManyInstallments, totalTooLarge } from './problems.js';
import type { WrongField } from './problems.js';
import type { DueAt, InterestMethod, Purchase, Schedule, ScheduleNumbers, Shop } from './types.js';
import { inBoth } from '../explained.js';
import type { Answer, Explained, Installment, Language, Reason } from '../types.js';

/** Words in the order of the module's numbers. */
const METHODS = ['compound', 'simple_with_tax', 'simple'];
const DUE = ['end', 'beginning'];
const RHYTHMS = ['every_term', 'monthly', 'end_of_month', 'day_of_month'];
const ADJUSTMENTS = ['none', 'next', 'previous', 'modified_following'];
const WEEK = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const CURRENCIES = 'ARS BOB BRL CLP COP CRC DOP EUR GTQ HNL MXN NIO PAB PEN PYG USD UYU'.split(' ');

const LARGEST_UNITS = 10 ** 13;
const USUAL_TERM = 30;
const COUNT = { least: 1, most: 48, usual: 1 };
const TERM = { least: 1, most: 365, usual: USUAL_TERM };
const DAYS = { least: 0, most: 3_650 };
const RATE = { unit: 1_000_000, least: 0, most: 10 ** 10, usual: 0 };

const EQUAL_PARTS = ['amount', 'date', 'installments', 'payment_term_days', 'interest_rate', 'interest_method', 'interest_tax', 'due'];
const TERMS = ['amount', 'date', 'terms'];
const TERM_OF_ITS_OWN = ['days', 'interest_rate'];
const DAY_OF_MONTH = 3;
const SATURDAY_AND_SUNDAY = 0b1100000;
const WHOLE_WEEK = 0b1111111;
const MOST_HOLIDAYS = 1_000;
/** Of the module's reasons why there is no schedule, the one that is not the largest amount's. */
const EMPTY_PART = -17;

/** Schedules of one shop. What the types allow is answered and never thrown, and nothing is rounded silently. */
export interface Schedules {
  /**
   * What falls due when, and what it costs. Every wrong field is named.
   *
   * @example
   * const answer = schedules.schedule({ amount: 1250.5, date: '2026-11-21', installments: 12, interest_rate: 1.86 });
   * if (answer.status === 'success') show(answer.data.total, answer.data.parts);
   */
  schedule(purchase: Purchase): Answer<Schedule>;

  /**
   * The same in numbers alone, for who asks very often.
   *
   * @param amount minor units: 125050 is 1,250.50 of a currency with two decimals
   * @param installments 1 to 48
   * @param date the day of the purchase, counted from 1970-01-01: `dayOf('2026-11-21')`
   * @param term days to the first due day, and from each to the next: 1 to 365
   * @param rate millionths of a percent a period: 1_860_000 is 1.86 %
   * @param method how interest is counted
   * @param tax millionths of a percent of the interest; with `simple_with_tax` alone
   * @param due when in its period a part is paid
   *
   * @example
   * const [parts, total] = schedules.numbers(125_050, 12, dayOf('2026-11-21'), 30, 1_860_000);
   */
  numbers(
    amount: number,
    installments: number,
    date: number,
    term?: number,
    rate?: number,
    method?: InterestMethod,
    tax?: number,
    due?: DueAt,
  ): ScheduleNumbers;

  /**
   * The same for terms of their own.
   *
   * @param amount minor units
   * @param date the day of the purchase, counted from 1970-01-01
   * @param terms days and rate of each: days after the purchase, and millionths of a percent for the whole term
   *
   * @example
   * schedules.numbersByTerms(125_050, dayOf('2026-11-21'), [30, 0, 60, 2_500_000]);
   */
  numbersByTerms(amount: number, date: number, terms: ArrayLike<number>): ScheduleNumbers;
}

/** A shop as the module loads it. */
interface LoadedShop {
  wrong: readonly WrongField[];
  decimals: number;
  /** Makes sure that the next question is about this shop. */
  use(): void;
}

/** How the module is asked for a schedule; in how many parts it is, or why it is none. */
type Ask = (amount: number, date: number) => number;

/** What says that the module holds this shop and no other. */
let loaded: LoadedShop | undefined;

/**
 * Schedules of a shop, which is read once. Where it cannot be read, each of them says why.
 *
 * @example
 * const schedules = createSchedules({ currency: 'USD', due_dates: { rhythm: 'monthly', adjustment: 'next' } });
 */
export function createSchedules(given: Shop): Schedules {
  const shop = readShop(given);
  const { currency = '', language } = given ?? {};
  const unit = 10 ** shop.decimals;
  const largest = LARGEST_UNITS * unit - 1;
  const money = { unit, least: 1, most: largest };

  const printed = (minor: number) => `${(minor / unit).toFixed(shop.decimals)} ${currency}`;
  const refusal = (code: number, amount: number, installments: number) => (language?: Language) =>
    code === EMPTY_PART
      ? tooManyInstallments(printed(amount), { amount: amount / unit, installments, most_installments: amount }, language)
      : totalTooLarge(printed(largest), { largest: largest / unit }, language);
  const failure = (tell: (language?: Language) => Reason): { status: 'error'; error: Explained } => {
    return { status: 'error', error: inBoth(tell(language), tell) };
  };

  return {
    schedule(purchase) {
      const wrong = [...shop.wrong];
      const fields = new Fields(purchase, wrong);
      const amount = fields.decimal('amount', money);
      const date = fields.date('date');
      const [installments, ask] = fields.has('terms') ? readTerms(fields) : readEqualParts(fields);
      if (wrong.length > 0) return failure((language) => invalid(wrong, language));
      shop.use();
      const told = ask(amount, date);
      if (told < 0) return failure(refusal(told, amount, installments));
      return { status: 'success', data: inUnits(answered(), unit, currency) };
    },
    numbers(amount, installments, date, term = USUAL_TERM, rate = 0, method = 'compound', tax = 0, due = 'end') {
      shop.use();
      const [way, moment] = [METHODS.indexOf(method), DUE.indexOf(due)];
      return copied(equal(amount, whole(installments), whole(date), whole(term), rate, way, tax, moment));
    },
    numbersByTerms(amount, date, terms) {
      shop.use();
      return copied(byTerms(amount, whole(date), asked(terms)));
    },
  };
}

/**
 * One schedule of a shop: what falls due when, and what it costs. Nothing is ever thrown.
 *
 * Who asks again with every keystroke reads the shop once: `createSchedules`.
 *
 * @example
 * const answer = schedule({ currency: 'USD', amount: 1250.5, date: '2026-11-21', installments: 12, interest_rate: 1.86 });
 * if (answer.status === 'success') show(answer.data.total, answer.data.parts);
 */
export function schedule(given: Shop & Purchase): Answer<Schedule> {
  const { currency, due_dates, language, ...purchase } = given ?? {};
  return createSchedules({ currency, due_dates, language }).schedule(purchase);
}

function readShop(given: Shop): LoadedShop {
  const wrong: WrongField[] = [];
  const fields = new Fields(given, wrong);
  fields.only(['currency', 'due_dates', 'language']);
  const currency = CURRENCIES[fields.word('currency', CURRENCIES)] ?? '';
  const dueDates = fields.object('due_dates');
  dueDates.only(['rhythm', 'day', 'adjustment', 'weekend', 'holidays']);
  const rhythm = dueDates.word('rhythm', RHYTHMS, 0);
  const day = rhythm === DAY_OF_MONTH ? dueDates.whole('day', { least: 1, most: 31 }) : 0;
  const adjustment = dueDates.word('adjustment', ADJUSTMENTS, 0);
  const weekdays = dueDates.list('weekend', 7, (days, index) => [1 << days.word(index, WEEK)]);
  const weekend = dueDates.has('weekend') ? weekdays.reduce((days, day) => days | day, 0) : SATURDAY_AND_SUNDAY;
  if (weekend === WHOLE_WEEK) dueDates.refuse('weekend', moreThan(6));
  const holidays = dueDates.list('holidays', MOST_HOLIDAYS, (days, index) => [days.date(index)]);

  // What cannot be read has no currency, so that the module loads no shop.
  const code = wrong.length > 0 ? 0 : [...currency].reduce((code, letter) => 256 * code + letter.charCodeAt(0), 0);
  const read = () => load(code, rhythm, day, adjustment, weekend, asked(holidays));
  const shop: LoadedShop = {
    wrong,
    decimals: Math.max(0, read()),
    use() {
      if (loaded !== shop) read();
      loaded = shop;
    },
  };
  loaded = shop;
  return shop;
}

function readEqualParts(fields: Fields): [installments: number, Ask] {
  fields.only(EQUAL_PARTS);
  const installments = fields.whole('installments', COUNT);
  const term = fields.whole('payment_term_days', TERM);
  const rate = fields.decimal('interest_rate', RATE);
  const method = fields.word('interest_method', METHODS, 0);
  const tax = fields.decimal('interest_tax', RATE);
  const due = fields.word('due', DUE, 0);
  return [installments, (amount, date) => equal(amount, installments, date, term, rate, method, tax, due)];
}

function readTerms(fields: Fields): [installments: number, Ask] {
  fields.only(TERMS);
  const terms = fields.list('terms', 48, (entries, index) => {
    const term = entries.object(index);
    term.only(TERM_OF_ITS_OWN);
    return [term.whole('days', DAYS), term.decimal('interest_rate', RATE)];
  });
  if (terms.length === 0) fields.refuse('terms', EMPTY);
  return [terms.length / 2, (amount, date) => byTerms(amount, date, asked(terms))];
}

/** A schedule's numbers as people read them. */
function inUnits(numbers: ScheduleNumbers, unit: number, currency: string): Schedule {
  const minor = (index: number) => numbers[index]!;
  const [installments, total, interest] = [minor(0), minor(1), minor(2)];
  const parts: Installment[] = [];
  for (const due_date of dueDates(installments)) {
    const number = parts.length + 1;
    parts.push({ number, due_date, amount: minor(2 * number + 2) / unit });
  }
  const amount = (total - interest) / unit;
  return { installments, amount, total: total / unit, interest: interest / unit, currency, parts };
}

/** A whole number as the module takes it; what is none is one that is beyond all bounds. */
function whole(number: number): number {
  return (number | 0) === number ? number : -(2 ** 31);
}
