// The operations that need no more than a reason: reject, suspend, reactivate, cancel.

import { html, nothing, type TemplateResult } from 'lit-html';

import type { Command } from '../api/connection.ts';
import { readLine } from '../api/line.ts';
import type { Host } from '../app/host.ts';
import { TEXTS } from '../texts.ts';
import { Field } from '../ui/field.ts';
import type { Line } from '../api/line.ts';
import { currentFigures } from './currentFigures.ts';
import type { Current, Operation } from './operation.ts';

const texts = TEXTS.actions;

/** The longest reason the server keeps. */
export const MOST_REMARK = 1000;

interface Decision {
  readonly path: string;
  readonly title: string;
  readonly lead: string;
  readonly confirm: string;
  readonly isGrave: boolean;
  readonly done: (line: Line) => string;
}

class DecisionOperation implements Operation {
  readonly width = 'narrow';
  readonly isReady = true;
  readonly inputs: readonly Field[];
  readonly #decision: Decision;
  readonly #host: Host;
  readonly #current: Current;
  readonly #reason: Field;

  constructor(host: Host, current: Current, decision: Decision) {
    this.#host = host;
    this.#current = current;
    this.#decision = decision;
    this.#reason = reasonField(host);
    this.inputs = [this.#reason];
  }

  get title(): string {
    return this.#decision.title;
  }

  get isGrave(): boolean {
    return this.#decision.isGrave;
  }

  get confirmLabel(): string {
    return this.#decision.confirm;
  }

  content(): TemplateResult {
    const account = this.#current();
    const figures = account.status === 'pending' ? nothing : currentFigures(this.#host, account);
    return html`<p class="lead">${this.#decision.lead}</p>${figures}${this.#reason.template()}`;
  }

  command(): Command<string> {
    const { path, done } = this.#decision;
    return { method: 'POST', path, body: remark('reason', this.#reason), read: (fields) => done(readLine(fields)) };
  }
}

export function reject(host: Host, current: Current): Operation {
  const { title, lead, confirm, done } = texts.reject;
  const { requestedLimit, termDays } = current();
  const asked = lead(host.money(requestedLimit), TEXTS.days(termDays));
  return new DecisionOperation(host, current, {
    path: '/reject',
    title,
    lead: asked,
    confirm,
    isGrave: true,
    done: () => done,
  });
}

export function suspend(host: Host, current: Current): Operation {
  const { title, lead, confirm, done } = texts.suspend;
  return new DecisionOperation(host, current, {
    path: '/suspend',
    title,
    lead,
    confirm,
    isGrave: true,
    done: () => done,
  });
}

export function reactivate(host: Host, current: Current): Operation {
  const { title, lead, confirm, done } = texts.reactivate;
  const said = ({ available }: Line) => done(host.money(available));
  return new DecisionOperation(host, current, {
    path: '/reactivate',
    title,
    lead,
    confirm,
    isGrave: false,
    done: said,
  });
}

/** Ends a line, or withdraws a request that waits. */
export function cancel(host: Host, current: Current): Operation {
  const { cancel: words } = texts;
  const chosen =
    current().status === 'pending'
      ? {
          title: words.titleRequest,
          lead: words.leadRequest,
          confirm: words.confirmRequest,
          done: () => words.doneRequest,
        }
      : { title: words.title, lead: words.lead, confirm: words.confirm, done: () => words.done };
  return new DecisionOperation(host, current, { path: '/cancel', isGrave: true, ...chosen });
}

/** Why, for whoever reads it later. */
export function reasonField(host: Host): Field {
  const field = new Field({ name: 'reason', label: texts.reason, kind: 'notes', most: MOST_REMARK }, '', () =>
    host.update(),
  );
  field.hint = texts.reasonHint;
  return field;
}

/** A remark as a body has it; one that is empty is not sent. */
export function remark(name: string, field: Field): Readonly<Record<string, string>> {
  const text = field.value.trim();
  return text === '' ? {} : { [name]: text };
}
