// The purchase, as it was promised and as it was recorded, figure beside figure.

import { comparison, isSameRow } from './comparison.js';
import { element } from './dom.js';
import { icon } from './icons.js';
import { format, fromWire } from './money.js';
import { partInWords } from './planWords.js';
import { TEXTS } from './texts.js';

const { receipt: texts } = TEXTS;

/**
 * @param {import('./order.js').Request} request
 * @param {import('./api.js').Usage} usage
 * @param {() => void} onAgain
 */
export function receipt({ currency, promised, body }, usage, onAgain) {
  const money = (/** @type {number | string} */ amount) => format(fromWire(amount, currency), currency);
  const recorded = partsOf(usage);
  const row = (/** @type {string} */ name, /** @type {string} */ before, /** @type {number} */ after) => ({
    name,
    before: [money(before)],
    after: [money(after)],
  });
  const total = usage.total ?? usage.amount;
  const rows = [
    row(texts.amount, promised.amount, usage.amount),
    ...(total === usage.amount ? [] : [row(texts.total, promised.total, total)]),
    row(texts.usedAfter, promised.used, usage.credit_used),
    row(texts.availableAfter, promised.available, usage.credit_available),
    ...recorded.map((part, index) => ({
      name: recorded.length === 1 ? texts.firstDue : texts.installment(part.number, recorded.length),
      before: partInWords(promised.parts[index], recorded.length, money),
      after: partInWords(part, recorded.length, money),
    })),
  ];
  const isSame = rows.every(isSameRow) && recorded.length === promised.parts.length;
  const heading = element('h1', { class: 'receipt-title', tabindex: -1 }, icon('check'), texts.title);
  return {
    heading,
    element: element(
      'section',
      { class: 'card receipt' },
      heading,
      element('p', { class: isSame ? 'lead' : 'lead is-different' }, isSame ? texts.same : texts.different),
      comparison(rows, { before: texts.promised, after: texts.recorded }),
      element(
        'dl',
        { class: 'receipt-ids' },
        element('dt', {}, texts.order),
        element('dd', {}, body.order_id),
        element('dt', {}, texts.usage),
        element('dd', {}, usage.usage_id),
      ),
      element('button', { type: 'button', class: 'button', onclick: onAgain }, texts.again),
    ),
  };
}

/**
 * One payment is answered as its due date alone.
 *
 * @param {import('./api.js').Usage} usage
 */
function partsOf({ amount, total = amount, due_date, installments }) {
  return installments ?? [{ number: 1, due_date, amount: total }];
}
