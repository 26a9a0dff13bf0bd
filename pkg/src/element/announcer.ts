// What a screen reader says of the verdict: once somebody has stopped typing, and only when it is another.

/** Long enough for the next keystroke to come first. */
const CALM = 700;

export class Announcer {
  readonly #say: (sentence: string) => void;
  #pending: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(say: (sentence: string) => void) {
    this.#say = say;
  }

  /** Says it when nothing else is to be said for a while; an empty sentence is silence. */
  announce(sentence: string): void {
    if (sentence === this.#pending) return;
    this.stop();
    this.#pending = sentence;
    this.#timer = setTimeout(() => this.#say(sentence), CALM);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#pending = undefined;
  }
}
