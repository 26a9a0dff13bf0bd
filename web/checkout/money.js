// Money, exact: a count of minor units in a BigInt, never a float. A number that comes from the server is read by its
// shortest decimal form, which is the decimal the server wrote as long as it has at most 15 digits; the largest amount
// there is has 15.

/** @typedef {bigint} Minor */

const LOCALE = 'es-PA';

// The engine's table. Intl is not asked: it takes Colombian pesos for a currency without cents.
const WITHOUT_DECIMALS = new Set(['CLP', 'PYG']);

/** @param {string} currency */
export function decimalsOf(currency) {
  return WITHOUT_DECIMALS.has(currency) ? 0 : 2;
}

/**
 * An amount as the server or the engine wrote it.
 *
 * @param {number | string} amount
 * @param {string} currency
 * @returns {Minor}
 */
export function fromWire(amount, currency) {
  const minor = parseDecimal(String(amount), currency);
  if (minor === undefined) throw new RangeError(`not an amount in ${currency}: ${amount}`);
  return minor;
}

/**
 * An amount as the server and the engine read it: a decimal text, so that no float is on the way.
 *
 * @param {Minor} minor
 * @param {string} currency
 */
export function toWire(minor, currency) {
  const decimals = decimalsOf(currency);
  const digits = String(minor).padStart(decimals + 1, '0');
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/**
 * An amount as a person types it: `1250`, `1,250.50`, `1250.5`, and `1250,50` because a comma before one or two digits
 * at the end can only be a decimal one. A group never follows a zero: `0,500` is no amount. Nothing where it is no amount, or has more decimals than the currency.
 *
 * @param {string} typed
 * @param {string} currency
 * @returns {Minor | undefined}
 */
export function fromTyped(typed, currency) {
  const text = typed.replace(/[\s$]/g, '');
  if (/^[1-9]\d{0,2}(,\d{3})+(\.\d*)?$/.test(text)) return parseDecimal(text.replaceAll(',', ''), currency);
  return parseDecimal(text.replace(/,(?=\d{1,2}$)/, '.'), currency);
}

/**
 * An amount as it is typed: without currency or thousands.
 *
 * @param {Minor} minor
 * @param {string} currency
 */
export function toTyped(minor, currency) {
  return toWire(minor, currency);
}

/**
 * An amount as a person reads it.
 *
 * @param {Minor} minor
 * @param {string} currency
 */
export function format(minor, currency) {
  // A decimal text is formatted exactly; a Number would first be made of it.
  return formatter(currency).format(/** @type {any} */ (toWire(minor, currency)));
}

/** @type {Map<string, Intl.NumberFormat>} */
const formatters = new Map();

/** @param {string} currency */
function formatter(currency) {
  const known = formatters.get(currency);
  if (known !== undefined) return known;
  const decimals = decimalsOf(currency);
  const made = new Intl.NumberFormat(LOCALE, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  formatters.set(currency, made);
  return made;
}

/**
 * @param {string} text
 * @param {string} currency
 * @returns {Minor | undefined}
 */
function parseDecimal(text, currency) {
  const decimals = decimalsOf(currency);
  const match = /^(\d{1,13})(?:\.(\d*))?$/.exec(text);
  if (match === null) return undefined;
  const [, whole, fraction = ''] = match;
  if (fraction.length > decimals) return undefined;
  return BigInt(whole + fraction.padEnd(decimals, '0'));
}
