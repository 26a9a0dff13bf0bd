// The movements of a company's account, newest first.

import { html, type TemplateResult } from 'lit-html';

import type { Movement } from '../api/statement.ts';
import type { Host } from '../app/host.ts';
import type { Company } from '../company/company.ts';
import { formatMoment } from '../dates.ts';
import { formatChange } from '../money.ts';
import { TEXTS } from '../texts.ts';
import { card } from '../ui/card.ts';
import { pagedList } from '../ui/paged.ts';
import { table, type Column } from '../ui/table.ts';

const texts = TEXTS.statement;

export function statementSection(host: Host, { statement }: Company): TemplateResult {
  const content = pagedList({
    page: statement.page,
    turnTo: (cursor) => statement.turnTo(cursor),
    empty: texts.empty,
    failed: texts.loadFailed,
    rows: (rows, isStale) =>
      html`${table({ caption: texts.title, columns: columns(host), rows, isStale })}<p class="detail">${texts.sign}</p>`,
  });
  return card({ id: 'statement', title: texts.title, content });
}

function columns(host: Host): readonly Column<Movement>[] {
  const { currency, zone } = host.session;
  return [
    { title: texts.what, place: 'heading', cell: whatCell },
    { title: texts.date, place: 'inline', cell: ({ at }) => formatMoment(at, zone) },
    {
      title: texts.value,
      place: 'figure',
      isNumeric: true,
      cell: ({ value }) => html`<strong class=${value > 0n ? 'is-plus' : ''}>${formatChange(value, currency)}</strong>`,
    },
    { title: texts.after, place: 'below', isNumeric: true, cell: ({ usedAfter }) => host.money(usedAfter) },
  ];
}

function whatCell(movement: Movement): TemplateResult {
  return html`${texts.origin[movement.origin]}<span class="detail breakable">${about(movement).join(' · ')}</span>`;
}

/** What it was about, in the words that its ids go by. */
function about({ origin, order, invoice, installments, paymentReference, statement }: Movement): readonly string[] {
  const parts = [
    order === undefined ? undefined : texts.order(order),
    installments === undefined ? undefined : texts.installments(installments),
    paymentReference === undefined ? undefined : texts.reference(paymentReference),
    invoice === undefined ? undefined : texts.invoice(invoice),
    origin === 'payment' && invoice === undefined ? texts.unapplied : undefined,
    statement,
  ];
  return parts.filter((part) => part !== undefined);
}
