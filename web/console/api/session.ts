// Who the caller is, and the shop they work in.

import type { Day, Moment } from '../dates.ts';
import type { Fields } from './fields.ts';

/** What this page asks for; a credential may allow more. */
export type Permission = 'credit:read' | 'credit:approve' | 'credit:manage' | 'credit:payment';

export interface Session {
  /** Who: written beside everything they do. */
  readonly subject: string;
  readonly organization: string;
  /** Single permissions; those that stand for many are expanded. */
  readonly permissions: readonly string[];
  /** Whom a buyer's token is bound to. */
  readonly customer: string | undefined;
  /** When the token ends, by the machine's clock. */
  readonly expiresAt: Moment | undefined;
  readonly currency: string;
  /** The shop's time zone, such as `America/Panama`. */
  readonly zone: string;
  /** The shop's day when this was answered. */
  readonly today: Day;
  /** The server's moment when this was answered. */
  readonly clock: Moment;
}

export function readSession(fields: Fields): Session {
  return {
    subject: fields.text('subject'),
    organization: fields.text('organization'),
    permissions: fields.texts('permissions'),
    customer: fields.optionalText('customer_id'),
    expiresAt: fields.optional('expires_at', (name) => fields.moment(name)),
    currency: fields.text('currency'),
    zone: fields.text('time_zone'),
    today: fields.day('today'),
    clock: fields.moment('clock'),
  };
}
