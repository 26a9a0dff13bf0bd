// A customer's account, and what the company says of itself.

import type { Day, Moment } from '../dates.ts';
import type { Minor } from '../money.ts';
import type { Fields } from './fields.ts';

export const STATUSES = ['pending', 'approved', 'suspended', 'rejected', 'cancelled'] as const;

/** Where an account stands. */
export type Status = (typeof STATUSES)[number];

export interface Business {
  readonly name: string;
  readonly taxId: string;
  readonly years: number | undefined;
}

/** When a line was suspended, rejected or cancelled, and why. */
export interface Ending {
  readonly at: Moment;
  readonly reason: string | undefined;
}

export interface Account {
  readonly customer: string;
  readonly creditAccount: string;
  readonly status: Status;
  readonly version: number;
  readonly limit: Minor;
  /** How far a purchase may pass the limit, as a fraction: `0.1` is 10 %. */
  readonly tolerance: string;
  readonly used: Minor;
  readonly held: Minor;
  readonly available: Minor;
  readonly unapplied: Minor;
  readonly overdue: Minor;
  readonly nextDue: Day | undefined;
  readonly termDays: number;
  readonly requestedLimit: Minor;
  readonly requestedAt: Moment;
  readonly requestedBy: string;
  readonly business: Business | undefined;
  readonly approvedAt: Moment | undefined;
  readonly approvedBy: string | undefined;
  readonly suspension: Ending | undefined;
  readonly rejection: Ending | undefined;
  readonly cancellation: Ending | undefined;
}

export function readAccount(fields: Fields): Account {
  return {
    customer: fields.text('customer_id'),
    creditAccount: fields.text('credit_account_id'),
    status: fields.word('status', STATUSES),
    version: fields.whole('version'),
    limit: fields.amount('credit_limit'),
    tolerance: fields.fraction('tolerance'),
    used: fields.amount('credit_used'),
    held: fields.amount('credit_held'),
    available: fields.amount('credit_available'),
    unapplied: fields.amount('unapplied'),
    overdue: fields.amount('overdue_amount'),
    nextDue: fields.optional('next_due_date', (name) => fields.day(name)),
    termDays: fields.whole('payment_term_days'),
    requestedLimit: fields.amount('requested_limit'),
    requestedAt: fields.moment('requested_at'),
    requestedBy: fields.text('requested_by'),
    business: fields.optional('business_info', (name) => fields.object(name, readBusiness)),
    approvedAt: fields.optional('approved_at', (name) => fields.moment(name)),
    approvedBy: fields.optionalText('approved_by'),
    suspension: readEnding(fields, 'suspended_at', 'suspension_reason'),
    rejection: readEnding(fields, 'rejected_at', 'rejection_reason'),
    cancellation: readEnding(fields, 'cancelled_at', 'cancellation_reason'),
  };
}

export function readBusiness(fields: Fields): Business {
  return {
    name: fields.text('business_name'),
    taxId: fields.text('tax_id'),
    years: fields.optional('years_in_business', (name) => fields.whole(name)),
  };
}

function readEnding(fields: Fields, at: string, reason: string): Ending | undefined {
  return fields.optional(at, (name) => ({ at: fields.moment(name), reason: fields.optionalText(reason) }));
}
