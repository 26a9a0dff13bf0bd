/** An amount: a number, or a decimal text where a number would not be exact. */
export type MoneyInput = number | string;

/** Where a line of credit stands. */
export type Status = "pending" | "rejected" | "approved" | "suspended" | "cancelled";

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
  /** UTC. */
  taken_at: string;
  /** `YYYY-MM-DD`, in the store's time zone. */
  today: string;
  today_ends_at: string;
  /** UTC; fetch a new snapshot after it. */
  valid_until: string;
}

/** What is to be bought. */
export interface Cart {
  amount: MoneyInput;
  /** 1 to 48; 1 if not given. */
  installments?: number;
  /** `new Date().toISOString()`: an expired snapshot is then refused. */
  now?: string;
  /** The language of the sentences; Spanish if not given. */
  language?: "es" | "en";
}

/** What is to be bought, to see by which plans. */
export interface PlansCart {
  amount: MoneyInput;
  /** 1 to 48; 12 if not given. */
  most_installments?: number;
  /** The language of the sentences; Spanish if not given. */
  language?: "es" | "en";
}

/** One installment. */
export interface Installment {
  number: number;
  /** `YYYY-MM-DD`. */
  due_date: string;
  amount: number;
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

/** What would become of a cart. */
export interface Assessment {
  verdict: "accepted" | "refused";
  /** The most important first; empty when accepted. */
  reasons: Reason[];
  credit_available: number;
  /** The largest amount that passes limit and tolerance now. */
  spendable: number;
  /** By how much the cart is too much; 0 where it fits. */
  shortfall: number;
  /** Present when accepted. */
  credit_used_after?: number;
  /** Present when accepted. */
  credit_available_after?: number;
  /** Absent where the amount cannot be split so. */
  installments?: Installment[];
  currency: string;
  /** The account's version the preview is of. */
  version: number;
}

/** One way to pay a cart. */
export interface Plan {
  installments: number;
  total: number;
  parts: Installment[];
}

/** What was asked, or why it could not be read. Nothing is ever thrown. */
export type Preview<T> = { status: "success"; data: T } | { status: "error"; error: Reason };
