// What falls due when.

import { html, nothing, type TemplateResult } from 'lit';

import type { Plan } from '../types.js';
import type { View } from './view.js';

export function scheduleView({ parts, total, interest }: Plan, { texts: { schedule: texts }, format }: View): TemplateResult {
  const row = ({ number, due_date, amount }: Plan['parts'][number]) => html`
    <tr>
      <td>${texts.nthOf(number, parts.length)}</td>
      <td>${format.day(due_date)}</td>
      <td class="figure">${format.money(amount)}</td>
    </tr>
  `;
  const sum = (kind: string, name: string, amount: number) => html`
    <tr class=${kind}>
      <th scope="row" colspan="2">${name}</th>
      <td class="figure">${format.money(amount)}</td>
    </tr>
  `;
  return html`
    <table class="schedule" part="schedule">
      <caption>${texts.title}</caption>
      <thead>
        <tr>${[texts.number, texts.due, texts.amount].map((name) => html`<th scope="col">${name}</th>`)}</tr>
      </thead>
      <tbody>${parts.map(row)}</tbody>
      <tfoot>
        ${sum('schedule-total', texts.total, total)}
        ${interest > 0 ? sum('schedule-interest', texts.ofWhichInterest, interest) : nothing}
      </tfoot>
    </table>
  `;
}
