// The buyer's line and the snapshot to preview with, of the same moment.

import * as serverTime from './serverTime.js';

/**
 * @typedef {{line: import('./api.js').Line, snapshot: import('/pkg/index.js').Snapshot}} Account
 */

/** How often two answers may be of different versions before the account is taken for too busy. */
const ATTEMPTS = 5;

/**
 * Loads both. Somebody may use the line between the two answers, and a page that showed figures of two moments would
 * contradict itself; so they are asked for again until their versions agree.
 *
 * @param {import('./api.js').Api} api
 * @returns {Promise<import('./api.js').Answer<Account>>}
 */
export async function loadAccount(api) {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const asked = Date.now();
    const [line, snapshot] = await Promise.all([api.line(), api.snapshot()]);
    if (line.kind !== 'success') return line;
    if (snapshot.kind !== 'success') return snapshot;
    if (line.data.version === snapshot.data.version) {
      serverTime.learn(snapshot.data.taken_at, asked);
      return { kind: 'success', data: { line: line.data, snapshot: snapshot.data } };
    }
  }
  return { kind: 'unanswered' };
}
