// How many of a product: typed, or one more and one less at a time.

import { MOST } from './catalog.js';
import { element } from './dom.js';
import { TEXTS } from './texts.js';

export class QuantityField {
  element;
  error;
  #input;

  /**
   * @param {import('./catalog.js').Product} product
   * @param {() => void} onChange
   */
  constructor({ sku, name, quantity }, onChange) {
    const errorId = `error-${sku}`;
    this.#input = element('input', {
      class: 'quantity-input',
      type: 'number',
      inputmode: 'numeric',
      min: 0,
      max: MOST,
      step: 1,
      value: quantity,
      autocomplete: 'off',
      'aria-label': TEXTS.cart.quantityOf(name),
      'aria-describedby': errorId,
      oninput: () => {
        this.#showError();
        onChange();
      },
    });
    const step = (/** @type {1 | -1} */ change) => {
      this.#input.value = String(Math.min(MOST, Math.max(0, (this.value ?? 0) + change)));
      this.#showError();
      onChange();
    };
    this.element = element(
      'div',
      { class: 'quantity' },
      element('button', { type: 'button', 'aria-label': TEXTS.cart.less(name), onclick: () => step(-1) }, '−'),
      this.#input,
      element('button', { type: 'button', 'aria-label': TEXTS.cart.more(name), onclick: () => step(1) }, '+'),
    );
    const wrong = TEXTS.cart.wrongQuantity(MOST.toLocaleString('es-PA'));
    this.error = element('p', { class: 'field-error', id: errorId, hidden: true }, wrong);
  }

  /** The quantity, or nothing where what is typed is none. */
  get value() {
    const text = this.#input.value;
    const isQuantity = /^\d{1,5}$/.test(text) && Number(text) <= MOST;
    return isQuantity ? Number(text) : undefined;
  }

  get typed() {
    return this.#input.value;
  }

  set typed(text) {
    this.#input.value = text;
    this.#showError();
  }

  #showError() {
    const isWrong = this.value === undefined;
    this.#input.setAttribute('aria-invalid', String(isWrong));
    this.error.hidden = !isWrong;
  }
}
