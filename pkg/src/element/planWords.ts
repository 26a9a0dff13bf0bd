// A plan in a few words.

import type { Plan } from '../types.js';
import type { View } from './view.js';

/** How the id of a plan ends: in so many parts (`….:3x`), or on days of its own (`….:30-60d`). */
const PARTS = /:(\d+)x$/;
const DAYS = /:(\d+(?:-\d+)*)d$/;

/** `1 pago`, `3 cuotas`, `a 30 y 60 días`: told from the id alone, because a plan may no longer be offered. */
export function planName(id: string, { texts: { plans: texts }, format }: View): string {
  const days = DAYS.exec(id)?.[1]?.split('-');
  if (days !== undefined) return texts.onDays(format.list(days), days.length === 1 ? Number(days[0]) : undefined);
  const count = PARTS.exec(id)?.[1];
  return count === undefined ? texts.unnamed : texts.count(Number(count));
}

/**
 * What each part is: `de $33.33`, or `de $50.00 a $51.26` where they are not alike. The cents that a division leaves on
 * the last one are no difference.
 */
export function partsInWords({ parts, interest }: Plan, { texts: { plans: texts }, format }: View): string {
  const amounts = parts.map((part) => part.amount);
  const [least, most] = [Math.min(...amounts), Math.max(...amounts)];
  const isAlike = interest === 0 || least === most;
  return isAlike ? texts.of(format.money(amounts[0] ?? 0)) : texts.from(format.money(least), format.money(most));
}

/** The plan in one sentence: `3 cuotas de $343.33; la primera, el 24 dic 2025`. */
export function planInShort(plan: Plan, view: View): string {
  const { texts, format } = view;
  const first = plan.parts[0];
  if (first === undefined) return '';
  const day = format.day(first.due_date);
  return plan.parts.length === 1
    ? texts.plans.onePayment(day)
    : texts.plans.manyPayments(plan.parts.length, partsInWords(plan, view), day);
}
