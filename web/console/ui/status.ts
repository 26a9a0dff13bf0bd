// Where an account or an invoice stands, as a coloured word.

import { html, type TemplateResult } from 'lit-html';

import type { Status } from '../api/account.ts';
import type { InvoiceStatus } from '../api/invoices.ts';
import { TEXTS } from '../texts.ts';

type Tone = 'brand' | 'amber' | 'danger' | 'plain';

const TONES: Readonly<Record<Status, Tone>> = {
  pending: 'amber',
  approved: 'brand',
  suspended: 'amber',
  rejected: 'danger',
  cancelled: 'plain',
};

const INVOICE_TONES: Readonly<Record<InvoiceStatus, Tone>> = {
  pending: 'brand',
  overdue: 'danger',
  paid: 'plain',
  cancelled: 'plain',
};

export function statusBadge(status: Status): TemplateResult {
  return badge(TONES[status], TEXTS.status[status]);
}

export function invoiceBadge(status: InvoiceStatus): TemplateResult {
  return badge(INVOICE_TONES[status], TEXTS.invoiceStatus[status]);
}

function badge(tone: Tone, word: string): TemplateResult {
  return html`<span class="badge badge-${tone}">${word}</span>`;
}
