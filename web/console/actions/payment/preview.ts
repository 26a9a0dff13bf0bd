// What a payment would do, as the server says: asked a moment after the last change, and known only for what is typed
// now.

import type { Answer, Trouble } from '../../api/answer.ts';
import type { PaymentBody, PaymentPreview } from '../../api/payments.ts';

/** How long somebody who types is let type on, in milliseconds. */
const PAUSE = 250;

export type Known =
  | { readonly is: 'nothing' }
  | { readonly is: 'asking' }
  | { readonly is: 'known'; readonly preview: PaymentPreview }
  | { readonly is: 'trouble'; readonly trouble: Trouble };

export class Preview {
  readonly #ask: (body: PaymentBody) => Promise<Answer<PaymentPreview>>;
  readonly #changed: () => void;
  #known: Known = { is: 'nothing' };
  #question = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(ask: (body: PaymentBody) => Promise<Answer<PaymentPreview>>, changed: () => void) {
    this.#ask = ask;
    this.#changed = changed;
  }

  get known(): Known {
    return this.#known;
  }

  /** Is about this payment from now on; about none where what is typed is none. */
  follow(body: PaymentBody | undefined): void {
    const question = body === undefined ? '' : JSON.stringify(body);
    if (question === this.#question) return;
    this.#question = question;
    clearTimeout(this.#timer);
    this.#known = { is: body === undefined ? 'nothing' : 'asking' };
    if (body !== undefined) this.#timer = setTimeout(() => void this.#find(body, question), PAUSE);
  }

  /** Asks the same again. */
  readonly retry = (body: PaymentBody): void => {
    this.#known = { is: 'asking' };
    this.#changed();
    void this.#find(body, this.#question);
  };

  async #find(body: PaymentBody, question: string): Promise<void> {
    const answer = await this.#ask(body);
    if (question !== this.#question) return;
    this.#known =
      answer.kind === 'success' ? { is: 'known', preview: answer.data } : { is: 'trouble', trouble: answer };
    this.#changed();
  }
}
