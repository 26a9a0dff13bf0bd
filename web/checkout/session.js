// Who buys, and for whom: the token and the customer, from the address or from the form.

import { forget, recall, remember } from './memory.js';

/** @typedef {{token: string, customer: string}} Session */

const NAME = 'fiado.session';

/**
 * The session of this tab: `#token=…&customer=…` of the address, or what an earlier load kept. What is missing is
 * empty.
 *
 * @returns {Session}
 */
export function readSession() {
  const given = new URLSearchParams(location.hash.slice(1));
  const kept = recall(NAME) ?? {};
  const session = {
    token: given.get('token') ?? kept.token ?? '',
    customer: given.get('customer') ?? kept.customer ?? '',
  };
  // A token has no business in the history, nor on a screen that is shared.
  if (location.hash !== '') history.replaceState(null, '', location.pathname + location.search);
  return session;
}

/** @param {Session} session */
export function keepSession(session) {
  remember(NAME, session);
}

/** Forgets the token; the customer may stay, to be shown in the form. */
export function endSession() {
  forget(NAME);
}

/** @param {Session} session */
export function isComplete(session) {
  return session.token !== '' && session.customer !== '';
}
