// What the element tells its shop, and in which words.

import type { MoneyInput, Plan, Preview } from '../types.js';

/** What stands now: which plan is chosen, and what the engine says of it. */
export interface ChangeDetail {
  /** The chosen plan's id; nothing where the amount is not assessed or nothing is offered for it. */
  readonly plan_id: string | undefined;
  /** All of the plan in one text: buy with it, and what was seen is what is charged. */
  readonly plan_hash: string | undefined;
  /** Whether the purchase would pass as it stands. */
  readonly accepted: boolean;
  /** Everything the engine says; nothing while the amount cannot be assessed. */
  readonly preview: Preview | undefined;
}

/** What is to be sent to `POST …/credit/use`, beside the shop's own `order_id`. */
export interface ConfirmDetail {
  /** In units of currency, as it was given to the element. */
  readonly amount: MoneyInput;
  readonly plan_id: string;
  readonly plan_hash: string;
}

/** What would make the purchase pass, and has been pressed. Amounts are in units of currency. */
export type RemedyDetail =
  /** Buy no more than this, paid by the same plan. */
  | { readonly kind: 'amount'; readonly amount: number }
  /** Pay this much first. */
  | { readonly kind: 'prepayment'; readonly amount: number }
  /** Pay by this plan; the element chooses it itself unless the event is prevented. */
  | { readonly kind: 'plan'; readonly plan: Plan }
  /** Buy on this day, `YYYY-MM-DD`, or later. */
  | { readonly kind: 'date'; readonly date: string };

export type RemedyKind = RemedyDetail['kind'];

/** The figures are too old to promise anything: a new snapshot is wanted. */
export interface RefreshDetail {
  /** Until when the old one was valid, UTC. */
  readonly valid_until: string;
  /** Whether somebody pressed for it; otherwise its time has come. */
  readonly pressed: boolean;
}
