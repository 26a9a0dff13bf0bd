// Everything that goes in and comes out, by the names that a storefront knows it by. The server's own types are behind
// them: what the façade's document says of a field is said here of the same field.

import type { components } from '../generated/facade.js';

type Schemas = components['schemas'];
type PreviewBody = Schemas['PreviewBody'];

/** An amount in units of currency: a number, or a decimal text where a number would not be exact (`1250.5`, `'1250.50'`). */
export type MoneyInput = Schemas['MoneyInput'];

/** Where a line of credit stands. */
export type Status = Schemas['AccountStatus'];

/** The language of the sentences. */
export type Language = 'es' | 'en';

/** What `GET /api/v1/customers/{id}/credit/snapshot` answers in `data`. Amounts are in units of currency. */
export type Snapshot = Schemas['SnapshotView'];

/** How due days follow on one another. */
export type DueDates = Schemas['DueDatesView'];

/** One of the shop's payment rules for credit. Amounts are in units of currency, rates are percent. */
export type CreditRule = Schemas['CreditRuleView'];

/**
 * What is to be bought: the body of `POST /api/v1/customers/{id}/credit/preview`, and what only a browser says.
 *
 * How it is to be paid is said by one of `installments`, `terms` and `plan_id`; by none of them, it is paid at once.
 *
 * @example
 * const cart: Cart = { amount: '1250.50', installments: 3, now: new Date().toISOString(), language: 'en' };
 */
export interface Cart extends PreviewBody {
  /** `new Date().toISOString()`: an expired snapshot is then refused. */
  now?: string;
  /** Spanish if not given. */
  language?: Language;
}

/** One installment. Its amount is in units of currency, its due date is `YYYY-MM-DD`. */
export type Installment = Schemas['InstallmentView'];

/** One way to pay a cart. Amounts are in units of currency, rates are percent. */
export type Plan = Schemas['PlanView'];

/** Why not: the same code, sentence and figures as the server's. */
export type Reason = Schemas['ErrorBody'];

/** A reason with its sentence in both languages. */
export interface Explained extends Reason {
  /** In Spanish and in English, made when it is looked at; `message` is one of them. */
  readonly text: Readonly<Record<Language, string>>;
}

/** What would make a cart pass. Amounts are in units of currency. */
export type WouldPass = Schemas['RemediesView'];

/** What would become of a cart. Amounts are in units of currency. */
export interface Preview extends Omit<Schemas['PreviewAnswer'], 'reasons'> {
  /** Everything that stands against it, the most important first; none: it passes. */
  reasons: Explained[];
}

/** What a line has left, whatever is bought. Amounts are in units of currency. */
export type Availability = Schemas['AvailabilityView'];

/**
 * What was asked, or why it could not be answered. Nothing is ever thrown.
 *
 * @example
 * if (answer.status === 'success') show(answer.data);
 * else explain(answer.error.code, answer.error.message);
 */
export type Answer<T> = { status: 'success'; data: T } | { status: 'error'; error: Explained };

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

/** The operations whose bodies are read before they are sent: the last words of their addresses. */
export type Operation = 'use' | 'request' | 'payment';

/** What the server knows of a shop when it reads a body. */
export interface Shop {
  operation: Operation;
  /** ISO 4217. */
  currency: string;
  /** `YYYY-MM-DD` in the shop's time zone; a payment's date is held against it. */
  today: string;
}

/** A payment that is thought about. */
export type PaymentToAllocate = Pick<Schemas['PayBody'], 'amount' | 'allocations'>;

/** What is owed of an open invoice; the façade's invoices have more, which is let be. */
export interface OpenInvoice {
  invoice_id: string;
  /** `YYYY-MM-DD`. */
  due_date: string;
  /** How much of it is unpaid, in units of currency. */
  outstanding: MoneyInput;
}

/** Where a payment would go. Amounts are in units of currency. */
export interface PaymentAllocation {
  /** Which invoices get what of it, in that order, and what is left of each. */
  allocations: { invoice_id: string; due_date: string; amount: number; outstanding: number }[];
  /** What would be left of it for later invoices. */
  unapplied: number;
}

/** What gives a snapshot whenever it is called: the snapshot itself, or the client's answer with it. */
export type SnapshotSource = () => Promise<Snapshot | { status: 'success'; data: Snapshot } | { status: 'error'; error: Reason }>;
