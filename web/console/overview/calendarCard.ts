// What falls due when: month by month, drawn as a calendar and told as a list.

import { html, nothing, type TemplateResult } from 'lit-html';

import type { Calendar, DueDay } from '../api/calendar.ts';
import type { Host } from '../app/host.ts';
import type { Company } from '../company/company.ts';
import { formatDay, formatMonth, formatWeekday, monthOf, type Month } from '../dates.ts';
import { sum } from '../money.ts';
import { TEXTS } from '../texts.ts';
import { card, loaded } from '../ui/card.ts';
import type { Content } from '../ui/content.ts';
import { monthGrid } from './monthGrid.ts';

const texts = TEXTS.calendar;

/** So many months are there at first. */
const FIRST_MONTHS = 4;

export class CalendarCard {
  readonly #host: Host;
  readonly #company: Company;
  #showsAll = false;

  constructor(host: Host, company: Company) {
    this.#host = host;
    this.#company = company;
  }

  template(): TemplateResult {
    const { calendar } = this.#company;
    const { value } = calendar;
    const until =
      value === undefined || value.days.length === 0
        ? undefined
        : texts.until(formatDay(value.to), this.#host.money(value.total));
    return card({
      id: 'calendar',
      title: texts.title,
      aside: until,
      content: loaded(calendar, texts.loadFailed, (known) => this.#months(known)),
    });
  }

  #months(calendar: Calendar): Content {
    const months = byMonth(calendar.days);
    if (months.length === 0) return html`<p class="empty">${texts.nothing}</p>`;
    const shown = this.#showsAll ? months : months.slice(0, FIRST_MONTHS);
    return html`
      <div class="months">${shown.map(([month, days]) => this.#month(month, days, calendar))}</div>
      ${shown.length < months.length ? this.#moreButton(months.length - shown.length) : nothing}
      ${calendar.isTruncated ? html`<p class="detail">${texts.truncated}</p>` : nothing}
    `;
  }

  #month(month: Month, days: readonly DueDay[], { asOf }: Calendar): TemplateResult {
    const total = sum(days.map(({ amount }) => amount));
    return html`
      <section class="month" aria-label=${formatMonth(month)}>
        <h3>${formatMonth(month)} <span class="figure">${this.#host.money(total)}</span></h3>
        ${monthGrid(month, days, asOf)}
        <ul class="due-days">${days.map((day) => this.#dueDay(day, day.date === asOf))}</ul>
      </section>
    `;
  }

  #dueDay({ date, amount, isOverdue }: DueDay, isToday: boolean): TemplateResult {
    const tag = isOverdue
      ? html` <span class="late">${texts.overdue}</span>`
      : isToday
        ? html` <span class="today-tag">${texts.today}</span>`
        : nothing;
    const owed = this.#host.money(amount);
    return html`<li><span>${formatWeekday(date)}${tag}</span><span class="figure">${owed}</span></li>`;
  }

  #moreButton(months: number): TemplateResult {
    const show = () => {
      this.#showsAll = true;
      this.#host.update();
    };
    return html`<button type="button" class="button" @click=${show}>${texts.more(months)}</button>`;
  }
}

/** The months in which something falls due, each with its days. */
function byMonth(days: readonly DueDay[]): readonly (readonly [Month, readonly DueDay[]])[] {
  const months = new Map<Month, DueDay[]>();
  for (const day of days) {
    const month = monthOf(day.date);
    months.set(month, [...(months.get(month) ?? []), day]);
  }
  return [...months];
}
