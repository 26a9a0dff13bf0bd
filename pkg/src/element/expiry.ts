// When the figures become too old: at the moment the snapshot says, or as soon as the page is looked at again, because
// timers of a hidden page are late.

/** The longest a timer can wait. */
const LONGEST = 2 ** 31 - 1;

export class Expiry {
  readonly #check: () => void;
  readonly #looked = () => {
    if (!document.hidden) this.#check();
  };
  #timer: ReturnType<typeof setTimeout> | undefined;
  #moment: string | undefined;

  constructor(check: () => void) {
    this.#check = check;
  }

  /** Watches for a moment, UTC; `now` is what the shop's clock says in milliseconds since 1970. */
  watch(moment: string, now: number): void {
    if (moment === this.#moment) return;
    this.stop();
    this.#moment = moment;
    const wait = Math.max(0, Date.parse(moment) - now) + 1;
    this.#timer = setTimeout(this.#check, Math.min(wait, LONGEST));
    document.addEventListener('visibilitychange', this.#looked);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#moment = undefined;
    document.removeEventListener('visibilitychange', this.#looked);
  }
}
