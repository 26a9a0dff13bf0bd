// What the order comes to, and at a narrow screen's foot the same in one line with the verdict on it.

import { element, fill } from './dom.js';
import { format } from './money.js';
import { TEXTS } from './texts.js';

const { summary: texts } = TEXTS;

export class Summary {
  element;
  /** Leads to the credit while that is out of sight. */
  glance;
  #rows = element('dl', { class: 'summary-rows' });
  #glanceTotal = element('span', { class: 'glance-total figure' });
  #glanceVerdict = element('span', { class: 'glance-verdict' });

  /** @param {HTMLElement} credit where the verdict is */
  constructor(credit) {
    this.element = element(
      'section',
      { class: 'card summary', 'aria-labelledby': 'summary-title' },
      element('h2', { id: 'summary-title' }, texts.title),
      this.#rows,
    );
    this.glance = element(
      'button',
      { type: 'button', class: 'glance', onclick: () => credit.scrollIntoView({ block: 'start' }) },
      element('span', { class: 'glance-words' }, this.#glanceTotal, this.#glanceVerdict),
      element('span', { class: 'glance-see' }, texts.see),
    );
    // In sight is what is not behind the glance itself.
    const sight = { rootMargin: '0px 0px -30%' };
    const watch = new IntersectionObserver(([{ isIntersecting }]) => {
      this.glance.hidden = isIntersecting;
    }, sight);
    watch.observe(credit);
  }

  /**
   * @param {object} order
   * @param {import('./cart.js').Totals | undefined} order.totals
   * @param {bigint} order.interest of the chosen plan
   * @param {string} order.currency
   * @param {{text: string, isAccepted: boolean, isRefused: boolean}} verdict
   */
  show({ totals, interest, currency }, verdict) {
    const money = (/** @type {bigint | undefined} */ amount) => (amount === undefined ? '—' : format(amount, currency));
    const total = totals && totals.total + interest;
    fill(
      this.#rows,
      row(texts.goods, money(totals?.goods)),
      row(texts.freight, money(totals?.freight)),
      interest > 0n ? row(texts.interest, money(interest)) : undefined,
      row(texts.total, money(total), 'summary-total'),
    );
    this.glance.classList.toggle('is-accepted', verdict.isAccepted);
    this.glance.classList.toggle('is-refused', verdict.isRefused);
    fill(this.#glanceTotal, money(total));
    fill(this.#glanceVerdict, verdict.text);
  }
}

/**
 * @param {string} name
 * @param {string} value
 * @param {string} [className]
 */
function row(name, value, className) {
  return element('div', { class: className }, element('dt', {}, name), element('dd', { class: 'figure' }, value));
}
