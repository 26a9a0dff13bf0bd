// The company's line, with the purchase drawn into it.

import { html, nothing, svg, type TemplateResult } from 'lit';

import type { Availability } from '../types.js';
import type { View } from './view.js';

/** The purchase, as far as the line shows it; in units of currency. */
export interface Order {
  /** What would be charged; 0 where there is none. */
  readonly amount: number;
  readonly isRefused: boolean;
}

export function lineView(line: Availability, order: Order, view: View): TemplateResult {
  const { texts, format } = view;
  return html`
    <section class="line" part="line" aria-labelledby="line-title">
      ${lineHead(html`<p class="status status-${line.status}" part="status">${texts.line.status[line.status]}</p>`, view)}
      <p class="caption">${texts.line.available}</p>
      <p class="line-available">
        <span class="available figure" part="available">${format.money(line.credit_available)}</span>
        <span class="of-limit">${texts.line.ofLimit(format.money(line.credit_limit))}</span>
      </p>
      ${bar(line, order, view)} ${legend(line, order, view)}
      <dl class="figures" part="figures">${figures(line, view)}</dl>
    </section>
  `;
}

/** As tall as the line will be, and nothing in it. */
export function lineSkeleton({ texts: { line: texts } }: Pick<View, 'texts'>): TemplateResult {
  const figure = (name: string) => html`<div><dt>${name}</dt><dd><span class="blank">&nbsp;</span></dd></div>`;
  return html`
    <section class="line" part="line" aria-labelledby="line-title" aria-busy="true">
      ${lineHead(html`<p class="status"><span class="blank">&nbsp;</span></p>`, { texts: { line: texts } })}
      <p class="caption">${texts.available}</p>
      <p class="line-available">
        <span class="available"><span class="blank">&nbsp;</span></span>
        <span class="visually-hidden">${texts.loading}</span>
      </p>
      <svg class="bar" aria-hidden="true"></svg>
      <ul class="legend"><li>&nbsp;</li></ul>
      <dl class="figures">${[texts.used, texts.held, texts.overdue, texts.nextDue, texts.term].map(figure)}</dl>
    </section>
  `;
}

function lineHead(status: TemplateResult, { texts }: { texts: Pick<View['texts'], 'line'> }): TemplateResult {
  return html`
    <div class="line-head">
      <h2 id="line-title" part="title"><slot name="title">${texts.line.title}</slot></h2>
      ${status}
    </div>
  `;
}

/** The bar is as wide as the limit, or as what would be owed where that is more. Its floats are lengths, not money. */
function bar(line: Availability, { amount, isRefused }: Order, { texts, format }: View): TemplateResult {
  const { credit_limit: limit, credit_used: used, credit_held: held } = line;
  const within = Math.min(amount, Math.max(0, limit - used - held));
  const whole = Math.max(limit, used + held + amount);
  const percent = (length: number) => `${whole === 0 ? 0 : (100 * length) / whole}%`;
  const segment = (name: string, start: number, length: number) =>
    svg`<rect class="segment segment-${name}" x=${percent(start)} width=${percent(length)} y="0" height="100%" />`;
  const label = texts.line.bar({
    limit: format.money(limit),
    used: format.money(used),
    held: format.money(held),
    order: format.money(amount),
  });
  const isPassed = whole > limit;
  return html`
    <svg class="bar ${isRefused ? 'is-refused' : ''} ${isPassed ? 'is-passed' : ''}" part="bar" role="img" aria-label=${label}>
      ${segment('used', 0, used)} ${segment('held', used, held)} ${segment('order', used + held, within)}
      ${segment('beyond', used + held + within, amount - within)}
      ${isPassed ? svg`<rect class="limit-mark" x=${percent(limit)} width="2" y="0" height="100%" />` : nothing}
    </svg>
  `;
}

function legend(line: Availability, { amount, isRefused }: Order, { texts: { line: texts } }: View): TemplateResult {
  const { credit_used: used, credit_held: held, credit_available: free } = line;
  const entry = (name: string, isShown: boolean, text: string) =>
    isShown ? html`<li class="legend-entry legend-${name}">${text}</li>` : nothing;
  const isBeyond = amount > free;
  return html`
    <ul class="legend ${isRefused ? 'is-refused' : ''} ${isBeyond ? 'is-beyond' : ''}">
      ${entry('used', used > 0, texts.used)} ${entry('held', held > 0, texts.held)}
      ${entry('order', amount > 0, texts.order)} ${entry('beyond', isBeyond, texts.beyond)}
      ${entry('free', free > amount, texts.free)}
    </ul>
  `;
}

function figures(line: Availability, { texts: { line: texts }, format }: View) {
  const isOverdue = line.overdue_amount > 0;
  const figure = (name: string, value: string, isLate = false) => html`
    <div class=${isLate ? 'is-late' : ''}>
      <dt>${name}</dt>
      <dd class="figure">${value}</dd>
    </div>
  `;
  return [
    figure(texts.used, format.money(line.credit_used)),
    figure(texts.held, format.money(line.credit_held)),
    figure(texts.overdue, format.money(line.overdue_amount), isOverdue),
    figure(texts.nextDue, line.next_due_date === undefined ? texts.nothingDue : format.day(line.next_due_date), isOverdue),
    figure(texts.term, texts.days(line.payment_term_days)),
    line.unapplied > 0 ? figure(texts.unapplied, format.money(line.unapplied)) : nothing,
    // Tolerance and what was paid ahead: more may be bought than is left of the limit.
    line.spendable > line.credit_available ? figure(texts.spendable, format.money(line.spendable)) : nothing,
  ];
}
