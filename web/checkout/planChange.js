// A plan that is no longer what its buyer saw: both side by side, and the buyer decides. Nothing has been charged.

import { comparison } from './comparison.js';
import { element } from './dom.js';
import { icon } from './icons.js';
import { format, fromWire } from './money.js';
import { partInWords, planName } from './planWords.js';
import { TEXTS } from './texts.js';

const { planChange: texts } = TEXTS;

/** @typedef {import('/pkg/index.js').Plan} Plan */

export class PlanChange {
  element;
  heading = element('h1', { class: 'receipt-title is-open', tabindex: -1 }, icon('alert'), texts.title);
  #accept;
  #back;

  /**
   * @param {{seen: Plan, current: Plan}} plans
   * @param {string} currency
   * @param {{accept: () => void, back: () => void}} decide
   */
  constructor({ seen, current }, currency, { accept, back }) {
    this.#accept = element('button', { type: 'button', class: 'button button-primary', onclick: accept }, texts.accept);
    this.#back = element('button', { type: 'button', class: 'button', onclick: back }, texts.back);
    this.element = element(
      'section',
      { class: 'card receipt' },
      this.heading,
      element('p', { class: 'lead' }, texts.lead(planName(current))),
      comparison(rows(seen, current, currency), { before: texts.seen, after: texts.current }),
      element('div', { class: 'decision' }, this.#accept, this.#back),
    );
  }

  /** @param {boolean} isSending */
  freeze(isSending) {
    this.#accept.disabled = isSending;
    this.#back.disabled = isSending;
    this.#accept.textContent = isSending ? texts.confirming : texts.accept;
  }
}

/**
 * @param {Plan} seen
 * @param {Plan} current
 * @param {string} currency
 * @returns {import('./comparison.js').Row[]}
 */
function rows(seen, current, currency) {
  const money = (/** @type {number | string} */ amount) => format(fromWire(amount, currency), currency);
  const row = (/** @type {string} */ name, /** @type {(plan: Plan) => string[]} */ words) => ({
    name,
    before: words(seen),
    after: words(current),
  });
  const count = Math.max(seen.parts.length, current.parts.length);
  return [
    row(texts.total, (plan) => [money(plan.total)]),
    row(texts.interest, (plan) => [money(plan.interest)]),
    ...Array.from({ length: count }, (_, index) =>
      row(count === 1 ? TEXTS.receipt.firstDue : TEXTS.receipt.installment(index + 1, count), (plan) =>
        partInWords(plan.parts[index], count, money),
      ),
    ),
  ];
}
