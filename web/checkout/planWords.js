// A plan in a few words.

import { formatDay } from './dates.js';
import { TEXTS } from './texts.js';

const { plans: texts } = TEXTS;

/** How the id of a plan ends that falls due on days of its own: `….:30-60d`. */
const DAYS = /:(\d+(?:-\d+)*)d$/;

const LIST = new Intl.ListFormat('es', { type: 'conjunction' });

/**
 * `1 pago`, `3 cuotas`, `a 30 y 60 días`.
 *
 * @param {{plan_id: string, installments: number}} plan
 */
export function planName({ plan_id: id, installments }) {
  const days = DAYS.exec(id)?.[1].split('-');
  if (days !== undefined) return texts.onDays(LIST.format(days), days.length === 1 ? Number(days[0]) : undefined);
  return installments === 1 ? texts.once : texts.count(installments);
}

/**
 * One part in a comparison: its day, and its amount where it is not the only one.
 *
 * @param {{due_date: string, amount: number | string} | undefined} part
 * @param {number} count
 * @param {(amount: number | string) => string} money
 */
export function partInWords(part, count, money) {
  if (part === undefined) return ['—'];
  return count === 1 ? [formatDay(part.due_date)] : [money(part.amount), formatDay(part.due_date)];
}
