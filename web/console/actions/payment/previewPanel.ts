// Where a payment would go, and how the account would stand after it.

import { html, nothing, type TemplateResult } from 'lit-html';

import type { LateCharges } from '../../api/aging.ts';
import type { Invoice } from '../../api/invoices.ts';
import type { PaymentPreview, PreviewedPart } from '../../api/payments.ts';
import type { Host } from '../../app/host.ts';
import { formatDay } from '../../dates.ts';
import type { Minor } from '../../money.ts';
import { TEXTS } from '../../texts.ts';
import { detail } from '../../ui/detail.ts';
import { figureList } from '../../ui/figures.ts';
import { notice } from '../../ui/notice.ts';
import { table } from '../../ui/table.ts';
import { troubleNotice } from '../../ui/trouble.ts';
import type { Allocation } from './allocation.ts';
import type { Known } from './preview.ts';

const texts = TEXTS.actions.payment;

export function previewPanel(
  host: Host,
  known: Known,
  invoices: readonly Invoice[],
  retry: () => void,
): TemplateResult {
  return html`
    <section class="preview" aria-labelledby="preview-title" aria-live="polite" aria-busy=${known.is === 'asking'}>
      <h3 id="preview-title">${texts.previewTitle}</h3>
      ${content(host, known, invoices, retry)}
    </section>
  `;
}

function content(host: Host, known: Known, invoices: readonly Invoice[], retry: () => void): TemplateResult {
  switch (known.is) {
    case 'nothing':
      return html`<p class="detail">${texts.previewEmpty}</p>`;
    case 'asking':
      return html`${allocated(host, known.allocation, invoices)}<p class="detail">${texts.previewing}</p>`;
    case 'trouble':
      return known.trouble.kind === 'refused'
        ? troubleNotice(known.trouble, texts.previewRefused)
        : troubleNotice(known.trouble, texts.previewFailed, retry);
    case 'known':
      return outcome(host, known.preview, invoices);
  }
}

/** What is known of it before the server has answered. */
function allocated(host: Host, allocation: Allocation | undefined, invoices: readonly Invoice[]) {
  if (allocation === undefined) return nothing;
  const { allocations, unapplied } = allocation;
  return html`${partsTable(host, allocations, invoices)}${figureList([left(host, unapplied)], 'figures figures-after')}`;
}

function outcome(host: Host, preview: PaymentPreview, invoices: readonly Invoice[]): TemplateResult {
  if (preview.existing !== undefined) return notice({ tone: 'amber', ...texts.existing });
  const { allocations, lateCharges } = preview;
  return html`
    ${partsTable(host, allocations, invoices)}
    ${figureList(after(host, preview), 'figures figures-after')}
    ${detail(lateCharges === undefined ? undefined : lateSentence(host, lateCharges))}
  `;
}

function partsTable(host: Host, rows: readonly PreviewedPart[], invoices: readonly Invoice[]) {
  return rows.length === 0 ? nothing : table({ caption: texts.previewTitle, columns: columns(host, invoices), rows });
}

function columns(host: Host, invoices: readonly Invoice[]) {
  return [
    { title: texts.invoice, place: 'heading', cell: (part: PreviewedPart) => invoiceWords(part, invoices) },
    { title: texts.pays, place: 'figure', isNumeric: true, cell: ({ amount }: PreviewedPart) => host.money(amount) },
    {
      title: texts.left,
      place: 'below',
      isNumeric: true,
      cell: ({ outstanding }: PreviewedPart) => host.money(outstanding),
    },
  ] as const;
}

function invoiceWords({ invoice: id, due }: PreviewedPart, invoices: readonly Invoice[]): TemplateResult {
  const invoice = invoices.find((one) => one.id === id);
  if (invoice === undefined)
    return html`<span class="breakable">${id}</span><span class="detail">${texts.due(formatDay(due))}</span>`;
  const which = TEXTS.invoices.installment(invoice.installment, invoice.installments);
  const words = `${which} · ${texts.due(formatDay(due))}`;
  return html`<span class="breakable">${invoice.order}</span><span class="detail">${words}</span>`;
}

function lateSentence(host: Host, { interest, fine }: LateCharges): string {
  return texts.late(host.money(interest), host.money(fine));
}

function after(host: Host, { used, available, overdue, unapplied }: PaymentPreview) {
  return [
    { name: texts.usedAfter, value: host.money(used) },
    { name: texts.availableAfter, value: host.money(available) },
    overdue > 0n ? { name: texts.overdueAfter, value: host.money(overdue), isBad: true } : undefined,
    left(host, unapplied),
  ];
}

/** What would be left of it, if anything. */
function left(host: Host, unapplied: Minor) {
  return unapplied > 0n ? { name: texts.unappliedAfter, value: host.money(unapplied) } : undefined;
}
