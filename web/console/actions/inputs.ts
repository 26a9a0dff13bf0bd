// What operations do with what was typed.

import { toTyped } from '../money.ts';
import type { Field } from '../ui/field.ts';

/** A value that was read from a field; where there is none, the field says so. */
export function checked<T>(field: Field, value: T | undefined, complaint: string): T | undefined {
  field.complain(value === undefined ? complaint : '');
  return value;
}

/** `1250.50`, or `125050` where the currency has no cents. */
export function amountExample(currency: string): string {
  return toTyped(125_050n, currency);
}
