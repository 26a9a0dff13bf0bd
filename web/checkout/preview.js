// What the engine says of the order as it stands: no rule of credit is here, only what is asked and when nothing can be.

import { toWire } from './money.js';
import { now } from './serverTime.js';

/**
 * @typedef {import('/pkg/index.js').Preview} Assessment
 * @typedef {import('/pkg/index.js').Plan} Plan
 * @typedef {import('/pkg/index.js').Reason} Reason
 * @typedef {import('/pkg/index.js').Credit} Credit
 * @typedef {Pick<typeof import('/pkg/index.js'), 'createCredit'>} Engine
 */
/**
 * @typedef {{kind: 'assessed', assessment: Assessment}
 *   | {kind: 'empty'}
 *   | {kind: 'invalid'}
 *   | {kind: 'expired'}
 *   | {kind: 'unreadable', reason: Reason}} Preview
 */

const EXPIRED = 'CRD-2016';

/**
 * @param {Credit} credit
 * @param {string} currency
 * @param {{total: bigint | undefined, planId: string | undefined}} order
 * @returns {Preview}
 */
export function preview(credit, currency, { total, planId }) {
  if (total === undefined) return { kind: 'invalid' };
  if (total === 0n) return { kind: 'empty' };
  const cart = { amount: toWire(total, currency), now: now().toISOString() };
  // Where nothing is chosen yet, it is the first that is offered; where nothing is offered, the engine says so.
  const chosen = planId ?? firstOffered(credit, cart);
  const answer = credit.preview(chosen === undefined ? { ...cart, installments: 1 } : { ...cart, plan_id: chosen });
  if (answer.status === 'success') return { kind: 'assessed', assessment: answer.data };
  return answer.error.code === EXPIRED ? { kind: 'expired' } : { kind: 'unreadable', reason: answer.error };
}

/**
 * @param {Credit} credit
 * @param {import('/pkg/index.js').Cart} cart
 */
function firstOffered(credit, cart) {
  const answer = credit.preview(cart);
  return answer.status === 'success' ? answer.data.plans[0]?.plan_id : undefined;
}

/** @param {Preview} outcome */
export function isAccepted(outcome) {
  return outcome.kind === 'assessed' && outcome.assessment.verdict === 'accepted';
}
