import type { Answer, Availability, Cart, MoneyInput, Plan, Preview, Snapshot, WouldPass } from './api.js';

/** A line of credit that was read once, to be asked with every keystroke. Nothing is ever thrown. */
export interface Credit {
  /**
   * What would become of a cart. The figures are there at once; `reasons`, `plan`, `installments`, `plans` and
   * `would_pass`, and the ids and hashes of plans, are made when they are first looked at.
   *
   * @example
   * const answer = credit.preview({ amount: 1250.5, now: new Date().toISOString() });
   * if (answer.status === 'success') show(answer.data.verdict, answer.data.plans);
   */
  preview(cart: Cart): Answer<Preview>;

  /** Every plan that is offered for an amount in units of currency: `1250.5` or `'1250.50'`. */
  plans(amount: MoneyInput): Answer<Plan[]>;

  /** What would make a cart pass: the largest amount, the smallest prepayment, the cheapest plan, the earliest date. */
  whatWouldPass(cart: Cart): Answer<WouldPass>;

  /**
   * What the line has left, whatever is bought.
   *
   * @param now milliseconds since 1970 (`Date.now()`): an expired snapshot is then refused. When it was taken, if not given.
   */
  availability(now?: number): Answer<Availability>;
}

/** A line of credit for a page, from what `GET /api/v1/customers/{id}/credit/snapshot` answers in `data`. */
export function createCredit(given: { snapshot: Snapshot }): Credit;
