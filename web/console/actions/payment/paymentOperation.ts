// Registers a payment; where it goes is seen before it is confirmed.

import { html, nothing, type TemplateResult } from 'lit-html';

import type { Command } from '../../api/connection.ts';
import type { Invoice } from '../../api/invoices.ts';
import { readPaid, type PaymentBody } from '../../api/payments.ts';
import type { Host } from '../../app/host.ts';
import type { Company } from '../../company/company.ts';
import { isDay } from '../../dates.ts';
import { newKey } from '../../keys.ts';
import { fromTyped, toTyped, toWire, type Minor } from '../../money.ts';
import { TEXTS } from '../../texts.ts';
import type { Content } from '../../ui/content.ts';
import { Field } from '../../ui/field.ts';
import { amountExample, checked } from '../inputs.ts';
import type { Current, Operation } from '../operation.ts';
import { Allocator, type Allocation } from './allocation.ts';
import { Preview } from './preview.ts';
import { previewPanel } from './previewPanel.ts';
import { Shares } from './shares.ts';

const texts = TEXTS.actions.payment;
const MOST_REFERENCE = 200;

export class PaymentOperation implements Operation {
  readonly title = texts.title;
  readonly isGrave = false;
  readonly width = 'wide';
  readonly #host: Host;
  readonly #company: Company;
  readonly #current: Current;
  readonly #amount: Field;
  readonly #reference: Field;
  readonly #date: Field;
  readonly #shares: Shares;
  readonly #preview: Preview;
  readonly #allocator: Allocator;
  readonly #first: Invoice | undefined;
  /** A payment can be looked at before it has its reference; nobody else's payment has this one. */
  readonly #placeholder = `vista-previa-${newKey()}`;
  #isChosen: boolean;
  /** While nobody has typed an amount, it is what the chosen invoices come to. */
  #isAmountTyped = false;
  /** Whether it was confirmed for chosen invoices before one was chosen. */
  #lacksInvoice = false;

  /** @param first the invoice it is for */
  constructor(host: Host, company: Company, current: Current, first?: Invoice) {
    this.#host = host;
    this.#company = company;
    this.#current = current;
    this.#first = first;
    this.#isChosen = first !== undefined;
    const changed = () => this.#changed();
    this.#amount = new Field(
      { name: 'amount', label: texts.amount, kind: 'amount', unit: host.session.currency },
      '',
      () => this.#typeAmount(),
    );
    this.#amount.hint = () => texts.amountHint(host.money(current().used));
    this.#reference = new Field(
      { name: 'payment_reference', label: texts.reference, kind: 'text', most: MOST_REFERENCE },
      '',
      changed,
    );
    this.#reference.hint = texts.referenceHint;
    this.#date = new Field(
      { name: 'payment_date', label: texts.date, kind: 'date' },
      company.aging.value?.asOf ?? host.session.today,
      changed,
    );
    this.#shares = new Shares(host, changed);
    this.#preview = new Preview(
      (body) => host.api.previewPayment(company.customer, body),
      (body) => this.#allocate(body),
      () => host.update(),
    );
    this.#allocator = new Allocator(changed);
    company.payable.reload();
    company.payable.loadOnce();
    if (first !== undefined) this.#toggle(first);
  }

  get inputs(): readonly Field[] {
    return [this.#amount, this.#reference, this.#date, ...(this.#isChosen ? this.#shares.inputs : [])];
  }

  /** What cannot be sent yet may be pressed, to be told why. */
  get isReady(): boolean {
    const { known } = this.#preview;
    // Whether its reference is there already, the server alone knows.
    return known.is === 'nothing' || (known.is === 'known' && known.preview.existing === undefined);
  }

  get confirmLabel(): string {
    const amount = this.#paid();
    return amount === undefined ? texts.confirmPlain : texts.confirm(this.#host.money(amount));
  }

  content(): TemplateResult {
    const retry = () => {
      const body = this.#body(this.#placeholder);
      if (body !== undefined) this.#preview.retry(body);
    };
    return html`
      <div class="payment">
        <div class="payment-fields">
          ${this.#amount.template(this.#usualAmounts())}
          ${this.#reference.template()}
          ${this.#date.template()}
          ${this.#destination()}
        </div>
        ${previewPanel(this.#host, this.#preview.known, this.#invoices, retry)}
      </div>
    `;
  }

  command(): Command<string> | undefined {
    const { currency } = this.#host.session;
    checked(this.#amount, this.#paid(), TEXTS.actions.wrongAmount(amountExample(currency)));
    checked(this.#reference, this.#reference.value.trim() || undefined, TEXTS.actions.missing);
    checked(this.#date, isDay(this.#date.value) || undefined, TEXTS.actions.wrongDay);
    if (this.#isChosen) this.#shares.check();
    this.#lacksInvoice = this.#isChosen && this.#shares.isEmpty;
    const body = this.#body('');
    if (body === undefined || this.inputs.some((input) => input.isWrong)) return undefined;
    return {
      method: 'POST',
      path: '/payment',
      body,
      read: (fields) => {
        const { amount, used, available } = readPaid(fields);
        return texts.done(this.#host.money(amount), this.#host.money(used), this.#host.money(available));
      },
    };
  }

  /** The invoices to choose among, and the one it is for, wherever that stands in the list. */
  get #invoices(): readonly Invoice[] {
    const open = this.#company.payable.value?.items ?? [];
    const first = this.#first;
    return first === undefined || open.some(({ id }) => id === first.id) ? open : [first, ...open];
  }

  #paid(): Minor | undefined {
    const amount = fromTyped(this.#amount.value, this.#host.session.currency);
    return amount === 0n ? undefined : amount;
  }

  /** What is typed, as the server reads it; nothing where it is no payment yet. */
  #body(placeholder: string): PaymentBody | undefined {
    const amount = this.#paid();
    const reference = this.#reference.value.trim() || placeholder;
    const allocations = this.#isChosen ? this.#shares.allocations() : undefined;
    if (amount === undefined || !isDay(this.#date.value) || (this.#isChosen && (allocations ?? []).length === 0))
      return undefined;
    const body = {
      amount: toWire(amount, this.#host.session.currency),
      payment_reference: reference,
      payment_date: this.#date.value,
    };
    return allocations === undefined ? body : { ...body, allocations };
  }

  /** Where it would go, once all open invoices are known: of some of them it could say wrong. */
  #allocate(body: PaymentBody): Allocation | undefined {
    const payable = this.#company.payable.value;
    if (payable === undefined || payable.next !== undefined) return undefined;
    return this.#allocator.allocate(body, payable.items, this.#host.session.currency);
  }

  #changed(): void {
    this.#lacksInvoice = false;
    const { total } = this.#shares;
    if (this.#isChosen && !this.#isAmountTyped && total !== undefined) {
      this.#amount.value = this.#shares.isEmpty ? '' : toTyped(total, this.#host.session.currency);
      this.#amount.complain('');
    }
    this.#preview.follow(this.#body(this.#placeholder));
    this.#host.update();
  }

  #typeAmount(): void {
    this.#isAmountTyped = this.#amount.value.trim() !== '';
    this.#changed();
  }

  #choose(isChosen: boolean): void {
    this.#isChosen = isChosen;
    this.#changed();
  }

  #toggle(invoice: Invoice): void {
    const { total = 0n } = this.#shares;
    const paid = this.#isAmountTyped ? this.#paid() : undefined;
    if (this.#shares.has(invoice)) this.#shares.remove(invoice);
    else this.#shares.add(invoice, paid === undefined || paid <= total ? undefined : paid - total);
    this.#changed();
  }

  #usualAmounts(): Content {
    const { overdue, used } = this.#current();
    const amounts: (readonly [string, Minor])[] = [
      [texts.overdue, overdue],
      [texts.all, used],
    ];
    const offered = amounts.filter(([, amount]) => amount > 0n);
    if (offered.length === 0) return nothing;
    return html`<div class="chips">${offered.map(([name, amount]) => this.#usualAmount(name, amount))}</div>`;
  }

  #usualAmount(name: string, amount: Minor): TemplateResult {
    const put = () => this.#amount.put(toTyped(amount, this.#host.session.currency));
    const isChosen = this.#paid() === amount;
    const words = `${name}: ${this.#host.money(amount)}`;
    return html`<button type="button" class="chip" aria-pressed=${isChosen} @click=${put}>${words}</button>`;
  }

  #destination(): TemplateResult {
    const choice = (label: string, isChosen: boolean) => {
      const choose = () => this.#choose(isChosen);
      const isSo = this.#isChosen === isChosen;
      return html`<label class="radio"><input type="radio" name="destination" .checked=${isSo} @change=${choose}>${label}</label>`;
    };
    return html`
      <fieldset class="destination">
        <legend>${texts.where}</legend>
        ${choice(texts.oldest, false)}
        ${choice(texts.chosen, true)}
        ${this.#lacksInvoice ? html`<p class="field-error" role="alert">${texts.none}</p>` : nothing}
        ${this.#isChosen ? this.#shares.template(this.#invoices, (invoice) => this.#toggle(invoice)) : nothing}
      </fieldset>
    `;
  }
}
