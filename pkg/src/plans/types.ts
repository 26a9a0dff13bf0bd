// What schedules are asked with, and what they answer.

import type { DueDates, Installment, Language, MoneyInput } from '../types.js';

/** How interest is counted: on what is left after each part; on the whole amount in each period; the same, and a tax on it. */
export type InterestMethod = 'compound' | 'simple' | 'simple_with_tax';

/** When in its period a part is paid. Only compound interest depends on it. */
export type DueAt = 'end' | 'beginning';

/** What all schedules of a shop have in common. */
export interface Shop {
  /** ISO 4217: one of the seventeen that the server knows. */
  currency: string;
  /** How due days follow on one another, as a snapshot tells it; every term, on any day, if not given. */
  due_dates?: Partial<DueDates>;
  /** Of the sentences; Spanish if not given. */
  language?: Language;
}

/** One term of payment. */
export interface Term {
  /** Days after the purchase: 0 to 3,650. */
  days: number;
  /** Percent for the whole term, with up to six decimals; none if not given. */
  interest_rate?: MoneyInput;
}

/** What is bought, and how it is paid: in equal parts, or by `terms` of their own. */
export interface Purchase {
  /** Units of currency: `1250.5` and `'1250.50'` are 1,250.50. */
  amount: MoneyInput;
  /** `YYYY-MM-DD`, the day of the purchase. */
  date: string;
  /** In how many equal parts: 1 to 48; one if not given. */
  installments?: number;
  /** Days to the first due day, and from each to the next: 1 to 365; 30 if not given. */
  payment_term_days?: number;
  /** Percent a period, with up to six decimals: 1.86 is 1.86 %; none if not given. */
  interest_rate?: MoneyInput;
  /** `compound` if not given. */
  interest_method?: InterestMethod;
  /** Percent of the interest; with `simple_with_tax` alone. */
  interest_tax?: MoneyInput;
  /** `end` if not given. */
  due?: DueAt;
  /** 1 to 48 terms, in place of all the fields above but `amount` and `date`. */
  terms?: Term[];
}

/** What is paid when. Amounts are in units of currency. */
export interface Schedule {
  /** In how many parts. */
  installments: number;
  /** What is bought. */
  amount: number;
  /** What the parts add up to. */
  total: number;
  /** `total` less `amount`. */
  interest: number;
  currency: string;
  parts: Installment[];
}

/**
 * A schedule in numbers alone, every one of them whole and exact. Amounts are minor units (cents), days are counted
 * from 1970-01-01.
 *
 * | index | what |
 * |---|---|
 * | 0 | how many parts there are; below zero: why there are none, and nothing follows |
 * | 1 | what the parts add up to |
 * | 2 | the interest in it |
 * | 3, 5, 7, … | the due day of each part |
 * | 4, 6, 8, … | its amount |
 *
 * Why there are none: -1 the shop; -8 the amount; -9 the number of parts; -10 the date; -11 the term; -12 the rate; -13
 * the method; -14 the tax; -15 the moment in the period; -16 the terms; -17 a part would be empty; -18 the total would
 * be above the largest amount.
 */
export type ScheduleNumbers = Float64Array;
