// A month as calendars draw it, its due days marked. The list beside it says the same, so screen readers are spared it.

import { html, type TemplateResult } from 'lit-html';

import type { DueDay } from '../api/calendar.ts';
import { daysOf, daysSinceMonday, type Day, type Month } from '../dates.ts';
import { TEXTS } from '../texts.ts';

export function monthGrid(month: Month, dueDays: readonly DueDay[], today: Day): TemplateResult {
  const days = daysOf(month);
  const [first] = days;
  const blanks = first === undefined ? 0 : daysSinceMonday(first);
  return html`
    <div class="month-grid" aria-hidden="true">
      ${TEXTS.calendar.weekdays.map((name) => html`<span class="weekday">${name}</span>`)}
      ${Array.from({ length: blanks }, () => html`<span></span>`)}
      ${days.map((day) => html`<span class=${kindOf(day, dueDays, today)}>${Number(day.slice(-2))}</span>`)}
    </div>
  `;
}

function kindOf(day: Day, dueDays: readonly DueDay[], today: Day): string {
  const due = dueDays.find(({ date }) => date === day);
  const kind = due === undefined ? 'day' : due.isOverdue ? 'day is-overdue' : 'day is-due';
  return day === today ? `${kind} is-today` : kind;
}
