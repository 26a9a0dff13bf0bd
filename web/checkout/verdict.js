// The answer to the order as it stands: yes with what remains, or no with every reason and what would make it pass.

import { element, fill } from './dom.js';
import { icon } from './icons.js';
import { format, fromWire } from './money.js';
import { readable, sentenceOf } from './sentences.js';
import { TEXTS } from './texts.js';

const { verdict: texts } = TEXTS;

/** Which figures of a reason are money; the others are counts. */
const COUNTS = new Set(['most_installments']);

export class Verdict {
  // What changes in here is read out, when the reader has finished what it was saying.
  element = element('div', { class: 'verdict', role: 'status', 'aria-live': 'polite', 'aria-atomic': 'true' });

  /**
   * @param {import('./preview.js').Preview} preview
   * @param {string} currency
   * @param {string} [said] a sentence that stands beside it already
   */
  show(preview, currency, said) {
    const { tone, content } = face(preview, currency, said);
    this.element.className = `verdict verdict-${tone}`;
    fill(this.element, ...content);
  }
}

/**
 * The verdict in two words, for the narrow screen's foot.
 *
 * @param {import('./preview.js').Preview} preview
 */
export function inShort(preview) {
  return face(preview, 'USD').title;
}

/**
 * @param {import('./preview.js').Preview} preview
 * @param {string} currency
 * @param {string} [said]
 * @returns {{tone: string, title: string, content: Node[]}}
 */
function face(preview, currency, said) {
  switch (preview.kind) {
    case 'assessed':
      return preview.assessment.verdict === 'accepted'
        ? accepted(preview.assessment, currency)
        : refused(preview.assessment, currency, said);
    case 'empty':
      return neutral(texts.empty, texts.emptyText);
    case 'invalid':
      return neutral(texts.invalid, texts.invalidText);
    case 'expired':
      return neutral(texts.expired, texts.expiredText);
    case 'unreadable':
      return neutral(texts.unreadable, readable(preview.reason.message));
  }
}

/**
 * @param {import('./preview.js').Assessment} assessment
 * @param {string} currency
 */
function accepted({ credit_available_after: available, credit_used_after: used }, currency) {
  return {
    tone: 'accepted',
    title: texts.accepted,
    content: [
      title('check', texts.accepted),
      element(
        'dl',
        { class: 'verdict-figures' },
        ...[figure(texts.availableAfter, money(available, currency)), figure(texts.usedAfter, money(used, currency))],
      ),
    ],
  };
}

/**
 * @param {import('./preview.js').Assessment} assessment
 * @param {string} currency
 * @param {string} [said]
 */
function refused({ reasons }, currency, said) {
  return {
    tone: 'refused',
    title: reasonTitle(reasons[0]),
    content: reasons.map((reason) => reasonView(reason, currency, reason.message !== said)),
  };
}

/**
 * @param {string} heading
 * @param {string} text
 */
function neutral(heading, text) {
  return { tone: 'neutral', title: heading, content: [title('pause', heading), element('p', {}, text)] };
}

/**
 * @param {import('./preview.js').Reason} reason
 * @param {string} currency
 * @param {boolean} isSpoken whether its sentence is shown
 */
function reasonView(reason, currency, isSpoken) {
  const names = Object.keys(TEXTS.figures).filter((name) => name in reason.details);
  const value = (/** @type {string} */ name) =>
    COUNTS.has(name) ? String(reason.details[name]) : money(/** @type {number} */ (reason.details[name]), currency);
  const figures = names.map((name) => figure(TEXTS.figures[/** @type {keyof typeof TEXTS.figures} */ (name)], value(name)));
  return element(
    'div',
    { class: 'reason' },
    title('cross', reasonTitle(reason)),
    figures.length === 0 ? undefined : element('dl', { class: 'verdict-figures' }, ...figures),
    ...(isSpoken ? sentence(reason) : []),
  );
}

/** @param {import('./preview.js').Reason} reason */
function sentence(reason) {
  return [
    element('p', { class: 'reason-sentence' }, offersNothing(reason) ? TEXTS.nothingOffered.text : sentenceOf(reason)),
    element('p', { class: 'reason-code' }, `${texts.code} ${reason.code}`),
  ];
}

/** @param {import('./preview.js').Reason} reason */
function reasonTitle(reason) {
  if (offersNothing(reason)) return TEXTS.nothingOffered.title;
  return /** @type {Record<string, string>} */ (TEXTS.reasons)[reason.type] ?? texts.refused;
}

/**
 * Whether the plan is not offered because none is.
 *
 * @param {import('./preview.js').Reason} reason
 */
function offersNothing({ type, details }) {
  return type === 'PLAN_NOT_OFFERED' && /** @type {string[]} */ (details.offered_plans).length === 0;
}

/**
 * @param {'check' | 'cross' | 'pause'} name
 * @param {string} text
 */
function title(name, text) {
  return element('p', { class: 'verdict-title' }, icon(name), text);
}

/**
 * @param {string} name
 * @param {string} value
 */
function figure(name, value) {
  return element('div', {}, element('dt', {}, name), element('dd', { class: 'figure' }, value));
}

/**
 * @param {number | undefined} amount
 * @param {string} currency
 */
function money(amount, currency) {
  return amount === undefined ? '—' : format(fromWire(amount, currency), currency);
}
