// The credit of one customer: each operation of the façade by its name.

import type { CallOptions, ClientAnswer, CommandOptions } from './answer.js';
import type { Connection } from './connection.js';
import type { Body, Data, Get, GetPath, IsList, Post, PostPath, Put, PutPath, Query } from './operations.js';

const CREDIT = '/api/v1/customers/{customer_id}/credit';

type Read<Path extends string> = Get<`${typeof CREDIT}${Path}` & GetPath>;
type Command<Path extends string> = Post<`${typeof CREDIT}${Path}` & PostPath>;
type Change<Path extends string> = Put<`${typeof CREDIT}${Path}` & PutPath>;

type Answered<Operation> = Promise<ClientAnswer<Data<Operation>, IsList<Operation>>>;

/**
 * The credit of one customer. Amounts are in units of currency, as numbers or decimal texts; days are `YYYY-MM-DD`.
 *
 * Each command takes `{ idempotencyKey, signal }` last, each question `{ signal }`.
 */
export class CustomerCredit {
  readonly #connection: Connection;
  readonly #customer: string;

  /** @internal */
  constructor(connection: Connection, customer: string) {
    this.#connection = connection;
    this.#customer = customer;
  }

  /** Where the account stands: limit, what is owed, held and left, and who the company is. */
  account(options?: CallOptions): Answered<Read<''>> {
    return this.#read('', undefined, options);
  }

  /** What a browser needs to decide as the server does: the `snapshot` of `createCredit`. */
  snapshot(options?: CallOptions): Answered<Read<'/snapshot'>> {
    return this.#read('/snapshot', undefined, options);
  }

  /** What is owed, by how long it has been overdue. */
  aging(options?: CallOptions): Answered<Read<'/aging'>> {
    return this.#read('/aging', undefined, options);
  }

  /** What falls due when, from one day to another. */
  calendar(query?: Query<Read<'/calendar'>>, options?: CallOptions): Answered<Read<'/calendar'>> {
    return this.#read('/calendar', query, options);
  }

  /** The invoices, earliest due first. */
  invoices(query?: Query<Read<'/invoices'>>, options?: CallOptions): Answered<Read<'/invoices'>> {
    return this.#read('/invoices', query, options);
  }

  /** What happened to the account and who did it, newest first. For those who decide. */
  journal(query?: Query<Read<'/journal'>>, options?: CallOptions): Answered<Read<'/journal'>> {
    return this.#read('/journal', query, options);
  }

  /** The payments, newest first. */
  payments(query?: Query<Read<'/payments'>>, options?: CallOptions): Answered<Read<'/payments'>> {
    return this.#read('/payments', query, options);
  }

  /** The statement, newest line first. */
  statement(query?: Query<Read<'/statement'>>, options?: CallOptions): Answered<Read<'/statement'>> {
    return this.#read('/statement', query, options);
  }

  /** The purchases, newest first. */
  usages(query?: Query<Read<'/usages'>>, options?: CallOptions): Answered<Read<'/usages'>> {
    return this.#read('/usages', query, options);
  }

  /** What would become of a purchase, by the server itself. Nothing is recorded. */
  preview(body: Body<Command<'/preview'>>, options?: CallOptions): Answered<Command<'/preview'>> {
    return this.#command('/preview', body, options);
  }

  /** To which invoices a payment would go. Nothing is recorded. */
  previewPayment(body: Body<Command<'/payment/preview'>>, options?: CallOptions): Answered<Command<'/payment/preview'>> {
    return this.#command('/payment/preview', body, options);
  }

  /** Asks for a line of credit. */
  request(body: Body<Command<'/request'>>, options?: CommandOptions): Answered<Command<'/request'>> {
    return this.#command('/request', body, options);
  }

  /** Approves a request, with the limit and the term that are given. */
  approve(body: Body<Command<'/approve'>>, options?: CommandOptions): Answered<Command<'/approve'>> {
    return this.#command('/approve', body, options);
  }

  /** Rejects a request. */
  reject(body?: Body<Command<'/reject'>>, options?: CommandOptions): Answered<Command<'/reject'>> {
    return this.#command('/reject', body, options);
  }

  /**
   * Buys an order on credit. With `plan_id` and `plan_hash` of a preview, the plan that was seen is charged, or nothing is.
   *
   * @example
   * const { plan_id, plan_hash } = preview.plans[0];
   * await credit.use({ order_id: 'order_789', amount: '1250.50', plan_id, plan_hash });
   */
  use(body: Body<Command<'/use'>>, options?: CommandOptions): Answered<Command<'/use'>> {
    return this.#command('/use', body, options);
  }

  /**
   * Records a payment, which goes to the invoices that fell due first unless its allocation is given.
   *
   * @example
   * await credit.pay({ payment_reference: 'transfer_4711', amount: '2500.00' });
   */
  pay(body: Body<Command<'/payment'>>, options?: CommandOptions): Answered<Command<'/payment'>> {
    return this.#command('/payment', body, options);
  }

  /** Suspends the account: nothing more is bought on it. */
  suspend(body?: Body<Command<'/suspend'>>, options?: CommandOptions): Answered<Command<'/suspend'>> {
    return this.#command('/suspend', body, options);
  }

  /** Ends a suspension. */
  reactivate(body?: Body<Command<'/reactivate'>>, options?: CommandOptions): Answered<Command<'/reactivate'>> {
    return this.#command('/reactivate', body, options);
  }

  /** Ends the account, on which nothing may be owed or held. */
  cancel(body?: Body<Command<'/cancel'>>, options?: CommandOptions): Answered<Command<'/cancel'>> {
    return this.#command('/cancel', body, options);
  }

  /** Changes the limit. */
  changeLimit(body: Body<Change<'/limit'>>, options?: CommandOptions): Answered<Change<'/limit'>> {
    return this.#change('/limit', body, options);
  }

  /** Changes the tolerance: a fraction, `0.1` is 10 %. */
  changeTolerance(body: Body<Change<'/tolerance'>>, options?: CommandOptions): Answered<Change<'/tolerance'>> {
    return this.#change('/tolerance', body, options);
  }

  #read<T, IsList extends boolean>(path: string, query: object | undefined, options: CallOptions = {}) {
    return this.#connection.call<T, IsList>('GET', CREDIT + path, { path: this.#names(), query }, options);
  }

  #command<T, IsList extends boolean>(path: string, body: unknown, options: CommandOptions = {}) {
    return this.#connection.call<T, IsList>('POST', CREDIT + path, { path: this.#names(), body }, options);
  }

  #change<T, IsList extends boolean>(path: string, body: unknown, options: CommandOptions = {}) {
    return this.#connection.call<T, IsList>('PUT', CREDIT + path, { path: this.#names(), body }, options);
  }

  #names() {
    return { customer_id: this.#customer };
  }
}
