// Gives a line another limit.

import { html, nothing, type TemplateResult } from 'lit-html';

import type { Command } from '../api/connection.ts';
import { readLine } from '../api/line.ts';
import type { Host } from '../app/host.ts';
import { formatChange, fromTyped, toTyped, toWire, type Minor } from '../money.ts';
import { TEXTS } from '../texts.ts';
import type { Content } from '../ui/content.ts';
import { Field } from '../ui/field.ts';
import { currentFigures } from './currentFigures.ts';
import { reasonField, remark } from './decisions.ts';
import { amountExample, checked } from './inputs.ts';
import type { Current, Operation } from './operation.ts';

const texts = TEXTS.actions.limit;

export class ChangeLimitOperation implements Operation {
  readonly title = texts.title;
  readonly isGrave = false;
  readonly width = 'narrow';
  readonly isReady = true;
  readonly inputs: readonly Field[];
  readonly #host: Host;
  readonly #current: Current;
  readonly #limit: Field;
  readonly #reason: Field;

  constructor(host: Host, current: Current) {
    const account = current();
    const { currency } = host.session;
    this.#host = host;
    this.#current = current;
    this.#limit = new Field(
      { name: 'credit_limit', label: texts.limit, kind: 'amount', unit: currency },
      toTyped(account.limit, currency),
      () => host.update(),
    );
    this.#limit.hint = texts.hint(host.money(account.limit));
    this.#reason = reasonField(host);
    this.inputs = [this.#limit, this.#reason];
  }

  get confirmLabel(): string {
    const limit = this.#amount();
    return limit === undefined ? texts.confirmPlain : texts.confirm(this.#host.money(limit));
  }

  content(): TemplateResult {
    return html`
      ${this.#limit.template(this.#consequence())}
      ${this.#reason.template()}
      ${currentFigures(this.#host, this.#current())}
    `;
  }

  command(): Command<string> | undefined {
    const { currency } = this.#host.session;
    const limit = checked(this.#limit, this.#amount(), TEXTS.actions.wrongAmount(amountExample(currency)));
    if (limit === undefined) return undefined;
    return {
      method: 'PUT',
      path: '/limit',
      body: { credit_limit: toWire(limit, currency), ...remark('reason', this.#reason) },
      read: (fields) => {
        const line = readLine(fields);
        return texts.done(this.#host.money(line.limit), this.#host.money(line.available));
      },
    };
  }

  #amount(): Minor | undefined {
    return fromTyped(this.#limit.value, this.#host.session.currency);
  }

  #consequence(): Content {
    const amount = this.#amount();
    if (amount === undefined) return nothing;
    const { limit, used, held } = this.#current();
    const change =
      amount === limit ? texts.same : `${texts.change}: ${formatChange(amount - limit, this.#host.session.currency)}`;
    return amount < used + held
      ? html`<p class="consequence is-grave" role="status">${change}. ${texts.below}</p>`
      : html`<p class="consequence" role="status">${change}</p>`;
  }
}
