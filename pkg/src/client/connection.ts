// One server as one caller sees it: puts a call together, sends it until it is answered, and reads the envelope.

import createFetchClient from 'openapi-fetch';

import type { Language, Reason } from '../types.js';
import type { ClientAnswer, CommandOptions, Pagination } from './answer.js';
import { newIdempotencyKey } from './idempotencyKey.js';
import { ABORTED, type Message, problem, TOKEN_MISSING, UNREACHABLE, UNREADABLE } from './problems.js';
import { NotSent, type Patience, type Sent, sendPatiently } from './retries.js';

/** What a client is made of. */
export interface ClientOptions {
  /** Where the server is: `https://credito.example`. A page of the server itself may leave it out. */
  baseUrl?: string;
  /** The caller's token, or what gives it: it is asked before each try, and may renew the token meanwhile. */
  token: string | (() => string | Promise<string>);
  /** The organization, where the token does not say it. */
  organization?: string;
  /** The language of the sentences; Spanish if not given. */
  language?: Language;
  /** What sends a request; the global `fetch` if not given. */
  fetch?: (request: Request) => Promise<Response>;
  /** How often a call is repeated that got no answer, or one that passes, such as 503; 4 if not given, 0 for never. */
  retries?: number;
  /** How long one try may take, in milliseconds; 15,000 if not given. */
  timeout?: number;
}

/** How a path is asked. */
export type Method = 'GET' | 'POST' | 'PUT';

/** What a call names: the names in its path, its query, its body. */
export interface Named {
  path?: object | undefined;
  query?: object | undefined;
  body?: unknown;
}

/** One method of openapi-fetch. The document's types stand before this class; within it all operations are alike. */
type Ask = (
  path: string,
  init: { params: object; body: unknown; headers: HeadersInit; fetch: (request: Request) => Promise<Response> },
) => Promise<{ data?: unknown; error?: unknown }>;

/** What asks and changes nothing, although it is sent as commands are. */
const REHEARSAL = /\/preview$/;

/** Refusals that say nothing of whether an earlier try was carried out. */
const NO_DECISION = new Set([401, 403, 408, 428, 429]);

/** The same key is being worked on. */
const IN_PROGRESS = 'CRD-1012';

export class Connection {
  readonly #methods: Record<Method, Ask>;
  readonly #options: ClientOptions;
  readonly #language: Language;
  readonly #patience: Patience;

  constructor(options: ClientOptions) {
    const { baseUrl = '', language = 'es', retries = 4, timeout = 15_000 } = options;
    this.#methods = createFetchClient({ baseUrl }) as unknown as Record<Method, Ask>;
    this.#options = options;
    this.#language = language;
    this.#patience = { retries, timeout };
  }

  /**
   * Calls an operation.
   *
   * @throws TypeError where no request can be made of what is given; nothing is thrown for what a server or a network does.
   */
  async call<T, IsList extends boolean>(
    method: Method,
    path: string,
    { path: names, query, body }: Named,
    { signal, idempotencyKey }: CommandOptions,
  ): Promise<ClientAnswer<T, IsList>> {
    const isCommand = method !== 'GET' && !REHEARSAL.test(path);
    const key = isCommand ? (idempotencyKey ?? newIdempotencyKey()) : undefined;
    const sent: { last?: Sent } = {};
    const fetch = async (request: Request) => {
      sent.last = await sendPatiently((within) => this.#try(request, within), this.#patience, signal);
      if (sent.last.response === undefined) throw sent.last.reason;
      return sent.last.response;
    };
    const init = { params: { path: names, query }, body, headers: this.#headers(key), fetch };
    const read = await this.#methods[method](path, init).catch((reason: unknown) => {
      // What was never sent is a mistake of the program; what cannot be read is not the server's answer.
      if (sent.last === undefined) throw reason;
      return {};
    });
    const answer = this.#answer<T>(sent.last!, read, isCommand, signal);
    return { ...answer, ...(key !== undefined && { idempotencyKey: key }) } as ClientAnswer<T, IsList>;
  }

  #headers(key: string | undefined): Record<string, string> {
    const { organization } = this.#options;
    return {
      'accept-language': this.#language,
      ...(organization !== undefined && { 'x-organization-id': organization }),
      ...(key !== undefined && { 'idempotency-key': key }),
    };
  }

  /** Sends a request once, and reads the answer to its end: a connection can break in the middle of it. */
  async #try(request: Request, signal: AbortSignal): Promise<Response> {
    const attempt = await this.#attempt(request, signal);
    const { fetch = globalThis.fetch } = this.#options;
    const response = await fetch(attempt);
    const { status, statusText, headers } = response;
    const text = await response.text();
    return new Response(text === '' ? null : text, { status, statusText, headers });
  }

  /** A request as it is sent now; that it cannot be made is known before anything has left. */
  async #attempt(request: Request, signal: AbortSignal): Promise<Request> {
    const token = await this.#token();
    try {
      const attempt = new Request(request.clone(), { signal });
      attempt.headers.set('authorization', `Bearer ${token}`);
      return attempt;
    } catch (reason) {
      throw new NotSent('the token is none', { cause: reason });
    }
  }

  async #token(): Promise<string> {
    const { token } = this.#options;
    if (typeof token === 'string') return token;
    try {
      return await token();
    } catch (reason) {
      throw new NotSent('there is no token', { cause: reason });
    }
  }

  #answer<T>(sent: Sent, { data, error }: { data?: unknown; error?: unknown }, isCommand: boolean, signal?: AbortSignal): ClientAnswer<T> {
    const { response } = sent;
    const requestId = response?.headers.get('x-request-id');
    const told = {
      ...(response !== undefined && { httpStatus: response.status }),
      ...(requestId && { requestId }),
    };
    if (isSuccess<T>(data)) {
      const isReplayed = response?.headers.get('idempotency-replayed') === 'true';
      return { ...data, httpStatus: 200, ...told, isReplayed };
    }
    const refusal = isRefusal(error) ? error.error : undefined;
    const said = refusal ?? problem(between(sent, signal), this.#language);
    return { status: 'error', error: said, ...told, isUndecided: isCommand && isUndecided(sent, refusal) };
  }
}

/** What stood between the caller and the server. */
function between({ response, reason }: Sent, signal: AbortSignal | undefined): Message {
  if (response !== undefined) return response.status >= 500 ? UNREACHABLE : UNREADABLE;
  if (signal?.aborted) return ABORTED;
  return reason instanceof NotSent ? TOKEN_MISSING : UNREACHABLE;
}

/** Whether a command may have been carried out, with this refusal of the server or without any. */
function isUndecided({ response, isLost }: Sent, refusal: Reason | undefined): boolean {
  if (response === undefined) return isLost;
  if (refusal === undefined || refusal.code === IN_PROGRESS) return true;
  return isLost && (response.status >= 500 || NO_DECISION.has(response.status));
}

function isSuccess<T>(body: unknown): body is { status: 'success'; data: T; pagination?: Pagination } {
  return isObject(body) && body['status'] === 'success' && 'data' in body;
}

function isRefusal(body: unknown): body is { error: Reason } {
  return isObject(body) && isObject(body['error']) && typeof body['error']['code'] === 'string';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
