// Who the company is, and how its line came about.

import { html, type TemplateResult } from 'lit-html';

import type { Account, Ending } from '../api/account.ts';
import type { Host } from '../app/host.ts';
import { formatMoment, type Moment } from '../dates.ts';
import { TEXTS } from '../texts.ts';
import { card } from '../ui/card.ts';
import { figureList, type NamedFigure } from '../ui/figures.ts';

const texts = TEXTS.details;

export function businessCard({ business, customer }: Account): TemplateResult {
  const known: readonly (NamedFigure | undefined)[] =
    business === undefined
      ? []
      : [
          { name: texts.name, value: business.name },
          { name: texts.taxId, value: business.taxId },
          business.years === undefined ? undefined : { name: texts.years, value: String(business.years) },
        ];
  return card({
    id: 'business',
    title: texts.title,
    content: html`
      ${business === undefined ? html`<p class="hint">${texts.erased}</p>` : ''}
      ${figureList([...known, { name: texts.customer, value: customer }], 'details')}
    `,
  });
}

export function requestCard(host: Host, account: Account): TemplateResult {
  const {
    requestedLimit,
    requestedAt,
    requestedBy,
    approvedAt,
    approvedBy,
    suspension,
    rejection,
    cancellation,
    creditAccount,
  } = account;
  const at = (name: string, moment: Moment, detail: string | undefined): NamedFigure => ({
    name,
    value: formatMoment(moment, host.session.zone),
    detail,
  });
  const ended = (name: string, ending: Ending | undefined) =>
    ending === undefined ? undefined : at(name, ending.at, ending.reason);
  const by = (person: string | undefined) => (person === undefined ? undefined : texts.by(person));
  return card({
    id: 'request',
    title: texts.requestTitle,
    content: figureList(
      [
        { name: texts.requested, value: host.money(requestedLimit) },
        at(texts.requestedAt, requestedAt, by(requestedBy)),
        approvedAt === undefined ? undefined : at(texts.approvedAt, approvedAt, by(approvedBy)),
        ended(texts.suspendedAt, suspension),
        ended(texts.rejectedAt, rejection),
        ended(texts.cancelledAt, cancellation),
        { name: texts.account, value: html`<code>${creditAccount}</code>` },
      ],
      'details',
    ),
  });
}
