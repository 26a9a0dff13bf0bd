// Requests for credit, as whoever approves sees them.

import type { Moment } from '../dates.ts';
import type { Minor } from '../money.ts';
import { readBusiness, STATUSES, type Business, type Status } from './account.ts';
import type { Fields } from './fields.ts';

export interface CreditRequest {
  readonly customer: string;
  readonly status: Status;
  readonly requestedLimit: Minor;
  /** Zero where none was granted. */
  readonly limit: Minor;
  readonly termDays: number;
  readonly requestedAt: Moment;
  readonly requestedBy: string;
  readonly business: Business | undefined;
}

export function readRequest(fields: Fields): CreditRequest {
  return {
    customer: fields.text('customer_id'),
    status: fields.word('status', STATUSES),
    requestedLimit: fields.amount('requested_limit'),
    limit: fields.amount('credit_limit'),
    termDays: fields.whole('payment_term_days'),
    requestedAt: fields.moment('requested_at'),
    requestedBy: fields.text('requested_by'),
    business: fields.optional('business_info', (name) => fields.object(name, readBusiness)),
  };
}
