// The purchase, as it was promised and as it was recorded, figure beside figure.

import { formatDay } from './dates.js';
import { element } from './dom.js';
import { icon } from './icons.js';
import { format, fromWire } from './money.js';
import { TEXTS } from './texts.js';

const { receipt: texts } = TEXTS;

/** @typedef {{name: string, promised: string[], recorded: string[]}} Row */

/**
 * @param {import('./order.js').Request} request
 * @param {import('./api.js').Usage} usage
 * @param {() => void} onAgain
 */
export function receipt({ currency, promised, body }, usage, onAgain) {
  const money = (/** @type {number | string} */ amount) => format(fromWire(amount, currency), currency);
  const recorded = partsOf(usage);
  const rows = [
    { name: texts.amount, promised: [money(promised.amount)], recorded: [money(usage.amount)] },
    { name: texts.usedAfter, promised: [money(promised.used)], recorded: [money(usage.credit_used)] },
    { name: texts.availableAfter, promised: [money(promised.available)], recorded: [money(usage.credit_available)] },
    ...recorded.map((part, index) => ({
      name: recorded.length === 1 ? texts.firstDue : texts.installment(part.number, recorded.length),
      promised: partInWords(promised.parts[index], recorded.length, money),
      recorded: partInWords(part, recorded.length, money),
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
      comparison(rows),
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
function partsOf({ amount, due_date, installments }) {
  return installments ?? [{ number: 1, due_date, amount }];
}

/**
 * @param {{due_date: string, amount: number | string} | undefined} part
 * @param {number} count
 * @param {(amount: number | string) => string} money
 */
function partInWords(part, count, money) {
  if (part === undefined) return ['—'];
  return count === 1 ? [formatDay(part.due_date)] : [money(part.amount), formatDay(part.due_date)];
}

/** @param {Row} row */
function isSameRow({ promised, recorded }) {
  return promised.join() === recorded.join();
}

/** @param {Row[]} rows */
function comparison(rows) {
  const heads = [texts.figure, texts.promised, texts.recorded];
  return element(
    'table',
    { class: 'comparison' },
    element('thead', {}, element('tr', {}, ...heads.map((name) => element('th', { scope: 'col' }, name)))),
    element('tbody', {}, ...rows.map(comparisonRow)),
  );
}

/** @param {Row} row */
function comparisonRow(row) {
  const isSame = isSameRow(row);
  const mark = element(
    'span',
    { class: 'mark' },
    icon(isSame ? 'check' : 'alert'),
    element('span', { class: 'visually-hidden' }, isSame ? texts.equal : texts.changed),
  );
  return element(
    'tr',
    { class: isSame ? 'is-same' : 'is-different' },
    element('th', { scope: 'row' }, row.name),
    element('td', { class: 'figure' }, ...inWords(row.promised)),
    element('td', { class: 'figure' }, ...inWords(row.recorded), mark),
  );
}

/**
 * The words of a cell, which a narrow screen writes under each other.
 *
 * @param {string[]} words
 */
function inWords(words) {
  return words.flatMap((word, index) => [
    index === 0 ? undefined : element('span', { class: 'cell-dot' }, ' · '),
    element('span', { class: 'cell-word' }, word),
  ]);
}
