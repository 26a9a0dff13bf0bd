// What was and what is, figure beside figure, with a mark on what is another.

import { element } from './dom.js';
import { icon } from './icons.js';
import { TEXTS } from './texts.js';

const { comparison: texts } = TEXTS;

/**
 * A row: each side is a few words, which a narrow screen writes under each other.
 *
 * @typedef {{name: string, before: string[], after: string[]}} Row
 */

/** @param {Row} row */
export function isSameRow({ before, after }) {
  return before.join() === after.join();
}

/**
 * @param {Row[]} rows
 * @param {{before: string, after: string}} sides what the two are called
 */
export function comparison(rows, sides) {
  const heads = [texts.figure, sides.before, sides.after];
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
    element('td', { class: 'figure' }, ...inWords(row.before)),
    element('td', { class: 'figure' }, ...inWords(row.after), mark),
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
