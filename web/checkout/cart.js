// What is bought: products with editable quantities, and a freight that is agreed on. Totals are integers.

import { AmountField } from './amountField.js';
import { FREIGHT, PRODUCTS, listPrice } from './catalog.js';
import { element } from './dom.js';
import { format } from './money.js';
import { QuantityField } from './quantityField.js';
import { TEXTS } from './texts.js';

/** @typedef {{goods: bigint, freight: bigint, total: bigint}} Totals */

export class Cart {
  element;
  #currency;
  #rows;
  #freight;
  #freightAmount = element('p', { class: 'row-amount figure' });
  #fields;

  /**
   * @param {string} currency
   * @param {() => void} onChange
   */
  constructor(currency, onChange) {
    this.#currency = currency;
    const changed = () => {
      this.#showAmounts();
      onChange();
    };
    this.#rows = PRODUCTS.map((product) => new Row(product, currency, changed));
    this.#freight = new AmountField(
      { id: 'freight', label: TEXTS.cart.freightLabel, currency, amount: listPrice(FREIGHT, currency) },
      changed,
    );
    this.#fields = element(
      'fieldset',
      { class: 'cart-fields' },
      element(
        'ul',
        { class: 'cart-rows' },
        ...this.#rows.map((row) => row.element),
        freightRow(this.#freight, this.#freightAmount),
      ),
    );
    this.element = element(
      'section',
      { class: 'card cart', 'aria-labelledby': 'cart-title' },
      element('h2', { id: 'cart-title' }, TEXTS.cart.title),
      header(),
      this.#fields,
      element('p', { class: 'fineprint' }, TEXTS.cart.taxes),
    );
    this.#showAmounts();
  }

  get currency() {
    return this.#currency;
  }

  /**
   * What is typed, to be kept over a reload.
   *
   * @returns {{quantities: Record<string, string>, freight: string}}
   */
  get contents() {
    return {
      quantities: Object.fromEntries(this.#rows.map((row) => [row.sku, row.typed])),
      freight: this.#freight.typed,
    };
  }

  set contents({ quantities, freight }) {
    for (const row of this.#rows) row.typed = quantities[row.sku] ?? row.typed;
    this.#freight.typed = freight;
    this.#showAmounts();
  }

  /**
   * What it costs, or nothing while a field holds something else than a figure.
   *
   * @returns {Totals | undefined}
   */
  totals() {
    const amounts = this.#rows.map((row) => row.amount);
    const freight = this.#freight.value;
    if (freight === undefined) return undefined;
    let goods = 0n;
    for (const amount of amounts) {
      if (amount === undefined) return undefined;
      goods += amount;
    }
    return { goods, freight, total: goods + freight };
  }

  /**
   * Makes the order no larger than an amount: the freight first, as far as it goes, then every quantity alike.
   *
   * @param {bigint} most
   */
  shrinkTo(most) {
    const totals = this.totals();
    if (totals === undefined || totals.total <= most) return;
    const { goods } = totals;
    if (goods > most) for (const row of this.#rows) row.scale(most, goods);
    this.#freight.value = goods > most ? 0n : most - goods;
    this.#showAmounts();
  }

  /**
   * While an order is under way it may not become another one.
   *
   * @param {boolean} isFrozen
   */
  freeze(isFrozen) {
    this.#fields.disabled = isFrozen;
  }

  #showAmounts() {
    for (const row of this.#rows) row.show();
    showAmount(this.#freightAmount, this.#freight.value, this.#currency);
  }
}

class Row {
  element;
  sku;
  #price;
  #currency;
  #quantity;
  #amount;

  /**
   * @param {import('./catalog.js').Product} product
   * @param {string} currency
   * @param {() => void} onChange
   */
  constructor(product, currency, onChange) {
    this.sku = product.sku;
    this.#price = listPrice(product.price, currency);
    this.#currency = currency;
    this.#quantity = new QuantityField(product, onChange);
    this.#amount = element('p', { class: 'row-amount figure' });
    this.element = element(
      'li',
      { class: 'cart-row' },
      element(
        'div',
        { class: 'row-name' },
        element('p', { class: 'product' }, product.name),
        element('p', { class: 'detail' }, `${product.unit} · ${product.sku}`),
      ),
      element('p', { class: 'row-price figure' }, format(this.#price, currency)),
      this.#quantity.element,
      this.#amount,
      this.#quantity.error,
    );
  }

  /** @returns {bigint | undefined} */
  get amount() {
    const quantity = this.#quantity.value;
    return quantity === undefined ? undefined : this.#price * BigInt(quantity);
  }

  /**
   * So much of it as `part` is of `whole`, and no more.
   *
   * @param {bigint} part
   * @param {bigint} whole
   */
  scale(part, whole) {
    this.typed = String((BigInt(this.#quantity.value ?? 0) * part) / whole);
  }

  get typed() {
    return this.#quantity.typed;
  }

  set typed(text) {
    this.#quantity.typed = text;
  }

  show() {
    showAmount(this.#amount, this.amount, this.#currency);
  }
}

/**
 * @param {Element} place
 * @param {bigint | undefined} amount
 * @param {string} currency
 */
function showAmount(place, amount, currency) {
  place.textContent = amount === undefined ? '—' : format(amount, currency);
}

/**
 * @param {AmountField} field
 * @param {Element} amount
 */
function freightRow(field, amount) {
  return element(
    'li',
    { class: 'cart-row freight-row' },
    element(
      'div',
      { class: 'row-name' },
      element('p', { class: 'product' }, TEXTS.cart.freight),
      element('p', { class: 'detail' }, TEXTS.cart.freightDetail),
    ),
    field.element,
    amount,
    field.error,
  );
}

/** The columns' names, for the eye; each field says by itself what it is. */
function header() {
  const { product, price, quantity, amount } = TEXTS.cart;
  const names = [product, price, quantity, amount].map((name) => element('span', {}, name));
  return element('div', { class: 'cart-header', 'aria-hidden': 'true' }, ...names);
}
