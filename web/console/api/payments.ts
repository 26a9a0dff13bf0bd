// Payments: what came in, where it went, and where one would go.

import type { Day, Moment } from '../dates.ts';
import type { Minor } from '../money.ts';
import { readLateCharges, type LateCharges } from './aging.ts';
import type { Fields } from './fields.ts';

/** The part of a payment that went to one invoice. */
export interface Applied {
  readonly invoice: string;
  readonly amount: Minor;
  /** What is still owed of the invoice. */
  readonly outstanding: Minor;
}

export interface Payment {
  readonly id: string;
  readonly amount: Minor;
  readonly date: Day;
  readonly receivedAt: Moment;
  readonly reference: string | undefined;
  readonly allocations: readonly Applied[];
  readonly unapplied: Minor;
}

/** A payment that is thought about. */
export interface PaymentBody {
  readonly amount: string;
  readonly payment_reference: string;
  readonly payment_date: string;
  readonly allocations?: readonly { readonly invoice_id: string; readonly amount: string }[];
}

export interface PreviewedPart extends Applied {
  readonly due: Day;
  readonly lateCharges: LateCharges | undefined;
}

/** What a payment would do. */
export interface PaymentPreview {
  readonly allocations: readonly PreviewedPart[];
  readonly unapplied: Minor;
  readonly used: Minor;
  readonly available: Minor;
  readonly overdue: Minor;
  readonly lateCharges: LateCharges | undefined;
  /** The payment that is there already under this reference. */
  readonly existing: string | undefined;
}

/** What a payment has done. */
export interface Paid {
  readonly amount: Minor;
  readonly used: Minor;
  readonly available: Minor;
}

export function readPayment(fields: Fields): Payment {
  return {
    id: fields.text('payment_id'),
    amount: fields.amount('amount'),
    date: fields.day('payment_date'),
    receivedAt: fields.moment('received_at'),
    reference: fields.optionalText('payment_reference'),
    allocations: fields.list('allocations', readApplied),
    unapplied: fields.amount('unapplied'),
  };
}

export function readApplied(fields: Fields): Applied {
  return {
    invoice: fields.text('invoice_id'),
    amount: fields.amount('amount'),
    outstanding: fields.amount('outstanding'),
  };
}

export function readPaymentPreview(fields: Fields): PaymentPreview {
  return {
    allocations: fields.list('allocations', readPreviewedPart),
    unapplied: fields.amount('unapplied'),
    used: fields.amount('credit_used'),
    available: fields.amount('credit_available'),
    overdue: fields.amount('overdue_amount'),
    lateCharges: readLateCharges(fields),
    existing: fields.optionalText('payment_id'),
  };
}

export function readPaid(fields: Fields): Paid {
  return {
    amount: fields.amount('amount'),
    used: fields.amount('credit_used'),
    available: fields.amount('credit_available'),
  };
}

function readPreviewedPart(fields: Fields): PreviewedPart {
  return { ...readApplied(fields), due: fields.day('due_date'), lateCharges: readLateCharges(fields) };
}
