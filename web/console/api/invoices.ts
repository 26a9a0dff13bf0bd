// Invoices: each is one installment of a purchase.

import type { Day, Moment } from '../dates.ts';
import type { Minor } from '../money.ts';
import { readLateCharges, type LateCharges } from './aging.ts';
import type { Fields } from './fields.ts';

export const INVOICE_STATUSES = ['pending', 'overdue', 'paid', 'cancelled'] as const;

/** How an invoice stands today. */
export type InvoiceStatus = (typeof INVOICE_STATUSES)[number];

/** Which invoices a list has. */
export type InvoiceFilter = 'open' | 'paid' | 'cancelled' | 'all';

export interface Invoice {
  readonly id: string;
  readonly order: string;
  readonly status: InvoiceStatus;
  readonly value: Minor;
  readonly paid: Minor;
  readonly outstanding: Minor;
  /** Which installment it is, from 1, and of how many. */
  readonly installment: number;
  readonly installments: number;
  readonly issuedAt: Moment;
  readonly due: Day;
  readonly daysOverdue: number;
  readonly lateCharges: LateCharges | undefined;
}

export function readInvoice(fields: Fields): Invoice {
  return {
    id: fields.text('invoice_id'),
    order: fields.text('order_id'),
    status: fields.word('status', INVOICE_STATUSES),
    value: fields.amount('value'),
    paid: fields.amount('paid'),
    outstanding: fields.amount('outstanding'),
    installment: fields.whole('installment'),
    installments: fields.whole('installments'),
    issuedAt: fields.moment('issued_at'),
    due: fields.day('due_date'),
    daysOverdue: fields.whole('days_overdue'),
    lateCharges: readLateCharges(fields),
  };
}
