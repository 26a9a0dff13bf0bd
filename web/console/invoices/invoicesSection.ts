// The invoices of a company, with what being late costs.

import { html, nothing, type TemplateResult } from 'lit-html';

import type { Invoice, InvoiceFilter } from '../api/invoices.ts';
import type { Host } from '../app/host.ts';
import type { Company } from '../company/company.ts';
import { formatDay } from '../dates.ts';
import { TEXTS } from '../texts.ts';
import { card } from '../ui/card.ts';
import { choices } from '../ui/choices.ts';
import type { Content } from '../ui/content.ts';
import { pagedList } from '../ui/paged.ts';
import { invoiceBadge } from '../ui/status.ts';
import { table, type Column } from '../ui/table.ts';

const texts = TEXTS.invoices;
const FILTERS: readonly InvoiceFilter[] = ['open', 'paid', 'cancelled', 'all'];

/** @param pay registers a payment of one of them; nothing where that cannot be done */
export function invoicesSection(
  host: Host,
  company: Company,
  pay: ((invoice: Invoice) => void) | undefined,
): TemplateResult {
  const filters = FILTERS.map((filter) => ({
    label: texts.filter[filter],
    isChosen: filter === company.invoiceFilter,
    go: () => company.listInvoices(filter),
  }));
  const content = html`
    ${choices(texts.filters, filters, 'pills')}
    ${pagedList({
      page: company.invoices.page,
      turnTo: (cursor) => company.invoices.turnTo(cursor),
      empty: texts.empty,
      failed: texts.loadFailed,
      rows: (rows, isStale) => html`
        ${table({ caption: texts.title, columns: columns(host, rows, pay), rows, isStale })}
        ${rows.some(isCharged) ? html`<p class="detail">${texts.chargesNote}</p>` : nothing}
      `,
    })}
  `;
  return card({ id: 'invoices', title: texts.title, content });
}

function columns(
  host: Host,
  rows: readonly Invoice[],
  pay: ((invoice: Invoice) => void) | undefined,
): readonly Column<Invoice>[] {
  const all: Column<Invoice>[] = [
    { title: texts.order, place: 'heading', cell: orderCell },
    { title: texts.due, place: 'inline', cell: dueCell },
    { title: TEXTS.statusLabel, place: 'inline', cell: ({ status }) => invoiceBadge(status), isSpare: isOpen },
    {
      title: texts.value,
      place: 'below',
      isNumeric: true,
      cell: ({ value }) => host.money(value),
      isSpare: isUntouched,
    },
    { title: texts.paid, place: 'below', isNumeric: true, cell: ({ paid }) => host.money(paid), isSpare: isUntouched },
    {
      title: texts.outstanding,
      place: 'figure',
      isNumeric: true,
      cell: ({ outstanding }) => html`<strong>${host.money(outstanding)}</strong>`,
    },
  ];
  if (rows.some(isCharged))
    all.push({ title: texts.charges, place: 'below', isNumeric: true, cell: (invoice) => chargesCell(host, invoice) });
  if (pay !== undefined && rows.some(isOpen))
    all.push({ title: texts.actions, place: 'inline', cell: (invoice) => payCell(invoice, pay) });
  return all;
}

function orderCell({ order, installment, installments }: Invoice): TemplateResult {
  const which = texts.installment(installment, installments);
  return html`<span class="breakable">${order}</span><span class="detail">${which}</span>`;
}

function dueCell({ due, daysOverdue }: Invoice): Content {
  if (daysOverdue === 0) return formatDay(due);
  return html`${formatDay(due)} <span class="late">${texts.late(TEXTS.days(daysOverdue))}</span>`;
}

function chargesCell(host: Host, { lateCharges }: Invoice): Content {
  if (lateCharges === undefined) return nothing;
  const { interest, fine, totalDue } = lateCharges;
  return html`${host.money(interest + fine)}<span class="detail">${texts.withCharges(host.money(totalDue))}</span>`;
}

function payCell(invoice: Invoice, pay: (invoice: Invoice) => void): Content {
  if (!isOpen(invoice)) return nothing;
  const { order, installment, installments } = invoice;
  const name = texts.payOf(order, texts.installment(installment, installments));
  const act = () => pay(invoice);
  return html`<button type="button" class="button-quiet" aria-label=${name} @click=${act}>${texts.pay}</button>`;
}

function isOpen({ status }: Invoice): boolean {
  return status === 'pending' || status === 'overdue';
}

/** Its value is what is left of it. */
function isUntouched({ value, outstanding }: Invoice): boolean {
  return value === outstanding;
}

function isCharged({ lateCharges }: Invoice): boolean {
  return lateCharges !== undefined;
}
