// A line after a decision about it.

import type { Minor } from '../money.ts';
import type { Fields } from './fields.ts';

export interface Line {
  readonly limit: Minor;
  readonly available: Minor;
}

export function readLine(fields: Fields): Line {
  return { limit: fields.amount('credit_limit'), available: fields.amount('credit_available') };
}
