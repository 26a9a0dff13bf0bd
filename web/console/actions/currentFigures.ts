// How a line stands before something is done to it.

import { html, type TemplateResult } from 'lit-html';

import type { Account } from '../api/account.ts';
import type { Host } from '../app/host.ts';
import { TEXTS } from '../texts.ts';
import { figureList } from '../ui/figures.ts';

const texts = TEXTS.line;

export function currentFigures(host: Host, account: Account): TemplateResult {
  const { limit, used, held, available, overdue } = account;
  const figures = [
    { name: texts.limit, value: host.money(limit) },
    { name: texts.available, value: host.money(available) },
    { name: texts.used, value: host.money(used) },
    { name: texts.held, value: host.money(held) },
    { name: texts.overdue, value: host.money(overdue), isBad: overdue > 0n },
  ];
  return html`<section class="today"><h3>${TEXTS.actions.today}</h3>${figureList(figures)}</section>`;
}
