// The payments of a company, and where each went.

import { html, nothing, type TemplateResult } from 'lit-html';

import type { Applied, Payment } from '../api/payments.ts';
import type { Host } from '../app/host.ts';
import type { Company } from '../company/company.ts';
import { formatDay, formatMoment } from '../dates.ts';
import { TEXTS } from '../texts.ts';
import { card } from '../ui/card.ts';
import type { Content } from '../ui/content.ts';
import { pagedList } from '../ui/paged.ts';
import { table, type Column } from '../ui/table.ts';

const texts = TEXTS.payments;

export function paymentsSection(host: Host, { payments }: Company): TemplateResult {
  const content = pagedList({
    page: payments.page,
    turnTo: (cursor) => payments.turnTo(cursor),
    empty: texts.empty,
    failed: texts.loadFailed,
    rows: (rows, isStale) => table({ caption: texts.title, columns: columns(host, rows), rows, isStale }),
  });
  return card({ id: 'payments', title: texts.title, content });
}

function columns(host: Host, rows: readonly Payment[]): readonly Column<Payment>[] {
  const all: Column<Payment>[] = [
    { title: texts.reference, place: 'heading', cell: (payment) => referenceCell(host, payment) },
    { title: texts.date, place: 'below', cell: ({ date }) => formatDay(date) },
    {
      title: texts.amount,
      place: 'figure',
      isNumeric: true,
      cell: ({ amount }) => html`<strong>${host.money(amount)}</strong>`,
    },
    { title: texts.went, place: 'below', cell: (payment) => allocationsCell(host, payment) },
  ];
  if (rows.some(({ unapplied }) => unapplied > 0n)) {
    all.push({
      title: texts.unapplied,
      place: 'below',
      isNumeric: true,
      cell: ({ unapplied }) => (unapplied > 0n ? host.money(unapplied) : nothing),
    });
  }
  return all;
}

function referenceCell(host: Host, { reference, receivedAt }: Payment): TemplateResult {
  const received = texts.received(formatMoment(receivedAt, host.session.zone));
  return html`<span class="breakable">${reference ?? texts.noReference}</span><span class="detail">${received}</span>`;
}

function allocationsCell(host: Host, { allocations }: Payment): Content {
  if (allocations.length === 0) return texts.nowhere;
  const line = ({ invoice, amount, outstanding }: Applied) => {
    const rest = outstanding === 0n ? texts.settled : texts.left(host.money(outstanding));
    return html`<li><code>${invoice}</code> <span class="figure">${host.money(amount)}</span> <span class="detail">${rest}</span></li>`;
  };
  return html`
    <details class="allocations">
      <summary>${texts.to(allocations.length)}</summary>
      <ul>${allocations.map(line)}</ul>
    </details>
  `;
}
