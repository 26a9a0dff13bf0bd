// When the token is about to end. It ends by the server's clock, so only the difference between two of the server's
// moments counts; the clock of this computer may be wrong.

import type { Session } from '../api/session.ts';

/** How long before its end one is told, in milliseconds. */
const WARNING = 120_000;

/** A browser's timers cannot wait longer, in milliseconds. */
const LONGEST_WAIT = 2 ** 31 - 1;

export class Ending {
  readonly #changed: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isNear = false;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get isNear(): boolean {
    return this.#isNear;
  }

  /** Looks after this session from now on. */
  watch({ expiresAt, clock }: Session): void {
    this.close();
    this.#isNear = false;
    if (expiresAt === undefined) return;
    const wait = Date.parse(expiresAt) - Date.parse(clock) - WARNING;
    if (wait < LONGEST_WAIT) this.#timer = setTimeout(() => this.#near(), Math.max(0, wait));
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #near(): void {
    this.#isNear = true;
    this.#changed();
  }
}
