// From the client to the engine.

import type { SnapshotSource } from '../types.js';
import type { Client } from './client.js';

/**
 * What fetches a customer's snapshot whenever it is called: the `fetch` of `createCredit`.
 *
 * @example
 * const credit = createCredit({ fetch: snapshotFrom(client, 'cust_456') });
 */
export function snapshotFrom(client: Client, customer: string): SnapshotSource {
  return () => client.credit(customer).snapshot();
}
