// Grants a line, with the approver's own limit and term.

import { html, type TemplateResult } from 'lit-html';

import type { Command } from '../api/connection.ts';
import { readLine } from '../api/line.ts';
import type { Host } from '../app/host.ts';
import { format, fromTyped, toTyped, toWire, type Minor } from '../money.ts';
import { TEXTS } from '../texts.ts';
import { Field } from '../ui/field.ts';
import { notice } from '../ui/notice.ts';
import { MOST_REMARK, remark } from './decisions.ts';
import { amountExample, checked } from './inputs.ts';
import type { Current, Operation } from './operation.ts';

const texts = TEXTS.actions.approve;
const USUAL_TERMS = [30, 60, 90];
const LONGEST_TERM = 365;

export class ApproveOperation implements Operation {
  readonly title = texts.title;
  readonly isGrave = false;
  readonly width = 'narrow';
  readonly isReady = true;
  readonly inputs: readonly Field[];
  readonly #host: Host;
  readonly #current: Current;
  readonly #limit: Field;
  readonly #term: Field;
  readonly #notes: Field;

  constructor(host: Host, current: Current) {
    const account = current();
    const { currency } = host.session;
    const changed = () => host.update();
    this.#host = host;
    this.#current = current;
    this.#limit = new Field(
      { name: 'credit_limit', label: texts.limit, kind: 'amount', unit: currency },
      toTyped(account.requestedLimit, currency),
      changed,
    );
    this.#limit.hint = texts.limitHint(host.money(account.requestedLimit));
    this.#term = new Field(
      { name: 'payment_term_days', label: texts.term, kind: 'number', unit: TEXTS.actions.daysUnit },
      String(account.termDays),
      changed,
    );
    this.#term.hint = texts.termHint(TEXTS.days(account.termDays));
    this.#notes = new Field(
      { name: 'approval_notes', label: TEXTS.actions.notes, kind: 'notes', most: MOST_REMARK },
      '',
      changed,
    );
    this.#notes.hint = TEXTS.actions.notesHint;
    this.inputs = [this.#limit, this.#term, this.#notes];
  }

  get confirmLabel(): string {
    const [limit, days] = [this.#amount(), this.#days()];
    return limit === undefined || days === undefined
      ? texts.confirmPlain
      : texts.confirm(this.#host.money(limit), TEXTS.days(days));
  }

  content(): TemplateResult {
    const isOwn = this.#current().requestedBy === this.#host.session.subject;
    return html`
      ${isOwn ? notice({ tone: 'amber', title: TEXTS.request.own }) : ''}
      ${this.#limit.template()}
      ${this.#term.template(this.#usualTerms())}
      ${this.#notes.template()}
    `;
  }

  command(): Command<string> | undefined {
    const { currency } = this.#host.session;
    const limit = checked(this.#limit, this.#amount(), TEXTS.actions.wrongAmount(amountExample(currency)));
    const days = checked(this.#term, this.#days(), TEXTS.actions.wrongDays);
    if (limit === undefined || days === undefined) return undefined;
    return {
      method: 'POST',
      path: '/approve',
      body: {
        credit_limit: toWire(limit, currency),
        payment_term_days: days,
        ...remark('approval_notes', this.#notes),
      },
      read: (fields) => {
        const line = readLine(fields);
        return texts.done(format(line.limit, currency), format(line.available, currency));
      },
    };
  }

  #amount(): Minor | undefined {
    return fromTyped(this.#limit.value, this.#host.session.currency);
  }

  #days(): number | undefined {
    const text = this.#term.value.trim();
    const days = /^\d{1,3}$/.test(text) ? Number(text) : 0;
    return days >= 1 && days <= LONGEST_TERM ? days : undefined;
  }

  #usualTerms(): TemplateResult {
    const button = (days: number) => {
      const put = () => this.#term.put(String(days));
      const isChosen = this.#days() === days;
      return html`<button type="button" class="chip" aria-pressed=${isChosen} @click=${put}>${TEXTS.days(days)}</button>`;
    };
    return html`<div class="chips" role="group" aria-label=${texts.terms}>${USUAL_TERMS.map(button)}</div>`;
  }
}
