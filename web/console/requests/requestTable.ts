// Companies, one a row.

import { html, type TemplateResult } from 'lit-html';

import type { CreditRequest } from '../api/requests.ts';
import type { Host } from '../app/host.ts';
import { companyAddress, type RequestFilter } from '../app/route.ts';
import { formatMoment } from '../dates.ts';
import { TEXTS } from '../texts.ts';
import { statusBadge } from '../ui/status.ts';
import { table, type Column } from '../ui/table.ts';

const texts = TEXTS.requests;

export function requestTable(
  host: Host,
  filter: RequestFilter,
  rows: readonly CreditRequest[],
  isStale: boolean,
): TemplateResult {
  return table({ caption: texts.caption(filter), columns: columnsOf(host, filter), rows, isStale });
}

function columnsOf(host: Host, filter: RequestFilter): readonly Column<CreditRequest>[] {
  const isGranted = filter === 'approved' || filter === 'suspended';
  const columns: Column<CreditRequest>[] = [
    { title: texts.company, place: 'heading', cell: company },
    isGranted
      ? { title: texts.limit, place: 'figure', isNumeric: true, cell: ({ limit }) => host.money(limit) }
      : {
          title: texts.requested,
          place: 'figure',
          isNumeric: true,
          cell: ({ requestedLimit }) => host.money(requestedLimit),
        },
    {
      title: isGranted ? texts.requestedTerm : texts.term,
      place: 'inline',
      cell: ({ termDays }) => TEXTS.days(termDays),
    },
    { title: texts.date, place: 'inline', cell: ({ requestedAt }) => formatMoment(requestedAt, host.session.zone) },
    {
      title: texts.by,
      place: 'inline',
      cell: ({ requestedBy }) => html`<span class="breakable">${requestedBy}</span>`,
    },
  ];
  if (filter === 'all')
    columns.push({ title: TEXTS.statusLabel, place: 'inline', cell: ({ status }) => statusBadge(status) });
  return columns;
}

function company({ customer, business }: CreditRequest): TemplateResult {
  const ids = business === undefined ? customer : `${business.taxId} · ${customer}`;
  return html`
    <a class="row-link" href=${companyAddress(customer)}>${business?.name ?? customer}</a>
    <span class="detail breakable">${ids}</span>
  `;
}
