// What is asked for, in large: the decision is about this.

import { html, nothing, type TemplateResult } from 'lit-html';

import type { Account } from '../api/account.ts';
import type { Host } from '../app/host.ts';
import { TEXTS } from '../texts.ts';
import { bigLine } from '../ui/bigLine.ts';
import { card } from '../ui/card.ts';

const texts = TEXTS.request;

export function pendingCard(host: Host, account: Account): TemplateResult {
  const isOwn = account.requestedBy === host.session.subject;
  const mayDecide = host.may('credit:approve');
  return card({
    id: 'pending',
    title: texts.title,
    content: html`
      ${bigLine(texts.asks, host.money(account.requestedLimit), texts.atTerm(TEXTS.days(account.termDays)))}
      ${isOwn && mayDecide ? html`<p class="hint">${texts.own}</p>` : nothing}
      ${mayDecide ? nothing : html`<p class="hint">${texts.readOnly}</p>`}
    `,
  });
}
