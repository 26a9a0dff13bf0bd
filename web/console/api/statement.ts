// The movements of an account.

import type { Moment } from '../dates.ts';
import type { Minor } from '../money.ts';
import type { Fields } from './fields.ts';

export const ORIGINS = ['credit', 'invoice', 'payment', 'correction', 'refund', 'cancellation', 'adjustment'] as const;

/** Where a movement comes from. */
export type Origin = (typeof ORIGINS)[number];

export interface Movement {
  /** The journal entry it comes from. */
  readonly sequence: number;
  readonly at: Moment;
  readonly origin: Origin;
  /** Purchases are below zero, payments above. */
  readonly value: Minor;
  /** What was owed afterwards. */
  readonly usedAfter: Minor;
  readonly order: string | undefined;
  readonly invoice: string | undefined;
  readonly installments: number | undefined;
  readonly paymentReference: string | undefined;
  readonly statement: string | undefined;
}

export function readMovement(fields: Fields): Movement {
  return {
    sequence: fields.whole('sequence'),
    at: fields.moment('date'),
    origin: fields.word('origin', ORIGINS),
    value: fields.amount('value'),
    usedAfter: fields.amount('credit_used'),
    order: fields.optionalText('order_id'),
    invoice: fields.optionalText('invoice_id'),
    installments: fields.optional('installments', (name) => fields.whole(name)),
    paymentReference: fields.optionalText('payment_reference'),
    statement: fields.optionalText('statement_id'),
  };
}
