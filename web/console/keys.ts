// Idempotency keys: one for each thing that is to be done once.

import { randomHex } from '../checkout/random.js';

export function newKey(): string {
  return randomHex(16);
}
