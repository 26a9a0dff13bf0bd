// Money as the console has it: the checkout's exact minor units, and beside them the signed amounts that only accounts
// know.

import { format as formatUnsigned, fromTyped, fromWire, toTyped, toWire } from '../checkout/money.js';

export { fromTyped, toTyped, toWire };

/** An exact count of minor units of the shop's currency; below zero where the API says so. */
export type Minor = bigint;

const MINUS = '\u2212';

/** An amount as the server wrote it, with its sign. Throws a `RangeError` where it is none. */
export function readAmount(amount: number | string, currency: string): Minor {
  const text = String(amount);
  return text.startsWith('-') ? -fromWire(text.slice(1), currency) : fromWire(text, currency);
}

/** An amount as a person reads it. */
export function format(minor: Minor, currency: string): string {
  return minor < 0n ? `${MINUS}${formatUnsigned(-minor, currency)}` : formatUnsigned(minor, currency);
}

/** A change as a person reads it: with its sign, also where that is plus. */
export function formatChange(minor: Minor, currency: string): string {
  return minor > 0n ? `+${format(minor, currency)}` : format(minor, currency);
}

/** How much of the whole a part is, in hundredths of a percent, cut; nothing of nothing is nothing. */
export function share(part: Minor, whole: Minor): number {
  return whole <= 0n ? 0 : Number((part * 10_000n) / whole);
}

/** The largest of some amounts, at least zero. */
export function largest(amounts: readonly Minor[]): Minor {
  return amounts.reduce((most, amount) => (amount > most ? amount : most), 0n);
}

/** The sum of some amounts. */
export function sum(amounts: readonly Minor[]): Minor {
  return amounts.reduce((total, amount) => total + amount, 0n);
}
