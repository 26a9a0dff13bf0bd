// In how many installments the order is paid, and when each falls due.

import { formatDay } from './dates.js';
import { element, fill } from './dom.js';
import { format, fromWire } from './money.js';
import { TEXTS } from './texts.js';

const { plans: texts } = TEXTS;

/** The counts that are offered; the engine says what each would be. */
const COUNTS = [1, 2, 3, 4, 6, 12];

export class PlanChoice {
  element;
  #fields;
  #choices;
  #lead = element('p', { class: 'lead' });
  #schedule = element('div', { class: 'schedule' });

  /** @param {() => void} onChange */
  constructor(onChange) {
    this.#choices = COUNTS.map((count) => new Choice(count, onChange));
    this.count = 1;
    this.#fields = element(
      'fieldset',
      { class: 'plan-choices' },
      element('legend', { class: 'visually-hidden' }, texts.legend),
      ...this.#choices.map((choice) => choice.element),
    );
    this.element = element(
      'section',
      { class: 'card plans', 'aria-labelledby': 'plans-title' },
      element('h2', { id: 'plans-title' }, texts.title),
      this.#lead,
      this.#fields,
      this.#schedule,
    );
  }

  /** How many installments are chosen. */
  get count() {
    return this.#choices.find((choice) => choice.isChosen)?.count ?? 1;
  }

  set count(count) {
    for (const choice of this.#choices) choice.isChosen = choice.count === count;
  }

  /** @param {boolean} isFrozen */
  freeze(isFrozen) {
    this.#fields.disabled = isFrozen;
  }

  /**
   * @param {import('./preview.js').Preview} preview
   * @param {{currency: string, term: number}} line
   */
  show(preview, { currency, term }) {
    const plans = preview.kind === 'assessed' ? preview.plans : [];
    const parts = preview.kind === 'assessed' ? preview.assessment.installments : undefined;
    fill(this.#lead, texts.lead(TEXTS.line.days(term)));
    for (const choice of this.#choices) {
      choice.show(plans.find((plan) => plan.installments === choice.count), plans.length > 0, currency);
    }
    fill(this.#schedule, parts === undefined ? element('p', { class: 'detail' }, texts.none) : schedule(parts, currency));
  }
}

class Choice {
  element;
  count;
  #input;
  #detail = element('span', { class: 'plan-detail figure' });

  /**
   * @param {number} count
   * @param {() => void} onChange
   */
  constructor(count, onChange) {
    this.count = count;
    this.#input = element('input', { type: 'radio', name: 'installments', value: count, onchange: onChange });
    this.element = element(
      'label',
      { class: 'plan-choice' },
      this.#input,
      element('span', { class: 'plan-count' }, count === 1 ? texts.once : texts.count(count)),
      this.#detail,
    );
  }

  get isChosen() {
    return this.#input.checked;
  }

  set isChosen(isChosen) {
    this.#input.checked = isChosen;
  }

  /**
   * @param {import('./preview.js').Plan | undefined} plan
   * @param {boolean} isPriced whether the order has an amount at all
   * @param {string} currency
   */
  show(plan, isPriced, currency) {
    const missing = isPriced ? texts.unavailable : '—';
    const detail = plan === undefined ? missing : texts.of(format(fromWire(plan.parts[0].amount, currency), currency));
    fill(this.#detail, detail);
  }
}

/**
 * The schedule as a table; its total is added up here from its rows, so that it shows what the rows say.
 *
 * @param {{number: number, due_date: string, amount: number | string}[]} parts
 * @param {string} currency
 */
export function schedule(parts, currency) {
  const total = parts.reduce((sum, part) => sum + fromWire(part.amount, currency), 0n);
  const row = (/** @type {typeof parts[number]} */ part) =>
    element(
      'tr',
      {},
      element('td', {}, texts.nthOf(part.number, parts.length)),
      element('td', {}, formatDay(part.due_date)),
      element('td', { class: 'figure' }, format(fromWire(part.amount, currency), currency)),
    );
  return element(
    'table',
    { class: 'schedule-table' },
    element('caption', {}, texts.schedule),
    element(
      'thead',
      {},
      element(
        'tr',
        {},
        ...[texts.number, texts.due, texts.amount].map((name) => element('th', { scope: 'col' }, name)),
      ),
    ),
    element('tbody', {}, ...parts.map(row)),
    element(
      'tfoot',
      {},
      element(
        'tr',
        {},
        element('th', { scope: 'row', colspan: 2 }, texts.total),
        element('td', { class: 'figure' }, format(total, currency)),
      ),
    ),
  );
}
