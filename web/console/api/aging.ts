// How old a debt is.

import type { Day } from '../dates.ts';
import type { Minor } from '../money.ts';
import type { Fields } from './fields.ts';

/** What has been overdue for so many days; without `toDays`: for that many and more. */
export interface Bucket {
  readonly fromDays: number;
  readonly toDays: number | undefined;
  readonly amount: Minor;
}

/** What an overdue debt costs beside itself. It is shown and never owed. */
export interface LateCharges {
  readonly interest: Minor;
  readonly fine: Minor;
  readonly totalDue: Minor;
}

export interface Aging {
  readonly asOf: Day;
  readonly total: Minor;
  readonly notDue: Minor;
  readonly overdue: Minor;
  readonly buckets: readonly Bucket[];
  readonly daysOverdue: number | undefined;
  readonly lateCharges: LateCharges | undefined;
}

export function readAging(fields: Fields): Aging {
  return {
    asOf: fields.day('as_of'),
    total: fields.amount('total'),
    notDue: fields.amount('not_due'),
    overdue: fields.amount('overdue'),
    buckets: fields.list('buckets', readBucket),
    daysOverdue: fields.optional('days_overdue', (name) => fields.whole(name)),
    lateCharges: readLateCharges(fields),
  };
}

/** The `late_charges` of whatever has some. */
export function readLateCharges(fields: Fields): LateCharges | undefined {
  return fields.optional('late_charges', (name) =>
    fields.object(name, (charges) => ({
      interest: charges.amount('interest'),
      fine: charges.amount('fine'),
      totalDue: charges.amount('total_due'),
    })),
  );
}

function readBucket(fields: Fields): Bucket {
  return {
    fromDays: fields.whole('from_days'),
    toDays: fields.optional('to_days', (name) => fields.whole(name)),
    amount: fields.amount('amount'),
  };
}
