// Which invoices a payment goes to, and how much of it to each, where the approver says so.

import { html, nothing, type TemplateResult } from 'lit-html';

import { MOST_INVOICES } from '../../api/api.ts';
import type { Invoice } from '../../api/invoices.ts';
import type { PaymentBody } from '../../api/payments.ts';
import type { Host } from '../../app/host.ts';
import { formatDay } from '../../dates.ts';
import { fromTyped, sum, toTyped, toWire, type Minor } from '../../money.ts';
import { TEXTS } from '../../texts.ts';
import { Field } from '../../ui/field.ts';
import { amountExample, checked } from '../inputs.ts';

const texts = TEXTS.actions.payment;

export class Shares {
  readonly #host: Host;
  readonly #changed: () => void;
  readonly #fields = new Map<string, Field>();

  constructor(host: Host, changed: () => void) {
    this.#host = host;
    this.#changed = changed;
  }

  get isEmpty(): boolean {
    return this.#fields.size === 0;
  }

  get inputs(): readonly Field[] {
    return [...this.#fields.values()];
  }

  /** What the shares come to; nothing where one of them is no amount. */
  get total(): Minor | undefined {
    const amounts = this.inputs.map((field) => this.#amountOf(field));
    return amounts.some((amount) => amount === undefined) ? undefined : sum(amounts as Minor[]);
  }

  /** Gives an invoice all that is owed of it, or as much as there is. */
  add(invoice: Invoice, most: Minor | undefined): void {
    const { id, outstanding, order, installment, installments } = invoice;
    const { currency } = this.#host.session;
    const share = most !== undefined && most < outstanding ? most : outstanding;
    const about = texts.share(order, TEXTS.invoices.installment(installment, installments));
    const words = { name: `share-${id}`, label: texts.pays, about, kind: 'amount' } as const;
    this.#fields.set(id, new Field(words, toTyped(share, currency), this.#changed));
  }

  remove({ id }: Invoice): void {
    this.#fields.delete(id);
  }

  has({ id }: Invoice): boolean {
    return this.#fields.has(id);
  }

  /** As a body has them; nothing where one of them is no amount. */
  allocations(): PaymentBody['allocations'] | undefined {
    const { currency } = this.#host.session;
    const shares = [...this.#fields].map(([id, field]) => ({ id, amount: this.#amountOf(field) }));
    if (shares.some(({ amount }) => amount === undefined)) return undefined;
    return shares.map(({ id, amount = 0n }) => ({ invoice_id: id, amount: toWire(amount, currency) }));
  }

  /** Says at each share whether it is no amount. */
  check(): void {
    const complaint = TEXTS.actions.wrongAmount(amountExample(this.#host.session.currency));
    for (const field of this.inputs) checked(field, this.#amountOf(field), complaint);
  }

  template(invoices: readonly Invoice[], toggle: (invoice: Invoice) => void): TemplateResult {
    if (invoices.length === 0) return html`<p class="detail">${texts.noInvoices}</p>`;
    return html`
      <ul class="share-list">${invoices.map((invoice) => this.#row(invoice, toggle))}</ul>
      ${invoices.length < MOST_INVOICES ? nothing : html`<p class="detail">${texts.chooseHint(MOST_INVOICES)}</p>`}
    `;
  }

  #row(invoice: Invoice, toggle: (invoice: Invoice) => void): TemplateResult {
    const { order, installment, installments, due, outstanding, daysOverdue } = invoice;
    const field = this.#fields.get(invoice.id);
    const which = TEXTS.invoices.installment(installment, installments);
    const lateness = TEXTS.invoices.late(TEXTS.days(daysOverdue));
    const late = daysOverdue > 0 ? html` · <span class="late">${lateness}</span>` : nothing;
    return html`
      <li class="share">
        <label class="share-choice">
          <input type="checkbox" .checked=${field !== undefined} @change=${() => toggle(invoice)}>
          <span class="share-words">
            <span class="breakable">${order}</span>
            <span class="detail">${which} · ${texts.due(formatDay(due))}${late}</span>
          </span>
          <span class="figure">${this.#host.money(outstanding)}</span>
        </label>
        ${field?.template() ?? nothing}
      </li>
    `;
  }

  #amountOf({ value }: Field): Minor | undefined {
    const amount = fromTyped(value, this.#host.session.currency);
    return amount === 0n ? undefined : amount;
  }
}
