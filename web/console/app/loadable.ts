// Something the server knows. While it is asked again, and where it cannot be, what was known before stays.

import type { Answer, Trouble } from '../api/answer.ts';

export class Loadable<T> {
  readonly #ask: () => Promise<Answer<T>>;
  readonly #changed: () => void;
  #value: T | undefined;
  #trouble: Trouble | undefined;
  #asked = 0;
  #answered = 0;

  constructor(ask: () => Promise<Answer<T>>, changed: () => void) {
    this.#ask = ask;
    this.#changed = changed;
  }

  get value(): T | undefined {
    return this.#value;
  }

  /** Why the last question was not answered with a value. */
  get trouble(): Trouble | undefined {
    return this.#trouble;
  }

  get isLoading(): boolean {
    return this.#answered < this.#asked;
  }

  /** Asks, and keeps the answer unless a later question was asked meanwhile. */
  async load(): Promise<void> {
    this.#asked += 1;
    const question = this.#asked;
    this.#changed();
    const answer = await this.#ask();
    if (question !== this.#asked) return;
    this.#answered = question;
    this.#trouble = answer.kind === 'success' ? undefined : answer;
    if (answer.kind === 'success') this.#value = answer.data;
    this.#changed();
  }

  /** Asks if that was never done. */
  loadOnce(): void {
    if (this.#asked === 0) void this.load();
  }

  /** Asks again if that was ever done. */
  reload(): void {
    if (this.#asked > 0) void this.load();
  }
}
