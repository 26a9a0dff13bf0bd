// What comes of a request. It succeeds, is refused with a problem, or stays unanswered: then nobody here knows whether
// it was carried out, and only the same request again can tell.

import { Fields } from './fields.ts';

/** Something wrong with one field of what was sent. */
export interface FieldProblem {
  readonly field: string;
  readonly message: string;
}

/** Why the server said no. */
export interface Problem {
  /** Stable: `CRD-2003`. */
  readonly code: string;
  /** The same in words: `CREDIT_NOT_AVAILABLE`. */
  readonly type: string;
  /** The server's sentence, with its figures and what would make it pass. */
  readonly message: string;
  /** The wrong fields, where that is the problem. */
  readonly fields: readonly FieldProblem[];
  /** To ask the server's operator about. */
  readonly requestId: string | undefined;
}

/** Why there is no answer: no connection, a server that cannot answer now, or an answer nobody can read. */
export type Silence = 'offline' | 'busy' | 'unreadable';

export type Refused = { readonly kind: 'refused'; readonly status: number; readonly problem: Problem };
export type Unanswered = { readonly kind: 'unanswered'; readonly silence: Silence; readonly problem?: Problem };
export type Trouble = Refused | Unanswered;
export type Answer<T> = { readonly kind: 'success'; readonly data: T } | Trouble;

/** Whether the credential was not accepted. */
export function isUnauthorized(answer: Answer<unknown>): boolean {
  return answer.kind === 'refused' && answer.status === 401;
}

/** The problem of the server's envelope. */
export function readProblem(envelope: unknown): Problem {
  const fields = new Fields(envelope, '');
  return { ...fields.object('error', readError), requestId: fields.optionalText('requestId') };
}

function readError(error: Fields): Omit<Problem, 'requestId'> {
  return {
    code: error.text('code'),
    type: error.text('type'),
    message: error.text('message'),
    fields: error.object(
      'details',
      (details) => details.optional('fields', (name) => details.list(name, readField)) ?? [],
    ),
  };
}

function readField(field: Fields): FieldProblem {
  return { field: field.text('field'), message: field.text('message') };
}
