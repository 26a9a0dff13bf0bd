// An amount of money that is typed.

import { element } from './dom.js';
import { fromTyped, toTyped } from './money.js';
import { TEXTS } from './texts.js';

export class AmountField {
  element;
  error;
  #input;
  #currency;

  /**
   * @param {{id: string, label: string, currency: string, amount: bigint}} field
   * @param {() => void} onChange
   */
  constructor({ id, label, currency, amount }, onChange) {
    const errorId = `error-${id}`;
    this.#currency = currency;
    this.#input = element('input', {
      class: 'amount-input',
      type: 'text',
      inputmode: 'decimal',
      value: toTyped(amount, currency),
      autocomplete: 'off',
      'aria-label': label,
      'aria-describedby': errorId,
      oninput: () => {
        this.#showError();
        onChange();
      },
      // Emptied is zero; the field says so when it is left.
      onblur: () => {
        if (this.#input.value.trim() === '') this.#input.value = toTyped(0n, currency);
      },
    });
    this.element = element('div', { class: 'amount-field' }, this.#input);
    const example = toTyped(fromTyped('1250', currency) ?? 0n, currency);
    this.error = element('p', { class: 'field-error', id: errorId, hidden: true }, TEXTS.cart.wrongFreight(example));
  }

  /** The amount, or nothing where what is typed is none. */
  get value() {
    const text = this.#input.value.trim();
    return text === '' ? 0n : fromTyped(text, this.#currency);
  }

  /** @param {bigint | undefined} amount */
  set value(amount) {
    this.typed = toTyped(amount ?? 0n, this.#currency);
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
