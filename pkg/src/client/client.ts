// The client: every operation of the façade by its path, and by name.

import type { CallOptions, ClientAnswer, CommandOptions } from './answer.js';
import { type ClientOptions, Connection, type Named } from './connection.js';
import { CustomerCredit } from './customerCredit.js';
import type { Data, Get, GetPath, Given, IsList, Post, PostPath, Put, PutPath, Query } from './operations.js';

/** What an operation is given, where it needs anything; then what is said with the call. */
type Said<Operation, Options> = Partial<Given<Operation>> extends Given<Operation>
  ? [given?: Given<Operation>, options?: Options]
  : [given: Given<Operation>, options?: Options];

type Answered<Operation> = Promise<ClientAnswer<Data<Operation>, IsList<Operation>>>;

/**
 * Everything the façade answers, as one caller sees it. Nothing is thrown for what a server or a network does: what went
 * wrong is in the answer. A call that got no answer, or one that passes by itself (503), is repeated; a command is
 * repeated under the same key, so that it is carried out once.
 */
export interface Client {
  /**
   * Reads a path of the façade's document.
   *
   * @example
   * const answer = await client.GET('/api/v1/credit/requests', { query: { status: 'pending' } });
   */
  GET<Path extends GetPath>(path: Path, ...said: Said<Get<Path>, CallOptions>): Answered<Get<Path>>;

  /**
   * Sends a command, or asks for a preview.
   *
   * @example
   * const path = '/api/v1/customers/{customer_id}/credit/use';
   * await client.POST(path, { path: { customer_id: 'cust_456' }, body: { order_id: 'order_789', amount: '1250.50' } });
   */
  POST<Path extends PostPath>(path: Path, ...said: Said<Post<Path>, CommandOptions>): Answered<Post<Path>>;

  /** Puts something in the place of what is there: a limit, a tolerance. */
  PUT<Path extends PutPath>(path: Path, ...said: Said<Put<Path>, CommandOptions>): Answered<Put<Path>>;

  /**
   * The credit of one customer, each operation by its name.
   *
   * @example
   * await client.credit('cust_456').use({ order_id: 'order_789', amount: '1250.50' });
   */
  credit(customer: string): CustomerCredit;

  /** The requests for credit, oldest first; `{ status: 'pending' }` are those that wait for a decision. */
  requests(query?: Query<Get<'/api/v1/credit/requests'>>, options?: CallOptions): Answered<Get<'/api/v1/credit/requests'>>;

  /** Who the caller is and what they may do. */
  session(options?: CallOptions): Answered<Get<'/api/v1/session'>>;
}

/**
 * A client of one server, for one caller.
 *
 * @example
 * const client = createClient({ baseUrl: 'https://credito.example', token: () => session.token() });
 * const answer = await client.credit('cust_456').snapshot();
 */
export function createClient(options: ClientOptions): Client {
  const connection = new Connection(options);
  return {
    GET: (path, ...[given, options]) => connection.call('GET', path, (given ?? {}) as Named, options ?? {}),
    POST: (path, ...[given, options]) => connection.call('POST', path, (given ?? {}) as Named, options ?? {}),
    PUT: (path, ...[given, options]) => connection.call('PUT', path, (given ?? {}) as Named, options ?? {}),
    credit: (customer) => new CustomerCredit(connection, customer),
    requests: (query, options = {}) => connection.call('GET', '/api/v1/credit/requests', { query }, options),
    session: (options = {}) => connection.call('GET', '/api/v1/session', {}, options),
  };
}
