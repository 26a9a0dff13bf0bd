// The order of this page, and the one request that buys it. Until the server has answered, the request is kept as it
// is, also over a reload: sent again with its key, it is carried out once.

import { forget, recall, remember } from './memory.js';
import { randomHex } from './random.js';

/**
 * What was promised when the buyer confirmed, as decimal texts.
 *
 * @typedef {object} Promised
 * @property {string} amount
 * @property {string} total what the parts add up to
 * @property {string} used
 * @property {string} available
 * @property {{number: number, due_date: string, amount: string}[]} parts
 */
/**
 * A purchase by the plan that the buyer saw: its hash says all of it, so another one is never charged.
 *
 * @typedef {{order_id: string, amount: string, plan_id: string, plan_hash: string}} Body
 */
/**
 * @typedef {object} Request
 * @property {string} customer
 * @property {string} key
 * @property {Body} body
 * @property {string} currency
 * @property {Promised} promised
 * @property {number} attempts how often it was sent
 */

/** One for each customer, so that buying for another does not lose it. @param {string} customer */
const nameFor = (customer) => `fiado.request.${customer}`;

/** @returns {string} */
export function newOrderId() {
  return `order_${randomHex(10)}`;
}

/** @returns {string} */
export function newKey() {
  return randomHex(16);
}

/**
 * Keeps a request that is about to be sent, with one attempt more.
 *
 * @param {Request} request
 * @returns {Request}
 */
export function attempted(request) {
  const sent = { ...request, attempts: request.attempts + 1 };
  remember(nameFor(request.customer), sent);
  return sent;
}

/**
 * The request is answered.
 *
 * @param {Request} request
 */
export function settled(request) {
  forget(nameFor(request.customer));
}

/**
 * The request of an earlier load that was never answered.
 *
 * @param {string} customer
 * @returns {Request | undefined}
 */
export function unansweredOf(customer) {
  return recall(nameFor(customer)) ?? undefined;
}
