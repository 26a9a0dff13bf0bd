// The journal of an account: who did what, and when.

import type { Day, Moment } from '../dates.ts';
import type { Minor } from '../money.ts';
import type { Fields } from './fields.ts';
import { readApplied, type Applied } from './payments.ts';

/** A figure of an entry, in its own kind. */
export type Figure =
  | { readonly kind: 'amount'; readonly value: Minor }
  | { readonly kind: 'day'; readonly value: Day }
  | { readonly kind: 'moment'; readonly value: Moment }
  | { readonly kind: 'fraction'; readonly value: string }
  | { readonly kind: 'count'; readonly value: number }
  | { readonly kind: 'days'; readonly value: number }
  | { readonly kind: 'id'; readonly value: string };

/** What each figure that an entry can have is. */
const KINDS = {
  requested_limit: 'amount',
  credit_limit: 'amount',
  previous_credit_limit: 'amount',
  payment_term_days: 'days',
  tolerance: 'fraction',
  previous_tolerance: 'fraction',
  value: 'amount',
  amount: 'amount',
  previous_amount: 'amount',
  authorized_amount: 'amount',
  held_amount: 'amount',
  prepaid: 'amount',
  interest: 'amount',
  outstanding: 'amount',
  returned: 'amount',
  unapplied: 'amount',
  installments: 'count',
  invoices: 'count',
  due_date: 'day',
  previous_due_date: 'day',
  payment_date: 'day',
  expires_at: 'moment',
  order_id: 'id',
  payment_reference: 'id',
  plan_id: 'id',
  statement_id: 'id',
  transaction_id: 'id',
  usage_id: 'id',
  invoice_id: 'id',
  holder_id: 'id',
  payment_id: 'id',
  credit_account_id: 'id',
} as const satisfies Record<string, Figure['kind']>;

export type FigureName = keyof typeof KINDS;

export interface Entry {
  readonly sequence: number;
  readonly at: Moment;
  readonly by: string;
  /** What happened, in the API's word: `approved`. */
  readonly kind: string;
  /** Which life of the account it belongs to, from 1. */
  readonly life: number;
  readonly figures: readonly (readonly [FigureName, Figure])[];
  /** Where a payment went. */
  readonly allocations: readonly Applied[];
  /** What somebody wrote beside it. */
  readonly remark: string | undefined;
  /** Its link in the account's chain, in hexadecimal digits. */
  readonly hash: string;
}

export function readEntry(fields: Fields): Entry {
  return {
    sequence: fields.whole('sequence'),
    at: fields.moment('at'),
    by: fields.text('by'),
    kind: fields.text('kind'),
    life: fields.whole('life'),
    ...fields.object('summary', readSummary),
    remark: fields.optionalText('remark'),
    hash: fields.text('hash'),
  };
}

function readSummary(summary: Fields): Pick<Entry, 'figures' | 'allocations'> {
  const known = Object.keys(KINDS).filter((name) => summary.has(name)) as FigureName[];
  return {
    figures: known.map((name) => [name, readFigure(summary, name)] as const),
    allocations: summary.optional('allocations', (name) => summary.list(name, readApplied)) ?? [],
  };
}

function readFigure(summary: Fields, name: FigureName): Figure {
  const kind: Figure['kind'] = KINDS[name];
  switch (kind) {
    case 'amount':
      return { kind, value: summary.amount(name) };
    case 'day':
      return { kind, value: summary.day(name) };
    case 'moment':
      return { kind, value: summary.moment(name) };
    case 'fraction':
      return { kind, value: summary.fraction(name) };
    case 'count':
    case 'days':
      return { kind, value: summary.whole(name) };
    case 'id':
      return { kind, value: summary.text(name) };
  }
}
