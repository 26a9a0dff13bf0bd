// What is known of one company. Each part is asked for when it is first looked at, and again after something was done.

import { MOST_INVOICES } from '../api/api.ts';
import type { Account } from '../api/account.ts';
import type { Aging } from '../api/aging.ts';
import type { Calendar } from '../api/calendar.ts';
import type { Invoice, InvoiceFilter } from '../api/invoices.ts';
import type { Entry } from '../api/journal.ts';
import type { Payment } from '../api/payments.ts';
import type { Movement } from '../api/statement.ts';
import type { Page } from '../api/connection.ts';
import type { Host } from '../app/host.ts';
import { Loadable } from '../app/loadable.ts';
import { Pages } from '../app/pages.ts';
import type { Section } from '../app/route.ts';

export class Company {
  readonly customer: string;
  readonly account: Loadable<Account>;
  readonly aging: Loadable<Aging>;
  readonly calendar: Loadable<Calendar>;
  readonly invoices: Pages<Invoice>;
  readonly statement: Pages<Movement>;
  readonly payments: Pages<Payment>;
  readonly journal: Pages<Entry>;
  /** The open invoices a payment can be given to, earliest due first. */
  readonly payable: Loadable<Page<Invoice>>;
  #invoiceFilter: InvoiceFilter = 'open';

  constructor(host: Host, customer: string) {
    const { api } = host;
    const changed = () => host.update();
    this.customer = customer;
    this.account = new Loadable(() => api.account(customer), changed);
    this.aging = new Loadable(() => api.aging(customer), changed);
    this.calendar = new Loadable(() => api.calendar(customer), changed);
    this.invoices = new Pages((cursor) => api.invoices(customer, this.#invoiceFilter, cursor), changed);
    this.statement = new Pages((cursor) => api.statement(customer, cursor), changed);
    this.payments = new Pages((cursor) => api.payments(customer, cursor), changed);
    this.journal = new Pages((cursor) => api.journal(customer, cursor), changed);
    this.payable = new Loadable(() => api.invoices(customer, 'open', undefined, MOST_INVOICES), changed);
  }

  get invoiceFilter(): InvoiceFilter {
    return this.#invoiceFilter;
  }

  /** Lists other invoices, from the first page on. */
  listInvoices(filter: InvoiceFilter): void {
    this.#invoiceFilter = filter;
    this.invoices.turnTo(undefined);
  }

  /** Asks for what a section shows, if that was never done. */
  look(section: Section): void {
    const shown = {
      overview: [this.aging, this.calendar],
      invoices: [this.invoices.page],
      statement: [this.statement.page],
      payments: [this.payments.page],
      journal: [this.journal.page],
    }[section];
    for (const known of [this.account, ...shown]) known.loadOnce();
  }

  /** Asks again for all that was looked at. */
  reload(): void {
    const lists = [this.invoices, this.statement, this.payments, this.journal].map((pages) => pages.page);
    for (const known of [this.account, this.aging, this.calendar, this.payable, ...lists]) known.reload();
  }
}
