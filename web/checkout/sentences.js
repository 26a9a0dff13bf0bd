// The server's sentences, with their figures written as everywhere else on the page.

import { formatDay } from './dates.js';
import { format, fromWire } from './money.js';
import { TEXTS } from './texts.js';

const AMOUNT = /\b(\d+(?:\.\d+)?) ([A-Z]{3})\b/g;
const DAY = /\b\d{4}-\d{2}-\d{2}\b(?!T)/g;

/**
 * What a refusal says to its buyer.
 *
 * @param {{type: string, message: string}} problem
 */
export function sentenceOf({ type, message }) {
  return /** @type {Record<string, string>} */ (TEXTS.sentences)[type] ?? readable(message);
}

/** @param {string} sentence */
export function readable(sentence) {
  return sentence
    .replace(AMOUNT, (_, amount, currency) => format(fromWire(amount, currency), currency))
    .replace(DAY, (day) => formatDay(day));
}
