/** An amount in units of currency: a number, or a decimal text where a number would not be exact. */
export type MoneyInput = number | string;

/** Where a line of credit stands. */
export type Status = "pending" | "rejected" | "approved" | "suspended" | "cancelled";

/** The language of the sentences. */
export type Language = "es" | "en";

/** What `GET /api/v1/customers/{id}/credit/snapshot` answers in `data`. */
export interface Snapshot {
  version: number;
  status: Status;
  /** ISO 4217. */
  currency: string;
  credit_limit: MoneyInput;
  /** A fraction: 0.1 is 10 %. */
  tolerance: MoneyInput;
  tolerance_enabled: boolean;
  payment_term_days: number;
  credit_used: MoneyInput;
  credit_held: MoneyInput;
  credit_available?: MoneyInput;
  unapplied: MoneyInput;
  /** What is owed, by due day. */
  due: { due_date: string; amount: MoneyInput }[];
  overdue_stop?: { above: MoneyInput; grace_days: number };
  /** What is held and will end by itself, the earliest first. */
  holds?: { ends_at: string; ends_on: string; amount: MoneyInput }[];
  /** How due days follow on one another; every term on any day if not given. */
  due_dates?: DueDates;
  /** The shop's country, ISO 3166-1. */
  country?: string;
  /** The shop's payment rules for credit; none: equal parts at the line's own term, without interest. */
  rules?: CreditRule[];
  /** UTC. */
  taken_at: string;
  /** `YYYY-MM-DD`, in the store's time zone. */
  today: string;
  today_ends_at: string;
  /** UTC; fetch a new snapshot after it. */
  valid_until: string;
}

/** How due days follow on one another. */
export interface DueDates {
  rhythm: "every_term" | "monthly" | "end_of_month" | "day_of_month";
  /** 1 to 31; with `day_of_month` alone. */
  day?: number;
  /** Where a day without business goes. */
  adjustment: "none" | "next" | "previous" | "modified_following";
  /** Days of the week without business: `saturday`. */
  weekend: string[];
  /** Days without business, `YYYY-MM-DD`. */
  holidays: string[];
}

/** One of the shop's payment rules for credit. */
export interface CreditRule {
  rule_id: string;
  enabled: boolean;
  is_default: boolean;
  /** All if not given. */
  sales_channels?: string[];
  /** UTC. */
  begins_at?: string;
  /** UTC, not included. */
  ends_at?: string;
  /** Hours of days, in VTEX's eight fields; none: always. */
  hours: { start: string; end: string }[];
  /** None: all. */
  merchants: string[];
  country?: string;
  minimum_amount: MoneyInput;
  minimum_installment: MoneyInput;
  /** Rates are percent a period; none: one payment. */
  quantities: { installments: number; interest_rate: MoneyInput }[];
  /** Terms of payment; if there are any, they stand in place of the quantities. Rates are percent for the whole term. */
  deadlines: { terms: { days: number; interest_rate: MoneyInput }[] }[];
}

/**
 * What is to be bought: the body of `POST /api/v1/customers/{id}/credit/preview`, and what only a browser says.
 *
 * How it is to be paid is said by one of `installments`, `terms` and `plan_id`; by none of them, it is paid at once.
 */
export interface Cart {
  /** Units of currency: `1250.5` and `"1250.50"` are 1,250.50. */
  amount: MoneyInput;
  /** 1 to 48: the cheapest plan of so many. */
  installments?: number;
  /** Days after the purchase, one for each part: `[30, 60]`. */
  terms?: number[];
  /** A plan's id, of an earlier preview. */
  plan_id?: string;
  /** `YYYY-MM-DD`, the day of the purchase, up to a year ahead; today if not given. */
  date?: string;
  /** For rules that are for some channels alone. */
  sales_channel?: string;
  /** `new Date().toISOString()`: an expired snapshot is then refused. */
  now?: string;
  /** Spanish if not given. */
  language?: Language;
}

/** One installment. */
export interface Installment {
  number: number;
  /** `YYYY-MM-DD`. */
  due_date: string;
  /** Units of currency. */
  amount: number;
}

/** One way to pay a cart. Amounts are in units of currency. */
export interface Plan {
  /** The same for every amount and day. */
  plan_id: string;
  /** All of the plan in one text. Buy with it, and the plan that was seen is the plan that is charged. */
  plan_hash: string;
  /** In how many parts. */
  installments: number;
  /** What is bought. */
  amount: number;
  /** What the parts add up to. */
  total: number;
  /** `total` less `amount`. */
  interest: number;
  /** Percent a period, or the highest of its terms. */
  interest_rate: number;
  parts: Installment[];
  /** Of plans that are offered: whether the cart would pass so. The limit counts the interest as well. */
  accepted?: boolean;
}

/** Why not: the same code, sentence and figures as the server's. */
export interface Reason {
  /** Stable: `CRD-2003`. */
  code: string;
  /** The code in words: `CREDIT_NOT_AVAILABLE`. */
  type: string;
  message: string;
  details: Record<string, unknown>;
}

/** What would make a cart pass. Amounts are in units of currency. */
export interface WouldPass {
  /** The largest amount that passes, paid as the cart says; absent where none does. */
  largest_amount?: number;
  /** The least that would have to be paid first; absent where it passes, or where no payment helps. */
  smallest_prepayment?: number;
  /** The plan that passes and costs least; absent where none passes. */
  cheapest_plan_id?: string;
  cheapest_installments?: number;
  /** `YYYY-MM-DD`, when holds have ended by themselves; absent where it passes, or where waiting does not help. */
  earliest_date?: string;
  /** The moment on that day, UTC. */
  earliest_at?: string;
}

/** What would become of a cart. Amounts are in units of currency. */
export interface Preview {
  verdict: "accepted" | "refused";
  /** The most important first; empty when accepted. */
  reasons: Reason[];
  /** What is left of the limit. */
  credit_available: number;
  /** The most that fits between limit and tolerance, interest included. */
  spendable: number;
  /** What would have to be paid first; 0 where it fits. */
  shortfall: number;
  /** Present when accepted. */
  credit_used_after?: number;
  /** Present when accepted. */
  credit_available_after?: number;
  /** The plan that was chosen, if one was and it is offered. */
  plan?: Plan;
  /** The parts it would be paid in; absent where it cannot be split so. */
  installments?: Installment[];
  /** Every plan that is offered for this amount. */
  plans: Plan[];
  would_pass: WouldPass;
  currency: string;
  /** `YYYY-MM-DD`, the day that was previewed. */
  date: string;
  /** The account's version the preview is of. */
  version: number;
}

/** What a line has left, whatever is bought. Amounts are in units of currency. */
export interface Availability {
  status: Status;
  credit_limit: number;
  credit_used: number;
  credit_held: number;
  /** What is left of the limit. */
  credit_available: number;
  /** What was paid ahead. */
  unapplied: number;
  /** The most that fits between limit and tolerance. */
  spendable: number;
  /** The largest amount that passes, paid at once; absent where none does. */
  largest_amount?: number;
  currency: string;
  version: number;
  /** UTC; fetch a new snapshot after it. */
  valid_until: string;
}

/** What was asked, or why it could not be read. Nothing is ever thrown. */
export type Answer<T> = { status: "success"; data: T } | { status: "error"; error: Reason };

/**
 * A preview in numbers alone, every one of them whole and exact. Amounts are minor units (cents), days are counted
 * from 1970-01-01, rates are millionths of a percent.
 *
 * | index | what |
 * |---|---|
 * | 0 | 1 where it passes, 0 where it does not; -1 where nothing can be answered, and nothing follows |
 * | 1 | what is left of the limit |
 * | 2 | the most that fits between limit and tolerance |
 * | 3 | what would have to be paid first |
 * | 4 | what would be owed after it; `NaN` where it does not pass |
 * | 5 | what would be left of the limit after it; `NaN` where it does not pass |
 * | 6 | the day that was previewed |
 * | 7 | how many plans follow |
 *
 * Each plan is its number of parts, total, interest, rate, and 1 where it passes or 0; then come its parts, each of
 * them its due day and its amount.
 */
export type PreviewNumbers = Float64Array;
