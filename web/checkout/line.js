// The company's line, as the server knows it, with this order drawn into it.

import { formatDay } from './dates.js';
import { element, fill } from './dom.js';
import { format, fromWire } from './money.js';
import { notice } from './notice.js';
import { TEXTS } from './texts.js';
import { UsageBar } from './usageBar.js';

const { line: texts } = TEXTS;

export class LineCard {
  element;
  #status = element('p', { class: 'status' });
  #available = element('p', { class: 'available figure' });
  #limit = element('p', { class: 'of-limit' });
  #bar = new UsageBar();
  #legend = element('ul', { class: 'legend' });
  #figures = element('dl', { class: 'line-figures' });
  #trouble = element('div', {});

  constructor() {
    this.element = element(
      'section',
      { class: 'card line', 'aria-labelledby': 'line-title' },
      element(
        'div',
        { class: 'line-head' },
        element('h2', { id: 'line-title' }, texts.title),
        this.#status,
      ),
      element('p', { class: 'caption' }, texts.available),
      element('div', { class: 'line-available' }, this.#available, this.#limit),
      this.#bar.element,
      this.#legend,
      this.#figures,
      this.#trouble,
    );
  }

  /**
   * @param {import('./api.js').Line} line
   * @param {{order: bigint, spendable?: number, isRefused: boolean}} more this order, and what the engine says of it
   */
  show(line, { order, spendable, isRefused }) {
    const { currency } = line;
    const minor = (/** @type {number} */ amount) => fromWire(amount, currency);
    const money = (/** @type {number} */ amount) => format(minor(amount), currency);
    this.#status.className = `status status-${line.status}`;
    fill(this.#status, texts.status[line.status]);
    fill(this.#available, money(line.credit_available));
    fill(this.#limit, texts.ofLimit(money(line.credit_limit)));
    this.#bar.show(
      { limit: minor(line.credit_limit), used: minor(line.credit_used), held: minor(line.credit_held), order },
      {
        label: texts.bar({
          limit: money(line.credit_limit),
          used: money(line.credit_used),
          held: money(line.credit_held),
          order: format(order, currency),
        }),
        isRefused,
      },
    );
    this.#showLegend({
      used: minor(line.credit_used),
      held: minor(line.credit_held),
      order,
      free: minor(line.credit_available),
      isRefused,
    });
    fill(this.#figures, ...figures(line, spendable, money));
  }

  /** @param {import('./notice.js').Notice} [trouble] */
  showTrouble(trouble) {
    this.#trouble.replaceChildren(...(trouble === undefined ? [] : [notice(trouble)]));
  }

  /** @param {{used: bigint, held: bigint, order: bigint, free: bigint, isRefused: boolean}} figures */
  #showLegend({ used, held, order, free, isRefused }) {
    const entry = (/** @type {string} */ name, /** @type {string} */ text) =>
      element('li', { class: `legend-entry legend-${name}` }, text);
    this.#legend.classList.toggle('is-refused', isRefused);
    this.#legend.classList.toggle('is-beyond', order > free);
    fill(
      this.#legend,
      used > 0n ? entry('used', texts.used) : undefined,
      held > 0n ? entry('held', texts.held) : undefined,
      order > 0n ? entry('order', texts.order) : undefined,
      order > free ? entry('beyond', texts.beyond) : undefined,
      free > order ? entry('free', texts.free) : undefined,
    );
  }
}

/**
 * @param {import('./api.js').Line} line
 * @param {number | undefined} spendable
 * @param {(amount: number) => string} money
 */
function figures(line, spendable, money) {
  const isOverdue = line.overdue_amount > 0;
  const due = line.next_due_date === null ? texts.nothingDue : formatDay(line.next_due_date);
  return [
    figure(texts.used, money(line.credit_used)),
    figure(texts.held, money(line.credit_held)),
    figure(texts.overdue, money(line.overdue_amount), isOverdue ? 'is-overdue' : ''),
    figure(texts.nextDue, due, isOverdue ? 'is-overdue' : ''),
    figure(texts.term, texts.days(line.payment_term_days)),
    line.unapplied > 0 ? figure(texts.unapplied, money(line.unapplied)) : undefined,
    // Tolerance and prepayments: more may be bought than is left of the limit.
    spendable !== undefined && spendable > line.credit_available
      ? figure(texts.spendable, money(spendable))
      : undefined,
  ];
}

/**
 * @param {string} name
 * @param {string} value
 * @param {string} [className]
 */
function figure(name, value, className) {
  return element(
    'div',
    { class: className || undefined },
    element('dt', {}, name),
    element('dd', { class: 'figure' }, value),
  );
}
