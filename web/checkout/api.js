// The server's answers as data. A request either succeeds, is refused with a problem, or stays unanswered: then nobody
// here knows whether it was carried out, and only the same request again can tell.

/**
 * @typedef {{code: string, type: string, message: string, details: Record<string, any>}} Problem
 */
/**
 * @template T
 * @typedef {{kind: 'success', data: T}
 *   | {kind: 'refused', status: number, problem: Problem}
 *   | {kind: 'unanswered', problem?: Problem}} Answer
 */
/**
 * What `POST …/credit/use` answers.
 *
 * @typedef {object} Usage
 * @property {string} usage_id
 * @property {number} amount
 * @property {number} [total] what the parts add up to
 * @property {number} credit_used
 * @property {number} credit_available
 * @property {string} due_date
 * @property {{number: number, due_date: string, amount: number}[]} [installments]
 */

const PATIENCE = 15_000;

/** The same key is being worked on: asking again gets its answer. */
const IN_PROGRESS = 'CRD-1012';

export class Api {
  #token;
  #path;

  /** @param {import('./session.js').Session} session */
  constructor({ token, customer }) {
    this.#token = token;
    this.#path = `/api/v1/customers/${encodeURIComponent(customer)}/credit`;
  }

  /** @returns {Promise<Answer<import('/pkg/index.js').Snapshot>>} */
  snapshot() {
    return this.#ask('GET', '/snapshot');
  }

  /**
   * @param {import('./order.js').Body} body
   * @param {string} key
   * @returns {Promise<Answer<Usage>>}
   */
  use(body, key) {
    return this.#ask('POST', '/use', { body: JSON.stringify(body), headers: { 'idempotency-key': key } });
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {{body?: string, headers?: Record<string, string>}} [more]
   * @returns {Promise<Answer<any>>}
   */
  async #ask(method, path, { body, headers } = {}) {
    try {
      const response = await fetch(this.#path + path, {
        method,
        body,
        headers: {
          authorization: `Bearer ${this.#token}`,
          'accept-language': 'es',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        cache: 'no-store',
        signal: AbortSignal.timeout(PATIENCE),
      });
      return read(response.status, await response.json());
    } catch {
      // No connection, no patience, or an answer of something that stands before the server.
      return { kind: 'unanswered' };
    }
  }
}

/**
 * @param {number} status
 * @param {any} envelope
 * @returns {Answer<any>}
 */
function read(status, envelope) {
  if (status < 300) return { kind: 'success', data: envelope.data };
  const problem = /** @type {Problem} */ (envelope.error);
  const isUndecided = status >= 500 || status === 429 || problem.code === IN_PROGRESS;
  return isUndecided ? { kind: 'unanswered', problem } : { kind: 'refused', status, problem };
}
