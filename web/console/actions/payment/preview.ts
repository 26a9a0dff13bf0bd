// What a payment would do, known only for what is typed now: where it would go at once, as the engine in the page says, and
// all of it as the server says, which is asked a moment after the last change.

import type { Answer, Trouble } from '../../api/answer.ts';
import type { PaymentBody, PaymentPreview } from '../../api/payments.ts';
import type { Allocation } from './allocation.ts';

/** How long somebody who types is let type on, in milliseconds. */
const PAUSE = 250;

export type Known =
  | { readonly is: 'nothing' }
  /** The server is asked; perhaps it is known already where the payment would go. */
  | { readonly is: 'asking'; readonly allocation: Allocation | undefined }
  | { readonly is: 'known'; readonly preview: PaymentPreview }
  | { readonly is: 'trouble'; readonly trouble: Trouble };

export class Preview {
  readonly #ask: (body: PaymentBody) => Promise<Answer<PaymentPreview>>;
  readonly #allocate: (body: PaymentBody) => Allocation | undefined;
  readonly #changed: () => void;
  #known: Known = { is: 'nothing' };
  #question = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    ask: (body: PaymentBody) => Promise<Answer<PaymentPreview>>,
    allocate: (body: PaymentBody) => Allocation | undefined,
    changed: () => void,
  ) {
    this.#ask = ask;
    this.#allocate = allocate;
    this.#changed = changed;
  }

  get known(): Known {
    return this.#known;
  }

  /** Is about this payment from now on; about none where what is typed is none. */
  follow(body: PaymentBody | undefined): void {
    const question = body === undefined ? '' : JSON.stringify(body);
    if (question === this.#question) {
      // The engine, or the invoices, may have come since.
      if (body !== undefined && this.#known.is === 'asking') this.#known = this.#asking(body);
      return;
    }
    this.#question = question;
    clearTimeout(this.#timer);
    this.#known = body === undefined ? { is: 'nothing' } : this.#asking(body);
    if (body !== undefined) this.#timer = setTimeout(() => void this.#find(body, question), PAUSE);
  }

  /** Asks the same again. */
  readonly retry = (body: PaymentBody): void => {
    this.#known = this.#asking(body);
    this.#changed();
    void this.#find(body, this.#question);
  };

  #asking(body: PaymentBody): Known {
    return { is: 'asking', allocation: this.#allocate(body) };
  }

  async #find(body: PaymentBody, question: string): Promise<void> {
    const answer = await this.#ask(body);
    if (question !== this.#question) return;
    this.#known =
      answer.kind === 'success' ? { is: 'known', preview: answer.data } : { is: 'trouble', trouble: answer };
    this.#changed();
  }
}
