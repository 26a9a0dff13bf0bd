// What would make the order pass, and the buttons that do it where this page can.

import { formatDay } from './dates.js';
import { element, fill } from './dom.js';
import { format, fromWire } from './money.js';
import { planName } from './planWords.js';
import { TEXTS } from './texts.js';

const { remedies: texts } = TEXTS;

/**
 * @typedef {object} Apply
 * @property {(amount: bigint) => void} amount makes the order no larger than this
 * @property {(chosen: import('./plans.js').Chosen) => void} plan chooses a plan
 */

export class Remedies {
  element = element('section', { class: 'remedies', 'aria-labelledby': 'remedies-title', hidden: true });
  #list = element('ul', {});
  #apply;

  /** @param {Apply} apply */
  constructor(apply) {
    this.#apply = apply;
    this.element.append(element('h3', { id: 'remedies-title' }, texts.title), this.#list);
  }

  /**
   * Shows what helps a refused order; nothing else has any.
   *
   * @param {import('./preview.js').Preview} preview
   * @param {string} currency
   */
  show(preview, currency) {
    const isRefused = preview.kind === 'assessed' && preview.assessment.verdict === 'refused';
    const remedies = isRefused ? this.#of(preview.assessment, currency) : [];
    this.element.hidden = remedies.length === 0;
    fill(this.#list, ...remedies);
  }

  /**
   * @param {import('./preview.js').Assessment} assessment
   * @param {string} currency
   */
  #of({ would_pass: found, plan: chosen, plans }, currency) {
    const minor = (/** @type {number} */ amount) => fromWire(amount, currency);
    const money = (/** @type {number} */ amount) => format(minor(amount), currency);
    const cheapest = plans.find(({ plan_id }) => plan_id === found.cheapest_plan_id);
    const { largest_amount: largest, smallest_prepayment: prepayment, earliest_date: date } = found;
    const remedies = [];
    if (cheapest !== undefined && cheapest.plan_id !== chosen?.plan_id) {
      const name = planName(cheapest);
      const act = () => this.#apply.plan({ id: cheapest.plan_id, name });
      remedies.push(remedy(texts.plan(name, money(cheapest.total)), { label: texts.applyPlan, value: cheapest.plan_id, act }));
    }
    if (largest !== undefined) {
      const act = () => this.#apply.amount(minor(largest));
      remedies.push(remedy(texts.amount(money(largest)), { label: texts.applyAmount, value: String(largest), act }));
    }
    if (prepayment !== undefined) remedies.push(remedy(texts.prepayment(money(prepayment))));
    if (date !== undefined) remedies.push(remedy(texts.date(formatDay(date))));
    return remedies;
  }
}

/**
 * The value tells remedies apart whose words are the same.
 *
 * @param {string} text
 * @param {{label: string, value: string, act: () => void}} [action]
 */
function remedy(text, action) {
  return element(
    'li',
    {},
    element('p', {}, text),
    action === undefined
      ? undefined
      : element(
          'button',
          { type: 'button', class: 'button-quiet', value: action.value, onclick: action.act },
          action.label,
          element('span', { class: 'visually-hidden' }, `: ${text}`),
        ),
  );
}
