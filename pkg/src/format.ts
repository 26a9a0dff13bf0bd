// Money and days as people read them. Amounts come as the engine wrote them and are formatted from their decimal text,
// so that no float is calculated with. A due date is a day in the shop's calendar, so no time zone may move it.

import type { Language, MoneyInput } from './types.js';

const AMOUNT = /\b(\d+(?:\.\d+)?) ([A-Z]{3})\b/g;
const DAY = /\b\d{4}-\d{2}-\d{2}\b(?!T)/g;

const REGIONS: Record<Language, string> = { es: 'PA', en: 'US' };

/**
 * Writes money and days as people of a country do.
 *
 * @example
 * const format = new Format('es-PA', { currency: 'USD', decimals: 2 }); // or what `availability` answers in `data`
 * format.money('1250.50'); // $1,250.50
 * format.day('2025-12-24'); // 24 dic 2025
 */
export class Format {
  readonly #money: Intl.NumberFormat;
  readonly #day: Intl.DateTimeFormat;
  readonly #list: Intl.ListFormat;
  readonly #currency: string;

  /**
   * @param locale `es-PA`, `es-MX`, `es-CO`, `es-CL`, `es-AR`, `es-PE`, or any other.
   * @param of `decimals` are the engine's: Intl takes Colombian pesos for a currency without cents.
   */
  constructor(locale: string, { currency, decimals }: { currency: string; decimals: number }) {
    this.#currency = currency;
    this.#money = new Intl.NumberFormat(locale, {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    });
    this.#day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
    this.#list = new Intl.ListFormat(locale, { type: 'conjunction' });
  }

  /** An amount in units of currency: `$1,250.50`. */
  money(amount: MoneyInput): string {
    // A decimal text is formatted exactly, which the library's types do not know yet.
    return this.#money.format(String(amount) as unknown as number);
  }

  /** A day, of `YYYY-MM-DD`: `24 dic 2025`. */
  day(day: string): string {
    return this.#day.format(new Date(`${day}T00:00:00Z`));
  }

  /** `30, 60 y 90`. */
  list(items: readonly string[]): string {
    return this.#list.format(items);
  }

  /** A sentence of the engine, with its figures written as all others are. */
  sentence(sentence: string): string {
    return sentence
      .replace(AMOUNT, (text, amount: string, currency: string) =>
        currency === this.#currency ? this.money(amount) : text,
      )
      .replace(DAY, (day) => this.day(day));
  }
}

/**
 * The locale to write figures by: the one that is named, in the language of the texts.
 *
 * @example
 * localeOf('es-CL', 'en'); // en-CL
 */
export function localeOf(named: string, language: Language): string {
  try {
    const { region = REGIONS[language] } = new Intl.Locale(named);
    return new Intl.Locale(language, { region }).toString();
  } catch {
    return `${language}-${REGIONS[language]}`;
  }
}
