// The module of the schedules: started here, and its memory read and written.

import type * as Exports from '../../generated/plans/exports.js';
import { module } from '../../generated/plans/module.js';

// It imports nothing, and only numbers cross its boundary: nothing has to stand between.
const bytes = Uint8Array.from(module.match(/../g)!, (byte) => parseInt(byte, 16));
const started = new WebAssembly.Instance(new WebAssembly.Module(bytes));
const { memory, answersAt, datesAt, questionsAt, dayOf: dayOfDate, byTerms, equal, load } =
  started.exports as unknown as typeof Exports;

export { byTerms, equal, load };

const decoder = new TextDecoder();
/** What the module answers where there is no such date. */
const NO_DAY = -(2 ** 31);

/** Numbers of a schedule beside its parts and of each part, as many parts as there may be, characters of a date. */
const [OF_SCHEDULE, OF_PART, MOST_PARTS, OF_DATE] = [3, 2, 48, 10];
/** As many holidays as there may be, and one more. */
const MOST_QUESTIONS = 1_001;

/** Where the module is asked and answers with lists; looked for anew where its memory has grown. */
let answers = new Float64Array();
let questions = answers;
let dates = new Uint8Array();

function look(): void {
  if (answers.length > 0) return;
  answers = new Float64Array(memory.buffer, answersAt(), OF_SCHEDULE + OF_PART * MOST_PARTS);
  questions = new Float64Array(memory.buffer, questionsAt(), MOST_QUESTIONS);
  dates = new Uint8Array(memory.buffer, datesAt(), OF_DATE * MOST_PARTS);
}

/** Writes what the next question is asked with, and says how much it is; what is beyond all bounds is cut off. */
export function asked(numbers: ArrayLike<number>): number {
  look();
  const count = Math.min(numbers.length, MOST_QUESTIONS);
  for (let index = 0; index < count; index += 1) questions[index] = numbers[index]!;
  return count;
}

/** The last schedule, until the next one is asked for. */
export function answered(): Float64Array {
  look();
  return answers;
}

/** A copy of the last schedule of so many parts, or of why there is none. */
export function copied(parts: number): Float64Array {
  return parts < 0 ? Float64Array.of(parts) : answered().slice(0, OF_SCHEDULE + OF_PART * parts);
}

/** The due days of the last schedule, each `YYYY-MM-DD`. */
export function dueDates(parts: number): string[] {
  datesAt();
  look();
  const text = decoder.decode(dates);
  const written: string[] = [];
  for (let end = OF_DATE; end <= OF_DATE * parts; end += OF_DATE) written.push(text.slice(end - OF_DATE, end));
  return written;
}

/**
 * The day of a date `YYYY-MM-DD`, counted from 1970-01-01; `undefined` where there is no such date.
 *
 * @example
 * dayOf('2026-11-21'); // 20778
 */
export function dayOf(date: string): number | undefined {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date) ?? [];
  const found = dayOfDate(Number(year), Number(month), Number(day));
  return found === NO_DAY ? undefined : found;
}
