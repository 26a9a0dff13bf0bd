// Reads an object field by field, exactly, and names every wrong one at once, unknown ones too.

import { dayOf } from './module.js';
import * as problem from './problems.js';
import type { Fault, WrongField } from './problems.js';

/** What is read of a wrong field: nothing is asked with it. */
const LOST = NaN;

/** What has more digits is above every bound, and more than a number holds exactly. */
const MOST_DIGITS = 15;
const ALL_DIGITS = 10 ** MOST_DIGITS;

const NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** What a decimal number may be: what one is in units of its last decimal, and in them the least and the most. */
interface Decimal {
  unit: number;
  least: number;
  most: number;
  /** What is meant where nothing is said. */
  usual?: number;
}

/** What a whole number may be. */
interface Whole {
  least: number;
  most: number;
  /** What is meant where nothing is said. */
  usual?: number;
}

/** An object being read. */
export class Fields {
  readonly #entries: Readonly<Record<string, unknown>>;
  readonly #wrong: WrongField[];
  readonly #path: (name: string) => string;

  /** What is no object has no fields; `path` says what each is called. */
  constructor(given: unknown, wrong: WrongField[], path = (name: string) => name) {
    this.#entries = (given ?? {}) as Record<string, unknown>;
    this.#wrong = wrong;
    this.#path = path;
  }

  refuse(name: string, fault: Fault): number {
    this.#wrong.push([this.#path(name), fault]);
    return LOST;
  }

  /** Names every field that is not among the known. */
  only(known: readonly string[]): void {
    for (const name of Object.keys(this.#entries)) if (!known.includes(name)) this.refuse(name, problem.UNKNOWN);
  }

  has(name: string): boolean {
    return this.#entries[name] !== undefined;
  }

  /** A number or a decimal text, in units of its last decimal: 12.5 is 1250 where there are two. */
  decimal(name: string, { unit, least, most, usual }: Decimal): number {
    return this.#read(name, usual, (value) => {
      if (typeof value !== 'number' && typeof value !== 'string') return problem.notA('number');
      const scaled = exactly(value, unit);
      if (typeof scaled !== 'number') return scaled;
      if (scaled < least) return problem.ZERO;
      return scaled > most ? problem.above(most / unit) : scaled;
    });
  }

  whole(name: string, { least, most, usual }: Whole): number {
    return this.#read(name, usual, (value) => {
      if (!Number.isInteger(value)) return problem.notA('whole');
      const whole = value as number;
      if (whole < least) return problem.below(least);
      return whole > most ? problem.above(most) : whole;
    });
  }

  /** The index of a word. */
  word(name: string, words: readonly string[], usual?: number): number {
    return this.#read(name, usual, (value) => {
      const index = words.indexOf(value as string);
      return index < 0 ? problem.notOneOf(words) : index;
    });
  }

  /** A day, counted from 1970-01-01. */
  date(name: string): number {
    return this.#read(name, undefined, (value) =>
      typeof value === 'string' ? (dayOf(value) ?? problem.NOT_A_DATE) : problem.notA('date'),
    );
  }

  /** What is read of each entry of a list, whose fields are called `0`, `1` and so on; nothing where there is none. */
  list(name: string, most: number, read: (entries: Fields, index: string) => number[]): number[] {
    const list = this.#entries[name] ?? [];
    if (!Array.isArray(list)) this.refuse(name, problem.notA('list'));
    else if (list.length > most) this.refuse(name, problem.moreThan(most));
    else {
      const entries = new Fields(list, this.#wrong, (index) => `${this.#path(name)}[${index}]`);
      return Object.keys(list).flatMap((index) => read(entries, index));
    }
    return [];
  }

  /** An object in this one, empty where it is absent. */
  object(name: string): Fields {
    const value = this.#entries[name];
    if (value !== undefined && !isObject(value)) this.refuse(name, problem.notA('object'));
    return new Fields(value, this.#wrong, (inner) => `${this.#path(name)}.${inner}`);
  }

  #read(name: string, usual: number | undefined, read: (value: unknown) => number | Fault): number {
    const value = this.#entries[name];
    const told = value === undefined ? (usual ?? problem.MISSING) : read(value);
    return typeof told === 'number' ? told : this.refuse(name, told);
  }
}

/** A decimal number in units of its last decimal, or why it is none; what is not exact is no number here. */
function exactly(value: number | string, unit: number): number | Fault {
  if (typeof value === 'number') {
    const scaled = Math.round(value * unit);
    // A number of so few digits is the decimal that it is printed as.
    if (scaled >= 0 && scaled < ALL_DIGITS && scaled / unit === value) return scaled;
  }
  const match = NUMBER.exec(String(value));
  if (!match) return problem.NOT_A_NUMBER;
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  const digits = (whole + fraction).replace(/^0+/, '');
  const telling = digits.replace(/0+$/, '');
  if (!telling) return 0;
  if (sign) return problem.NEGATIVE;
  const decimals = Math.log10(unit);
  const zeros = decimals - fraction.length + Number(exponent) + digits.length - telling.length;
  if (zeros < 0) return problem.moreDecimalsThan(decimals);
  return telling.length + zeros > MOST_DIGITS ? Infinity : Number(telling + '0'.repeat(zeros));
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
