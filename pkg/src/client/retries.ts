// Trying again. Everything the client sends can be repeated: a question changes nothing, and a command has its key.
// How often, and how long it is waited for, is bounded; the caller's signal ends it at any moment.

/** How a call is repeated. */
export interface Patience {
  /** How many times after the first. */
  retries: number;
  /** How long one try may take, in milliseconds. */
  timeout: number;
}

/** Why a request did not leave at all; another try would not help. */
export class NotSent extends Error {}

/** How a try ended: answered, or why not. */
interface Try {
  response?: Response;
  reason?: unknown;
}

/** How a call ended. */
export interface Sent extends Try {
  /** Whether one of its tries may have reached the server without its answer coming back. */
  isLost: boolean;
}

/** The longest that a timer of JavaScript waits, in milliseconds; a longer one would end at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** Answers of a server, or of what stands before it, that another try may change. */
const PASSING = new Set([408, 429, 502, 503, 504]);

/** The first wait in milliseconds; each next one is twice as long, and none is longer than the longest. */
const FIRST_WAIT = 200;
const LONGEST_WAIT = 5_000;
/** A server that asks for more than this is not waited for, in milliseconds. */
const LONGEST_ASKED = 30_000;

/**
 * Sends a request until it is answered for good. `send` makes and sends it anew, within the signal it is given, and reads
 * the whole answer. Nothing is thrown.
 */
export async function sendPatiently(
  send: (signal: AbortSignal) => Promise<Response>,
  { retries, timeout }: Patience,
  signal: AbortSignal | undefined,
): Promise<Sent> {
  let isLost = false;
  for (let retry = 0; ; retry += 1) {
    if (signal?.aborted) return { reason: signal.reason, isLost };
    const tried = await sendOnce(send, timeout, signal);
    isLost ||= isWithoutAnswer(tried);
    const wait = waitBefore(tried, retry);
    if (retry >= retries || wait === undefined) return { ...tried, isLost };
    await pause(wait, signal);
  }
}

async function sendOnce(
  send: (signal: AbortSignal) => Promise<Response>,
  timeout: number,
  signal: AbortSignal | undefined,
): Promise<Try> {
  // `AbortSignal.any` is younger than the browsers that shops must still serve.
  const controller = new AbortController();
  const abort = () => controller.abort(signal?.reason);
  const timer = setTimeout(() => controller.abort(new DOMException('no answer in time', 'TimeoutError')), Math.min(timeout, LONGEST_TIMER));
  signal?.addEventListener('abort', abort);
  try {
    return { response: await send(controller.signal) };
  } catch (reason) {
    return { reason };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}

/** What failed inside a server may have been carried out before it failed. */
function isWithoutAnswer({ response, reason }: Try): boolean {
  return response === undefined ? !(reason instanceof NotSent) : response.status >= 500;
}

/** In how many milliseconds it is worth trying again; nothing where it is not. */
function waitBefore({ response, reason }: Try, retry: number): number | undefined {
  if (reason instanceof NotSent) return undefined;
  const doubled = Math.min(FIRST_WAIT * 2 ** retry, LONGEST_WAIT);
  // Clients that failed together should not come back together.
  const jittered = doubled * (0.5 + Math.random() / 2);
  if (response === undefined) return jittered;

  const asked = askedWait(response.headers.get('retry-after'));
  // The server says of a 409 that passes by itself when to come back: the same key is being worked on.
  const isPassing = PASSING.has(response.status) || (response.status === 409 && asked !== undefined);
  if (!isPassing || (asked ?? 0) > LONGEST_ASKED) return undefined;
  return Math.max(asked ?? 0, jittered);
}

/** `Retry-After` in milliseconds: seconds, or a moment (RFC 9110, section 10.2.3). */
function askedWait(header: string | null): number | undefined {
  if (header === null || header.trim() === '') return undefined;
  const seconds = Number(header);
  const milliseconds = Number.isNaN(seconds) ? Date.parse(header) - Date.now() : seconds * 1_000;
  return Number.isNaN(milliseconds) ? undefined : Math.max(milliseconds, 0);
}

/** Waits, unless the signal ends it. */
function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal?.addEventListener('abort', end);
  });
}
