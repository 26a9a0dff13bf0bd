// A line of credit for a page: the snapshot it is made of, when that is fetched, and who is told.

import { ask, type Asked } from './asked.js';
import { inBoth, said } from './explained.js';
import { problem } from './problem.js';
import { FAILED, NO_SOURCE, NOT_LOADED, PENDING } from './snapshotProblems.js';
import type {
  Answer,
  Availability,
  Cart,
  Explained,
  Language,
  MoneyInput,
  Operation,
  Plan,
  Preview,
  Snapshot,
  SnapshotSource,
  WouldPass,
} from './types.js';

/** A line of credit to be asked with every keystroke. Nothing is ever thrown. */
export interface Credit {
  /** What it was made of, once it is there. */
  readonly snapshot: Snapshot | undefined;

  /**
   * What would become of a cart. The figures are there at once; `reasons`, `plan`, `installments`, `plans` and
   * `would_pass`, and the ids and hashes of plans, are made when they are first looked at.
   *
   * @example
   * const answer = credit.preview({ amount: 1250.5, now: new Date().toISOString() });
   * if (answer.status === 'success') show(answer.data.verdict, answer.data.plans);
   */
  preview(cart: Cart): Answer<Preview>;

  /** Every plan that is offered for an amount in units of currency: `1250.5` or `'1250.50'`. */
  plans(amount: MoneyInput): Answer<Plan[]>;

  /** What would make a cart pass: the largest amount, the smallest prepayment, the cheapest plan, the earliest date. */
  whatWouldPass(cart: Cart): Answer<WouldPass>;

  /**
   * What the line has left, whatever is bought.
   *
   * @param now milliseconds since 1970 (`Date.now()`): an expired snapshot is then refused. When it was taken, if not given.
   */
  availability(now?: number): Answer<Availability>;

  /**
   * Reads a body as the server would, before it is sent: the same codes, sentences and fields. The engine that does it is
   * loaded when it is first asked.
   *
   * @param operation the last word of the address the body is for; a purchase if not given.
   *
   * @example
   * const answer = await credit.validateRequest({ order_id: 'order_789', amount: '1250.50' });
   * if (answer.status === 'error') show(answer.error.details.fields);
   */
  validateRequest(body: unknown, operation?: Operation, language?: Language): Promise<Answer<null>>;

  /**
   * Fetches the snapshot again, as of now, and tells whoever listens: call it after a purchase. What is asked meanwhile is
   * answered by the one that was there, and a snapshot that is older than it is not taken.
   */
  refresh(): Promise<Answer<Snapshot>>;

  /** Takes a newer snapshot, such as one that came with an answer, and tells whoever listens. */
  update(snapshot: Snapshot): void;

  /**
   * Calls back whenever another snapshot is there, or could not be fetched. As long as anybody listens, a snapshot whose
   * time has come is fetched again by itself.
   *
   * @returns what ends it.
   */
  subscribe(listener: Listener): () => void;

  /** Ends it: nobody is told any more, nothing is fetched by itself, and its memory is given back. */
  end(): void;
}

/** Who is told of another snapshot, or why there is none. */
export type Listener = (answer: Answer<Snapshot>) => void;

/** What a line of credit is made of: a snapshot, or what fetches one. */
export type Given = { snapshot: Snapshot; fetch?: SnapshotSource } | { snapshot?: Snapshot; fetch: SnapshotSource };

/** The longest that a timer of JavaScript waits, in milliseconds. */
const LONGEST_WAIT = 2 ** 31 - 1;
/** How long is waited after a snapshot that could not be fetched, or came too old, in milliseconds. */
const PAUSE = 30_000;

/**
 * A line of credit for a page, from what `GET /api/v1/customers/{id}/credit/snapshot` answers in `data`: the snapshot, or
 * what fetches it, which is then called at once.
 *
 * @example
 * const credit = createCredit({ snapshot: (await answer.json()).data });
 * credit.plans(1250.5);
 *
 * @example
 * const credit = createCredit({ fetch: snapshotFrom(client, 'cust_456') });
 * credit.subscribe(() => show(credit.availability()));
 */
export function createCredit(given: Given): Credit {
  const source = given?.fetch;
  const listeners = new Set<{ listener: Listener }>();
  let asked: Asked | undefined;
  let trouble: Explained | undefined;
  let pending: Promise<Answer<Snapshot>> | undefined;
  /** The fetch after the pending one, for all who ask for it. */
  let following: Promise<Answer<Snapshot>> | undefined;
  let isJustSent = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let fetchedAt = -Infinity;

  const take = (next: Asked): void => {
    asked?.end();
    asked = next;
    trouble = undefined;
  };
  const tell = (answer: Answer<Snapshot>): void => {
    wait();
    for (const { listener } of [...listeners]) {
      try {
        listener(answer);
      } catch (error) {
        // It is its page's error, and nobody else's: the others are told all the same.
        setTimeout(() => {
          throw error;
        });
      }
    }
  };
  /** Fetches again when the snapshot's time comes, as long as anybody listens. */
  const wait = (): void => {
    clearTimeout(timer);
    if (source === undefined || listeners.size === 0) return;
    const left = Date.parse(asked?.snapshot?.valid_until ?? '') - Date.now();
    const delay = Math.max(Number.isNaN(left) ? 0 : left, fetchedAt + PAUSE - Date.now(), 0);
    timer = setTimeout(() => void refresh(), Math.min(delay, LONGEST_WAIT));
    // Node would not end before it; in a page it is a number, and nothing waits for it.
    (timer as { unref?(): void }).unref?.();
  };
  const fetchOnce = async (): Promise<Answer<Snapshot>> => {
    fetchedAt = Date.now();
    const answer = received(await snapshotOf(source));
    pending = undefined;
    tell(answer);
    return answer;
  };
  /** Takes what was fetched, if it can be read and nothing newer has come meanwhile. */
  const received = (answer: Answer<Snapshot>): Answer<Snapshot> => {
    if (answer.status === 'error') {
      trouble = answer.error;
      return answer;
    }
    if (asked !== undefined && isOlder(answer.data, asked.snapshot)) return { status: 'success', data: asked.snapshot };
    const next = ask(answer.data);
    const read = next.availability();
    if (read.status === 'success') {
      take(next);
      return answer;
    }
    next.end();
    trouble = read.error;
    return { status: 'error', error: read.error };
  };
  const refresh = (): Promise<Answer<Snapshot>> => {
    if (pending !== undefined && !isJustSent) {
      // What is under way may be of before whatever it is asked for.
      following ??= pending.then(() => {
        following = undefined;
        return refresh();
      });
      return following;
    }
    if (pending === undefined) {
      isJustSent = true;
      queueMicrotask(() => (isJustSent = false));
      pending = fetchOnce();
    }
    return pending;
  };

  if (given?.snapshot !== undefined || source === undefined) take(ask(given?.snapshot as Snapshot));
  else void refresh();

  /** What is told of a line; that there is none yet, or why there is none. */
  const of = <T>(language: Language | undefined, tell: (asked: Asked) => Answer<T>): Answer<T> => {
    if (asked !== undefined) return tell(asked);
    return { status: 'error', error: trouble === undefined ? problem(PENDING, language) : said(trouble, language) };
  };
  return {
    get snapshot() {
      return asked?.snapshot;
    },
    preview: (cart) => of(cart?.language, (asked) => asked.preview(cart)),
    plans: (amount) => of(undefined, (asked) => asked.plans(amount)),
    whatWouldPass: (cart) => of(cart?.language, (asked) => asked.whatWouldPass(cart)),
    availability: (now) => of(undefined, (asked) => asked.availability(now)),
    async validateRequest(body, operation = 'use', language) {
      const line = of(language, (asked) => asked.availability());
      if (line.status === 'error') return line;
      const { currency, today } = asked!.snapshot;
      try {
        const { validate } = await import('./forms.js');
        return validate(body, { operation, currency, today }, language);
      } catch (error) {
        return { status: 'error', error: problem(NOT_LOADED, language, { cause: String(error) }) };
      }
    },
    refresh,
    update(snapshot) {
      take(ask(snapshot));
      tell({ status: 'success', data: snapshot });
    },
    subscribe(listener) {
      const subscribed = { listener };
      listeners.add(subscribed);
      wait();
      return () => {
        listeners.delete(subscribed);
        wait();
      };
    },
    end() {
      listeners.clear();
      wait();
      asked?.end();
    },
  };
}

/** Whether a snapshot is of before another of the same line. */
function isOlder(one: Snapshot, other: Snapshot): boolean {
  if (one?.version !== other?.version) return one?.version < other?.version;
  return Date.parse(one?.taken_at) < Date.parse(other?.taken_at);
}

/** What a source gives, whichever way it gives it. */
async function snapshotOf(source: SnapshotSource | undefined): Promise<Answer<Snapshot>> {
  if (source === undefined) return { status: 'error', error: problem(NO_SOURCE) };
  try {
    const given = await source();
    if (!isAnswer(given)) return { status: 'success', data: given };
    if (given.status === 'success') return { status: 'success', data: given.data };
    return { status: 'error', error: inBoth(given.error, () => undefined) };
  } catch (error) {
    return { status: 'error', error: problem(FAILED, 'es', { cause: String(error) }) };
  }
}

type Fetched = Awaited<ReturnType<SnapshotSource>>;

/** A snapshot has a status as well, which is neither of these. */
function isAnswer(given: Fetched): given is Exclude<Fetched, Snapshot> {
  return given?.status === 'success' || given?.status === 'error';
}
