// The line in one look: what is left of it, and what takes the rest.

import { html, nothing, type TemplateResult } from 'lit-html';

import type { Account } from '../api/account.ts';
import type { Host } from '../app/host.ts';
import { formatDay } from '../dates.ts';
import { formatPercent } from '../percent.ts';
import { TEXTS } from '../texts.ts';
import { bigLine } from '../ui/bigLine.ts';
import { card } from '../ui/card.ts';
import { figureList, type NamedFigure } from '../ui/figures.ts';
import { exposureBar } from './exposureBar.ts';

const texts = TEXTS.line;

export function exposureCard(host: Host, account: Account): TemplateResult {
  return card({
    id: 'exposure',
    title: texts.title,
    content: html`
      ${bigLine(texts.available, host.money(account.available), texts.ofLimit(host.money(account.limit)))}
      ${exposureBar(host, account)}
      ${legend(account)}
      ${figureList(figuresOf(host, account), 'figures figures-ruled')}
    `,
  });
}

function legend({ used, overdue, held, available }: Account): TemplateResult {
  const entry = (name: string, words: string, isThere: boolean) =>
    isThere ? html`<li class="legend-entry legend-${name}">${words}</li>` : nothing;
  return html`
    <ul class="legend">
      ${entry('overdue', texts.overdue, overdue > 0n)}
      ${entry('used', texts.current, used > overdue)}
      ${entry('held', texts.held, held > 0n)}
      ${entry('free', texts.free, available > 0n)}
    </ul>
  `;
}

function figuresOf(host: Host, account: Account): readonly (NamedFigure | undefined)[] {
  const { used, held, overdue, nextDue, termDays, tolerance, unapplied } = account;
  const isOverdue = overdue > 0n;
  return [
    { name: texts.used, value: host.money(used) },
    { name: texts.held, value: host.money(held) },
    { name: texts.overdue, value: host.money(overdue), isBad: isOverdue },
    {
      name: isOverdue ? texts.oldestDue : texts.nextDue,
      value: nextDue === undefined ? texts.nothingDue : formatDay(nextDue),
      isBad: isOverdue,
    },
    { name: texts.term, value: TEXTS.days(termDays) },
    { name: texts.tolerance, value: tolerance === '0' ? texts.noTolerance : formatPercent(tolerance) },
    unapplied > 0n ? { name: texts.unapplied, value: host.money(unapplied) } : undefined,
  ];
}
