// What falls due when.

import type { Day } from '../dates.ts';
import type { Minor } from '../money.ts';
import type { Fields } from './fields.ts';

export interface DueDay {
  readonly date: Day;
  readonly amount: Minor;
  readonly isOverdue: boolean;
}

export interface Calendar {
  readonly asOf: Day;
  /** The last day it looks at. */
  readonly to: Day;
  /** Earliest first; days on which nothing falls due are left out. */
  readonly days: readonly DueDay[];
  readonly total: Minor;
  /** There are more days than one answer has. */
  readonly isTruncated: boolean;
}

export function readCalendar(fields: Fields): Calendar {
  return {
    asOf: fields.day('as_of'),
    to: fields.day('to'),
    days: fields.list('days', readDueDay),
    total: fields.amount('total'),
    isTruncated: fields.flag('truncated'),
  };
}

function readDueDay(fields: Fields): DueDay {
  return { date: fields.day('date'), amount: fields.amount('amount'), isOverdue: fields.flag('overdue') };
}
