// The engine's and the server's sentences, with their figures written as everywhere else on the page.

import { formatDay } from './dates.js';
import { format, fromWire } from './money.js';

const AMOUNT = /\b(\d+(?:\.\d+)?) ([A-Z]{3})\b/g;
const DAY = /\b\d{4}-\d{2}-\d{2}\b(?!T)/g;

/** @param {string} sentence */
export function readable(sentence) {
  return sentence
    .replace(AMOUNT, (_, amount, currency) => format(fromWire(amount, currency), currency))
    .replace(DAY, (day) => formatDay(day));
}
