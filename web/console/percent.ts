// Fractions of the API (0.05) and percents of people (5 %), turned into each other by moving the point in their digits:
// no float is calculated with.

/** What the API can tell apart: millionths, which are ten-thousandths of a percent. */
const MOST_DECIMALS = 4;

/** `5` of 0.05. The smallest fraction there is, 0.000001, is one that JavaScript still writes without an exponent. */
export function toPercent(fraction: string): string {
  const [whole = '0', decimals = ''] = fraction.split('.');
  const padded = decimals.padEnd(2, '0');
  return tidy(whole + padded.slice(0, 2), padded.slice(2));
}

/** `5 %` of 0.05. */
export function formatPercent(fraction: string): string {
  return `${toPercent(fraction)} %`;
}

/** `0.05` of a typed `5`, `5 %` or `5,0`; nothing where that is no percent, or finer than the API can tell. */
export function fromTypedPercent(typed: string): string | undefined {
  const match = /^(\d{1,6})(?:[.,](\d*))?$/.exec(typed.replace(/[\s%]/g, ''));
  if (match === null) return undefined;
  const [, whole = '0', decimals = ''] = match;
  if (decimals.length > MOST_DECIMALS) return undefined;
  const padded = whole.padStart(3, '0');
  return tidy(padded.slice(0, -2), padded.slice(-2) + decimals);
}

function tidy(whole: string, decimals: string): string {
  const kept = decimals.replace(/0+$/, '');
  const tidyWhole = whole.replace(/^0+(?=\d)/, '');
  return kept === '' ? tidyWhole : `${tidyWhole}.${kept}`;
}
