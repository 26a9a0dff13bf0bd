// Requests and their answers, whatever they are about.

import { isUnauthorized, readProblem, type Answer } from './answer.ts';
import { Fields, Unreadable, type Reader } from './fields.ts';

/** How long an answer is waited for, in milliseconds. */
const PATIENCE = 15_000;

/** The same key is being worked on: asking again gets its answer. */
const IN_PROGRESS = 'CRD-1012';

/** Something that changes the books. */
export interface Command<Result> {
  readonly method: 'POST' | 'PUT';
  /** Below the account: `/approve`. */
  readonly path: string;
  readonly body: object;
  readonly read: Reader<Result>;
}

/** Whoever knows the token, and how to come by another. */
export interface Credential {
  token(): string;
  /** Asks for a token in force; whether there is one now. */
  renew(): Promise<boolean>;
}

/** A page of a list, and the marks of the pages beside it. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | undefined;
  readonly previous: string | undefined;
}

export class Connection {
  readonly #credential: Credential;
  readonly #currency: string;

  /** @param currency of every amount in the answers */
  constructor(credential: Credential, currency: string) {
    this.#credential = credential;
    this.#currency = currency;
  }

  /** Reads one thing. */
  async get<T>(path: string, read: Reader<T>): Promise<Answer<T>> {
    return this.#again(() => this.#send('GET', path, (envelope) => envelope.object('data', read)));
  }

  /** Reads a page of a list. */
  async list<T>(path: string, read: Reader<T>): Promise<Answer<Page<T>>> {
    return this.#again(() => this.#send('GET', path, (envelope) => readPage(envelope, read)));
  }

  /** Asks something with a body that changes nothing. */
  async rehearse<T>(path: string, body: object, read: Reader<T>): Promise<Answer<T>> {
    return this.#again(() => this.#send('POST', path, (envelope) => envelope.object('data', read), { body }));
  }

  /**
   * Sends a command under a key. Where the token has ended, another is asked for, but the command is not sent by
   * itself again: who signs in anew shall see first what they confirm.
   */
  async command<T>(path: string, command: Command<T>, key: string): Promise<Answer<T>> {
    const { method, body, read } = command;
    const token = this.#credential.token();
    const answer = await this.#send(method, path, (envelope) => envelope.object('data', read), { body, key });
    if (isUnauthorized(answer)) await this.#isAnother(token);
    return answer;
  }

  /** A question whose token has ended is asked once more with the next one. */
  async #again<T>(ask: () => Promise<Answer<T>>): Promise<Answer<T>> {
    const token = this.#credential.token();
    const answer = await ask();
    return isUnauthorized(answer) && (await this.#isAnother(token)) ? ask() : answer;
  }

  /** Whether there is another token than this one; the first of several questions that need it asks for it. */
  async #isAnother(token: string): Promise<boolean> {
    return token !== this.#credential.token() || this.#credential.renew();
  }

  async #send<T>(method: string, path: string, read: Reader<T>, sent: Sent = {}): Promise<Answer<T>> {
    try {
      const response = await fetch(`/api/v1${path}`, request(method, this.#credential.token(), sent));
      const envelope: unknown = await response.json();
      return response.ok
        ? { kind: 'success', data: read(new Fields(envelope, this.#currency)) }
        : refusal(response.status, envelope);
    } catch (error) {
      // No connection, no patience, or an answer of something that stands before the server.
      return {
        kind: 'unanswered',
        silence: error instanceof Unreadable || error instanceof SyntaxError ? 'unreadable' : 'offline',
      };
    }
  }
}

interface Sent {
  readonly body?: object;
  readonly key?: string;
}

function request(method: string, token: string, { body, key }: Sent): RequestInit {
  const headers = new Headers({ authorization: `Bearer ${token}`, 'accept-language': 'es' });
  if (key !== undefined) headers.set('idempotency-key', key);
  const plain: RequestInit = { method, headers, cache: 'no-store', signal: AbortSignal.timeout(PATIENCE) };
  if (body === undefined) return plain;
  headers.set('content-type', 'application/json');
  return { ...plain, body: JSON.stringify(body) };
}

function refusal(status: number, envelope: unknown): Answer<never> {
  const problem = readProblem(envelope);
  const isUndecided = status >= 500 || status === 429 || problem.code === IN_PROGRESS;
  return isUndecided ? { kind: 'unanswered', silence: 'busy', problem } : { kind: 'refused', status, problem };
}

function readPage<T>(envelope: Fields, read: Reader<T>): Page<T> {
  const marks = envelope.object('pagination', (pagination) => ({
    next: pagination.optionalText('next_cursor'),
    previous: pagination.optionalText('previous_cursor'),
  }));
  return { items: envelope.list('data', read), ...marks };
}
