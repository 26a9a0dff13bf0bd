// The entry of the schedules alone: a second, small module, part of the script and ready when the import is.

export { dayOf } from './plans/module.js';
export { createSchedules, schedule, type Schedules } from './plans/schedules.js';
export type * from './plans/types.js';
export type { Answer, DueDates, Explained, Installment, Language, MoneyInput, Reason } from './types.js';
