// What the server wrote, read field by field into values of their own kind. An answer that is not what the documentation
// says is an error here, at the edge, and never an `undefined` in the middle of a page.

import { isDay, type Day, type Moment } from '../dates.ts';
import { readAmount, type Minor } from '../money.ts';

/** An answer that is not what the documentation says. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}

/** Makes a value of an object's fields. */
export type Reader<T> = (fields: Fields) => T;

/** The fields of one object of an answer. */
export class Fields {
  readonly #object: Readonly<Record<string, unknown>>;
  readonly #currency: string;

  /** @param currency of every amount in it */
  constructor(json: unknown, currency: string) {
    if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new Unreadable('not an object');
    this.#object = json as Readonly<Record<string, unknown>>;
    this.#currency = currency;
  }

  /** Whether there is such a field, with something in it. */
  has(name: string): boolean {
    return this.#object[name] !== undefined && this.#object[name] !== null;
  }

  /** The names of all fields. */
  names(): string[] {
    return Object.keys(this.#object);
  }

  text(name: string): string {
    const value = this.#object[name];
    return typeof value === 'string' ? value : this.#wrong(name, 'a text');
  }

  flag(name: string): boolean {
    const value = this.#object[name];
    return typeof value === 'boolean' ? value : this.#wrong(name, 'true or false');
  }

  whole(name: string): number {
    const value = this.#object[name];
    return typeof value === 'number' && Number.isSafeInteger(value) ? value : this.#wrong(name, 'a whole number');
  }

  /** A fraction, in the digits the server wrote. */
  fraction(name: string): string {
    const text = String(this.#object[name]);
    return /^\d+(\.\d+)?$/.test(text) ? text : this.#wrong(name, 'a fraction');
  }

  amount(name: string): Minor {
    const value = this.#object[name];
    if (typeof value !== 'number' && typeof value !== 'string') return this.#wrong(name, 'an amount');
    try {
      return readAmount(value, this.#currency);
    } catch {
      return this.#wrong(name, `an amount in ${this.#currency}`);
    }
  }

  day(name: string): Day {
    const text = this.text(name);
    return isDay(text) ? text : this.#wrong(name, 'a day');
  }

  moment(name: string): Moment {
    const text = this.text(name);
    return Number.isNaN(Date.parse(text)) ? this.#wrong(name, 'a moment') : (text as Moment);
  }

  word<Word extends string>(name: string, words: readonly Word[]): Word {
    const text = this.text(name);
    return words.find((word) => word === text) ?? this.#wrong(name, words.join(', '));
  }

  texts(name: string): string[] {
    const list = this.#list(name);
    return list.every((item) => typeof item === 'string') ? list : this.#wrong(name, 'texts');
  }

  object<T>(name: string, read: Reader<T>): T {
    return read(new Fields(this.#object[name], this.#currency));
  }

  list<T>(name: string, read: Reader<T>): T[] {
    return this.#list(name).map((item) => read(new Fields(item, this.#currency)));
  }

  /** What a reader makes of a field that may be left out. */
  optional<T>(name: string, read: (name: string) => T): T | undefined {
    return this.has(name) ? read(name) : undefined;
  }

  optionalText(name: string): string | undefined {
    return this.optional(name, (present) => this.text(present));
  }

  #list(name: string): unknown[] {
    const value = this.#object[name];
    return Array.isArray(value) ? value : this.#wrong(name, 'a list');
  }

  #wrong(name: string, wanted: string): never {
    throw new Unreadable(`${name} is not ${wanted}`);
  }
}
