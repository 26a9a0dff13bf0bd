// How old the debt is, drawn and in figures.

import { html, type TemplateResult } from 'lit-html';

import type { Aging, LateCharges } from '../api/aging.ts';
import type { Host } from '../app/host.ts';
import type { Company } from '../company/company.ts';
import { formatDay } from '../dates.ts';
import { TEXTS } from '../texts.ts';
import { card, loaded } from '../ui/card.ts';
import type { Content } from '../ui/content.ts';
import { detail } from '../ui/detail.ts';
import { agingChart, agingTable, type AgeGroup } from './agingChart.ts';

const texts = TEXTS.aging;

export function agingCard(host: Host, { aging }: Company): TemplateResult {
  const asOf = aging.value === undefined ? undefined : texts.asOf(formatDay(aging.value.asOf));
  return card({
    id: 'aging',
    title: texts.title,
    aside: asOf,
    content: loaded(aging, texts.loadFailed, (value) => content(host, value)),
  });
}

function content(host: Host, aging: Aging): Content {
  if (aging.total === 0n) return html`<p class="empty">${texts.nothing}</p>`;
  const { daysOverdue, lateCharges } = aging;
  const groups = groupsOf(aging);
  return html`
    <div class="aging-body">
      ${agingChart(host, groups, aging.total)}
      ${agingTable(host, groups, aging.total)}
    </div>
    ${detail(daysOverdue === undefined ? undefined : texts.oldest(TEXTS.days(daysOverdue)))}
    ${detail(lateCharges === undefined ? undefined : lateSentence(host, lateCharges))}
  `;
}

function groupsOf({ notDue, buckets }: Aging): readonly AgeGroup[] {
  const overdue = buckets.map(({ fromDays, toDays, amount }) => ({
    name: toDays === undefined ? texts.andMore(fromDays) : texts.range(fromDays, toDays),
    short: toDays === undefined ? texts.shortMore(fromDays) : texts.shortRange(fromDays, toDays),
    amount,
  }));
  return [{ name: texts.notDue, short: texts.notDue, amount: notDue }, ...overdue];
}

function lateSentence(host: Host, { interest, fine, totalDue }: LateCharges): string {
  return texts.late({ interest: host.money(interest), fine: host.money(fine), total: host.money(totalDue) });
}
