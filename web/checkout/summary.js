// The order in short, the verdict on it, and the button that buys.

import { formatDay } from './dates.js';
import { element, fill } from './dom.js';
import { format, fromWire } from './money.js';
import { partsInWords } from './planWords.js';
import { isAccepted } from './preview.js';
import { Remedies } from './remedies.js';
import { TEXTS } from './texts.js';
import { Verdict, inShort } from './verdict.js';

const { summary: texts } = TEXTS;

export class Summary {
  element;
  /** The same in one line, at the foot of a narrow screen while the summary itself is out of sight. */
  glance;
  #rows = element('dl', { class: 'summary-rows' });
  #plan = element('p', { class: 'summary-plan' });
  #verdict = new Verdict();
  #remedies;
  #trouble = element('div', { class: 'summary-trouble' });
  /** @type {string | undefined} */
  #said;
  #confirm;
  #fineprint = element('p', { class: 'fineprint' }, texts.fineprint);
  #glanceTotal = element('span', { class: 'glance-total figure' });
  #glanceVerdict = element('span', { class: 'glance-verdict' });

  /**
   * @param {() => void} onConfirm
   * @param {import('./remedies.js').Apply} apply
   */
  constructor(onConfirm, apply) {
    this.#remedies = new Remedies(apply);
    this.#confirm = element(
      'button',
      { type: 'button', class: 'button button-primary confirm', onclick: onConfirm },
      texts.confirm,
    );
    this.element = element(
      'section',
      { class: 'card summary', 'aria-labelledby': 'summary-title' },
      element('h2', { id: 'summary-title', tabindex: -1 }, texts.title),
      this.#rows,
      this.#plan,
      this.#trouble,
      this.#verdict.element,
      this.#remedies.element,
      this.#confirm,
      this.#fineprint,
    );
    this.glance = element(
      'button',
      { type: 'button', class: 'glance', onclick: () => this.element.scrollIntoView({ block: 'start' }) },
      element('span', { class: 'glance-words' }, this.#glanceTotal, this.#glanceVerdict),
      element('span', { class: 'glance-see' }, texts.see),
    );
    const watch = new IntersectionObserver(([{ isIntersecting }]) => {
      this.glance.hidden = isIntersecting;
    });
    watch.observe(this.element);
  }

  /**
   * @param {object} state
   * @param {import('./cart.js').Totals | undefined} state.totals
   * @param {import('./preview.js').Preview} state.preview
   * @param {string} state.currency
   * @param {import('./checkout.js').Phase} state.phase
   */
  show({ totals, preview, currency, phase }) {
    const money = (/** @type {bigint | undefined} */ amount) => (amount === undefined ? '—' : format(amount, currency));
    const plan = preview.kind === 'assessed' ? preview.assessment.plan : undefined;
    const interest = plan === undefined ? 0n : fromWire(plan.interest, currency);
    const total = totals && totals.total + interest;
    fill(
      this.#rows,
      row(texts.goods, money(totals?.goods)),
      row(texts.freight, money(totals?.freight)),
      interest > 0n ? row(texts.interest, money(interest)) : undefined,
      row(texts.total, money(total), 'summary-total'),
    );
    fill(this.#plan, planInShort(preview, currency));
    this.#verdict.show(preview, currency, this.#said);
    // Of a line that an unanswered request may have used already, nothing can be said.
    const isWaiting = phase === 'unanswered';
    const accepted = isAccepted(preview) && !isWaiting;
    this.#verdict.element.hidden = isWaiting;
    this.#remedies.show(isWaiting ? { kind: 'empty' } : preview, currency);
    this.#confirm.hidden = isWaiting;
    this.#confirm.disabled = !accepted || phase !== 'editing';
    fill(this.#confirm, phase === 'sending' ? texts.confirming : texts.confirm);
    this.#fineprint.hidden = !accepted;
    this.glance.classList.toggle('is-accepted', accepted);
    this.glance.classList.toggle('is-refused', preview.kind === 'assessed' && !isAccepted(preview) && !isWaiting);
    fill(this.#glanceTotal, money(total));
    fill(this.#glanceVerdict, isWaiting ? TEXTS.unanswered.short : inShort(preview));
  }

  /** Where the buyer goes on after a remedy was applied, which is no longer there. */
  focus() {
    const target = this.#confirm.disabled ? this.element.querySelector('h2') : this.#confirm;
    target?.focus();
  }

  /**
   * Shows what stands in the way of the purchase, or nothing.
   *
   * @param {Node} [trouble]
   * @param {string} [said] the sentence in it, which the verdict need not repeat
   */
  showTrouble(trouble, said) {
    this.#said = said;
    this.#trouble.replaceChildren(...(trouble === undefined ? [] : [trouble]));
    this.#trouble.querySelector('button')?.focus();
  }
}

/**
 * @param {import('./preview.js').Preview} preview
 * @param {string} currency
 */
function planInShort(preview, currency) {
  const plan = preview.kind === 'assessed' ? preview.assessment.plan : undefined;
  if (plan === undefined) return '';
  const day = formatDay(plan.parts[0].due_date);
  return plan.parts.length === 1
    ? texts.onePayment(day)
    : texts.manyPayments(plan.parts.length, partsInWords(plan, currency), day);
}

/**
 * @param {string} name
 * @param {string} value
 * @param {string} [className]
 */
function row(name, value, className) {
  return element('div', { class: className }, element('dt', {}, name), element('dd', { class: 'figure' }, value));
}
