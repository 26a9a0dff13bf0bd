// A preview in one call, for whoever asks once.

import { ask } from './asked.js';
import type { Answer, Cart, Preview, Snapshot } from './types.js';

/**
 * Previews a cart against a snapshot of its buyer's line: the verdict, every reason against it, the figures after it, every
 * plan that is offered, and what would make it pass. It is what `POST /api/v1/customers/{id}/credit/preview` answers, as
 * plain data.
 *
 * Whoever asks often reads the snapshot once: `createCredit`.
 *
 * @example
 * const answer = preview(snapshot, { amount: '1250.50', installments: 3 });
 */
export function preview(snapshot: Snapshot, cart: Cart): Answer<Preview> {
  const line = ask(snapshot);
  const answer = line.preview(cart);
  const plain = answer.status === 'success' ? { ...answer, data: made(answer.data) } : answer;
  line.end();
  return plain;
}

/** With everything that would be made when it is looked at. */
function made({ plan, installments, ...preview }: Preview): Preview {
  return {
    ...preview,
    plans: preview.plans.map((plan) => ({ ...plan })),
    ...(plan && { plan }),
    ...(installments && { installments }),
  };
}
