// What the engine says of the order as it stands: no rule of credit is here, only what is asked and when nothing can be.

import { toWire } from './money.js';
import { now } from './serverTime.js';

/**
 * @typedef {import('/pkg/index.js').Assessment} Assessment
 * @typedef {import('/pkg/index.js').Plan} Plan
 * @typedef {import('/pkg/index.js').Reason} Reason
 * @typedef {Pick<typeof import('/pkg/index.js'), 'assess' | 'plans'>} Engine
 */
/**
 * @typedef {{kind: 'assessed', assessment: Assessment, plans: Plan[]}
 *   | {kind: 'empty'}
 *   | {kind: 'invalid'}
 *   | {kind: 'expired'}
 *   | {kind: 'unreadable', reason: Reason}} Preview
 */

/** Up to how many installments the shop offers. */
const MOST_INSTALLMENTS = 12;

const EXPIRED = 'CRD-2016';

/**
 * @param {Engine} engine
 * @param {import('/pkg/index.js').Snapshot} snapshot
 * @param {{total: bigint | undefined, installments: number}} order
 * @returns {Preview}
 */
export function preview(engine, snapshot, { total, installments }) {
  if (total === undefined) return { kind: 'invalid' };
  if (total === 0n) return { kind: 'empty' };
  const amount = toWire(total, snapshot.currency);
  const assessed = engine.assess(snapshot, { amount, installments, now: now().toISOString() });
  if (assessed.status === 'error') {
    return assessed.error.code === EXPIRED ? { kind: 'expired' } : { kind: 'unreadable', reason: assessed.error };
  }
  const planned = engine.plans(snapshot, { amount, most_installments: MOST_INSTALLMENTS });
  if (planned.status === 'error') return { kind: 'unreadable', reason: planned.error };
  return { kind: 'assessed', assessment: assessed.data, plans: planned.data };
}

/** @param {Preview} outcome */
export function isAccepted(outcome) {
  return outcome.kind === 'assessed' && outcome.assessment.verdict === 'accepted';
}
