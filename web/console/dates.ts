// Days and moments for people. A day is one of the shop's calendar, so no time zone may move it; a moment is shown as
// the shop's clocks show it, whatever zone the reader's own are in.

import { formatDay as formatCivilDay } from '../checkout/dates.js';

/** A civil day, `YYYY-MM-DD`. Later days are greater. */
export type Day = string & { readonly kind: 'day' };

/** A moment in UTC, as RFC 3339 writes it. */
export type Moment = string & { readonly kind: 'moment' };

/** A month of the civil calendar, `YYYY-MM`. */
export type Month = string & { readonly kind: 'month' };

const LOCALE = 'es-PA';
const MONTH = new Intl.DateTimeFormat(LOCALE, { month: 'long', year: 'numeric', timeZone: 'UTC' });
const WEEKDAY_AND_DAY = new Intl.DateTimeFormat(LOCALE, { weekday: 'long', day: 'numeric', timeZone: 'UTC' });
const ONE_DAY = 86_400_000;

/** `24 dic 2025` */
export function formatDay(day: Day): string {
  return formatCivilDay(day);
}

/** `miércoles 24` */
export function formatWeekday(day: Day): string {
  return WEEKDAY_AND_DAY.format(midnight(day)).replace(',', '');
}

/** `Diciembre de 2025` */
export function formatMonth(month: Month): string {
  const text = MONTH.format(midnight(`${month}-01`));
  return text.charAt(0).toLocaleUpperCase(LOCALE) + text.slice(1);
}

/** `24 dic 2025, 10:15 a. m.`, by the shop's clocks. */
export function formatMoment(moment: Moment, zone: string): string {
  return momentFormat(zone).format(new Date(moment));
}

/** The month a day is in. */
export function monthOf(day: Day): Month {
  return day.slice(0, 7) as Month;
}

/** Every day of a month, in order. */
export function daysOf(month: Month): Day[] {
  const first = midnight(`${month}-01`).getTime();
  const days = Array.from(
    { length: 31 },
    (_, index) => new Date(first + index * ONE_DAY).toISOString().slice(0, 10) as Day,
  );
  return days.filter((day) => monthOf(day) === month);
}

/** How many days of its week come before a day; weeks begin on Monday. */
export function daysSinceMonday(day: Day): number {
  return (midnight(day).getUTCDay() + 6) % 7;
}

/** Whether this is written as a day is, and is one. */
export function isDay(text: string): text is Day {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const read = midnight(text);
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(text);
}

function midnight(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}

const momentFormats = new Map<string, Intl.DateTimeFormat>();

function momentFormat(zone: string): Intl.DateTimeFormat {
  const known = momentFormats.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(LOCALE, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZone: zone,
  });
  momentFormats.set(zone, made);
  return made;
}
