// How the order is paid: one of the plans that the shop offers for it, and when each part of it falls due.

import { formatDay } from './dates.js';
import { element, fill } from './dom.js';
import { format, fromWire } from './money.js';
import { partsInWords, planName } from './planWords.js';
import { TEXTS } from './texts.js';

const { plans: texts } = TEXTS;

/** @typedef {import('/pkg/index.js').Plan} Plan */

/**
 * What is chosen: a plan's id, and its name for when it is no longer offered.
 *
 * @typedef {{id: string, name: string}} Chosen
 */

export class PlanChoice {
  element;
  /** @type {Map<string, Choice>} */
  #choices = new Map();
  /** @type {Chosen | undefined} */
  #chosen;
  #onChange;
  #lead = element('p', { class: 'lead' });
  #list = element('div', { class: 'plan-list' });
  #fields;
  #schedule = element('div', { class: 'schedule' });

  /** @param {() => void} onChange */
  constructor(onChange) {
    this.#onChange = onChange;
    this.#fields = element(
      'fieldset',
      { class: 'plan-choices' },
      element('legend', { class: 'visually-hidden' }, texts.legend),
      this.#list,
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

  /** What is chosen; nothing before a first plan was offered. @returns {Chosen | undefined} */
  get chosen() {
    return this.#chosen;
  }

  set chosen(chosen) {
    this.#chosen = chosen;
    for (const [id, choice] of this.#choices) choice.isChosen = id === chosen?.id;
  }

  /** @param {boolean} isFrozen */
  freeze(isFrozen) {
    this.#fields.disabled = isFrozen;
  }

  /**
   * @param {import('./preview.js').Preview} preview
   * @param {import('/pkg/index.js').Snapshot} snapshot
   */
  show(preview, snapshot) {
    const { currency } = snapshot;
    fill(this.#lead, lead(snapshot));
    if (preview.kind === 'assessed') this.#showOffered(preview.assessment, currency);
    const plan = preview.kind === 'assessed' ? preview.assessment.plan : undefined;
    fill(this.#schedule, plan === undefined ? element('p', { class: 'detail' }, texts.none) : schedule(plan, currency));
  }

  /**
   * @param {import('./preview.js').Assessment} assessment
   * @param {string} currency
   */
  #showOffered({ plan, plans }, currency) {
    this.#chosen ??= plan && { id: plan.plan_id, name: planName(plan) };
    const chosen = this.#chosen;
    const offered = plans.map((each) => ({ id: each.plan_id, name: planName(each) }));
    // What was chosen and is no longer offered stays to be seen as such.
    const isListed = chosen === undefined || offered.some(({ id }) => id === chosen.id);
    this.#setListed(isListed ? offered : [...offered, /** @type {Chosen} */ (chosen)]);
    const hasInterest = plans.some((each) => each.interest > 0);
    // Where none passes, it is for no plan's sake.
    const canPass = plans.some((each) => each.accepted);
    for (const each of plans) {
      this.#choices.get(each.plan_id)?.show(each, { hasInterest, isBeyond: canPass && !each.accepted }, currency);
    }
    if (!isListed) this.#choices.get(/** @type {Chosen} */ (chosen).id)?.showUnavailable();
  }

  /**
   * Lists these and no others. One that is there already stays the same element, so that it keeps the focus.
   *
   * @param {Chosen[]} listed
   */
  #setListed(listed) {
    const ids = listed.map(({ id }) => id);
    if (ids.join('\n') === [...this.#choices.keys()].join('\n')) return;
    const focused = document.activeElement;
    this.#choices = new Map(listed.map((each) => [each.id, this.#choices.get(each.id) ?? this.#make(each)]));
    this.#list.replaceChildren(...Array.from(this.#choices.values(), (choice) => choice.element));
    if (focused instanceof HTMLInputElement && this.#list.contains(focused)) focused.focus();
    this.chosen = this.#chosen;
  }

  /** @param {Chosen} each */
  #make(each) {
    return new Choice(each, () => {
      this.#chosen = each;
      this.#onChange();
    });
  }
}

class Choice {
  element;
  #input;
  #detail = element('span', { class: 'plan-detail figure' });

  /**
   * @param {Chosen} chosen
   * @param {() => void} onChange
   */
  constructor({ id, name }, onChange) {
    this.#input = element('input', { type: 'radio', name: 'plan', value: id, onchange: onChange });
    this.element = element(
      'label',
      { class: 'plan-choice' },
      this.#input,
      element('span', { class: 'plan-count' }, name),
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
   * @param {Plan} plan
   * @param {{hasInterest: boolean, isBeyond: boolean}} others whether any plan has interest, and whether others pass
   *   but this one does not
   * @param {string} currency
   */
  show(plan, { hasInterest, isBeyond }, currency) {
    const money = (/** @type {number} */ amount) => format(fromWire(amount, currency), currency);
    const lines = [
      partsInWords(plan, currency),
      ...(plan.interest > 0 ? [texts.totalOf(money(plan.total)), texts.interestOf(money(plan.interest))] : []),
      plan.interest === 0 && hasInterest ? texts.withoutInterest : undefined,
      isBeyond ? texts.beyond : undefined,
    ];
    this.#show(lines.filter((line) => line !== undefined));
    this.element.classList.toggle('is-beyond', isBeyond);
  }

  showUnavailable() {
    this.#show([texts.unavailable]);
    this.element.classList.add('is-beyond');
  }

  /** @param {string[]} lines */
  #show(lines) {
    fill(this.#detail, ...lines.map((line) => element('span', { class: 'plan-line' }, line)));
  }
}

/** @param {import('/pkg/index.js').Snapshot} snapshot */
function lead({ rules, due_dates: dueDates, payment_term_days: term }) {
  if (rules !== undefined && rules.length > 0) return texts.leadOfRules;
  const { rhythm = 'every_term', day = 0 } = dueDates ?? {};
  return texts.lead[rhythm](rhythm === 'every_term' ? TEXTS.line.days(term) : String(day));
}

/**
 * The schedule as a table; its total is added up here from its rows, so that it shows what the rows say.
 *
 * @param {Plan} plan
 * @param {string} currency
 */
export function schedule({ parts, interest }, currency) {
  const money = (/** @type {bigint} */ amount) => format(amount, currency);
  const total = parts.reduce((sum, part) => sum + fromWire(part.amount, currency), 0n);
  const row = (/** @type {typeof parts[number]} */ part) =>
    element(
      'tr',
      {},
      element('td', {}, texts.nthOf(part.number, parts.length)),
      element('td', {}, formatDay(part.due_date)),
      element('td', { class: 'figure' }, money(fromWire(part.amount, currency))),
    );
  const sum = (/** @type {string} */ name, /** @type {bigint} */ amount, /** @type {string} */ className) =>
    element(
      'tr',
      { class: className },
      element('th', { scope: 'row', colspan: 2 }, name),
      element('td', { class: 'figure' }, money(amount)),
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
      sum(texts.total, total, 'schedule-total'),
      interest > 0 ? sum(texts.ofWhichInterest, fromWire(interest, currency), 'schedule-interest') : undefined,
    ),
  );
}
