// What a call ends in. It is always a value: nothing is thrown for what a network, a server or a buyer does.

import type { components } from '../../generated/facade.js';
import type { Reason } from '../types.js';

/** How to go on in a list. */
export type Pagination = components['schemas']['Pagination'];

/** What can be said with each call. */
export interface CallOptions {
  /** Ends the call, also while it waits to repeat: the answer is then `CLI-0002`. */
  signal?: AbortSignal;
}

/** What can be said with each command. */
export interface CommandOptions extends CallOptions {
  /**
   * The key that makes the command safe to repeat, 1 to 255 printable characters. A new one if not given; it is in the
   * answer. Give the same key again to ask for the answer of a command that stayed without one.
   */
  idempotencyKey?: string;
}

/** What every answer tells of its call. */
interface Told {
  /** The key that the command was sent under; absent where nothing is changed. */
  idempotencyKey?: string;
  /** The server's name for the request, for whoever asks about it. */
  requestId?: string;
}

/** Why there is no answer: the server's refusal, or what stood between. */
export interface ClientError extends Told {
  status: 'error';
  error: Reason;
  /** 409; absent where no answer came. */
  httpStatus?: number;
  /**
   * Whether nobody here knows if the command was carried out: it may have been. Send the same again under the same key
   * to know. `false` where it certainly was not, and for everything that changes nothing.
   */
  isUndecided: boolean;
}

/** What the server answered. */
interface ClientSuccess<T> extends Told {
  status: 'success';
  data: T;
  /** 200, or 201 where something was made. */
  httpStatus: number;
  /** Whether the same command had been carried out before, and this is its answer again. */
  isReplayed: boolean;
}

/**
 * What a call ends in. `IsList` adds how to go on.
 *
 * @example
 * const answer = await client.credit('cust_456').use({ order_id: 'order_789', amount: '1250.50' });
 * if (answer.status === 'success') show(answer.data.credit_available);
 * else explain(answer.error.code, answer.error.message);
 */
export type ClientAnswer<T, IsList extends boolean = false> =
  | (ClientSuccess<T> & (IsList extends true ? { pagination: Pagination } : unknown))
  | ClientError;
