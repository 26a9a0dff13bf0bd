// What the demonstration shop sells. A real shop brings its own cart; the page needs no more of it than this.

import { decimalsOf, fromWire } from './money.js';

/**
 * @typedef {object} Product
 * @property {string} sku
 * @property {string} name
 * @property {string} unit
 * @property {string} price a decimal text
 * @property {number} quantity how many are in the cart at first
 */

/** @type {Product[]} */
export const PRODUCTS = [
  { sku: 'CEM-425', name: 'Cemento gris de uso general', unit: 'saco de 42.5 kg', price: '9.85', quantity: 120 },
  { sku: 'VAR-12', name: 'Varilla corrugada de ½″, grado 60', unit: 'pieza de 9 m', price: '8.74', quantity: 80 },
  { sku: 'BLO-06', name: 'Bloque de concreto de 6″', unit: 'unidad', price: '0.92', quantity: 1500 },
  { sku: 'ZIN-26', name: 'Zinc ondulado, calibre 26', unit: 'lámina de 3.66 m', price: '18.45', quantity: 40 },
];

export const FREIGHT = '185.00';

/** The most of one product that an order may hold. */
export const MOST = 99_999;

/** About what a dollar costs where it is not the money: the shop's price list in other currencies is this much higher. */
const UNITS_PER_DOLLAR = new Map([
  ['ARS', 1400], ['BOB', 7], ['BRL', 5], ['CLP', 950], ['COP', 4000], ['CRC', 500], ['DOP', 60], ['GTQ', 8],
  ['HNL', 25], ['MXN', 18], ['NIO', 37], ['PEN', 4], ['PYG', 7300], ['UYU', 40],
]);

/**
 * A list price in the shop's currency, in minor units.
 *
 * @param {string} price
 * @param {string} currency
 * @returns {bigint}
 */
export function listPrice(price, currency) {
  const cents = fromWire(price, 'USD') * BigInt(UNITS_PER_DOLLAR.get(currency) ?? 1);
  return decimalsOf(currency) === 0 ? cents / 100n : cents;
}
