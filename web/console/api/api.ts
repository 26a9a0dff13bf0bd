// Every question of the console, by its name.

import { readAccount, type Account, type Status } from './account.ts';
import { readAging, type Aging } from './aging.ts';
import type { Answer } from './answer.ts';
import { readCalendar, type Calendar } from './calendar.ts';
import { Connection, type Command, type Credential, type Page } from './connection.ts';
import { readInvoice, type Invoice, type InvoiceFilter } from './invoices.ts';
import { readEntry, type Entry } from './journal.ts';
import { readPayment, readPaymentPreview, type Payment, type PaymentBody, type PaymentPreview } from './payments.ts';
import { readRequest, type CreditRequest } from './requests.ts';
import { readSession, type Session } from './session.ts';
import { readMovement, type Movement } from './statement.ts';

/** How many lines a page of a list has. */
const PAGE = 25;

/** How many open invoices one may choose among; a page of the API has no more. */
export const MOST_INVOICES = 100;

/** A mark of a page, as the page beside it gave it. */
export type Cursor = string | undefined;

/** Whose token this is; answered for any token in force. */
export function askSession(token: string): Promise<Answer<Session>> {
  const credential = { token: () => token, renew: async () => false };
  return new Connection(credential, '').get('/session', readSession);
}

export class Api {
  readonly #connection: Connection;

  constructor(credential: Credential, currency: string) {
    this.#connection = new Connection(credential, currency);
  }

  requests(status: Status | undefined, cursor: Cursor): Promise<Answer<Page<CreditRequest>>> {
    return this.#connection.list(`/credit/requests?${query({ status, cursor, limit: PAGE })}`, readRequest);
  }

  account(customer: string): Promise<Answer<Account>> {
    return this.#connection.get(pathOf(customer), readAccount);
  }

  aging(customer: string): Promise<Answer<Aging>> {
    return this.#connection.get(`${pathOf(customer)}/aging`, readAging);
  }

  calendar(customer: string): Promise<Answer<Calendar>> {
    return this.#connection.get(`${pathOf(customer)}/calendar`, readCalendar);
  }

  invoices(customer: string, filter: InvoiceFilter, cursor: Cursor, limit = PAGE): Promise<Answer<Page<Invoice>>> {
    const status = filter === 'all' ? undefined : filter;
    return this.#connection.list(`${pathOf(customer)}/invoices?${query({ status, cursor, limit })}`, readInvoice);
  }

  statement(customer: string, cursor: Cursor): Promise<Answer<Page<Movement>>> {
    return this.#connection.list(`${pathOf(customer)}/statement?${query({ cursor, limit: PAGE })}`, readMovement);
  }

  payments(customer: string, cursor: Cursor): Promise<Answer<Page<Payment>>> {
    return this.#connection.list(`${pathOf(customer)}/payments?${query({ cursor, limit: PAGE })}`, readPayment);
  }

  journal(customer: string, cursor: Cursor): Promise<Answer<Page<Entry>>> {
    return this.#connection.list(`${pathOf(customer)}/journal?${query({ cursor, limit: PAGE })}`, readEntry);
  }

  previewPayment(customer: string, body: PaymentBody): Promise<Answer<PaymentPreview>> {
    return this.#connection.rehearse(`${pathOf(customer)}/payment/preview`, body, readPaymentPreview);
  }

  /** Changes the books; the same key again gets the same answer and changes nothing more. */
  command<T>(customer: string, command: Command<T>, key: string): Promise<Answer<T>> {
    return this.#connection.command(pathOf(customer) + command.path, command, key);
  }
}

function pathOf(customer: string): string {
  return `/customers/${encodeURIComponent(customer)}/credit`;
}

function query(parameters: Readonly<Record<string, string | number | undefined>>): URLSearchParams {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined);
  return new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
}
