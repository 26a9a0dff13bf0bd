// The form for who came without a token, or with one that no longer holds.

import { element } from './dom.js';
import { notice } from './notice.js';
import { TEXTS } from './texts.js';

const { signIn } = TEXTS;

/**
 * @param {object} form
 * @param {import('./session.js').Session} form.session what is known already
 * @param {import('./notice.js').Notice} [form.trouble]
 * @param {(session: import('./session.js').Session) => void} form.onSubmit
 */
export function signInPage({ session, trouble, onSubmit }) {
  const customer = new Field({ id: 'customer', type: 'text', label: signIn.customer, hint: signIn.customerHint });
  const token = new Field({ id: 'token', type: 'password', label: signIn.token, hint: signIn.tokenHint });
  customer.input.value = session.customer;
  token.input.value = session.token;
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    const given = { customer: customer.input.value.trim(), token: token.input.value.trim() };
    customer.showError(given.customer === '' ? signIn.missingCustomer : '');
    token.showError(given.token === '' ? signIn.missingToken : '');
    const missing = [customer, token].find((field) => field.isWrong);
    if (missing === undefined) onSubmit(given);
    else missing.input.focus();
  };
  return element(
    'main',
    { class: 'page page-narrow' },
    element(
      'form',
      { class: 'card sign-in', novalidate: true, onsubmit: submit },
      element('h1', {}, signIn.title),
      element('p', { class: 'lead' }, signIn.lead),
      trouble === undefined ? undefined : notice(trouble),
      customer.element,
      token.element,
      element('button', { type: 'submit', class: 'button button-primary' }, signIn.submit),
    ),
  );
}

class Field {
  element;
  input;
  #error;

  /** @param {{id: string, type: string, label: string, hint: string}} field */
  constructor({ id, type, label, hint }) {
    this.input = element('input', {
      id,
      type,
      class: 'text-input',
      autocomplete: 'off',
      autocapitalize: 'none',
      spellcheck: 'false',
      'aria-describedby': `${id}-hint ${id}-error`,
    });
    this.#error = element('p', { class: 'field-error', id: `${id}-error`, hidden: true });
    this.element = element(
      'div',
      { class: 'field' },
      element('label', { for: id }, label),
      this.input,
      element('p', { class: 'detail', id: `${id}-hint` }, hint),
      this.#error,
    );
  }

  get isWrong() {
    return !this.#error.hidden;
  }

  /** @param {string} error empty where there is none */
  showError(error) {
    this.#error.textContent = error;
    this.#error.hidden = error === '';
    this.input.setAttribute('aria-invalid', String(error !== ''));
  }
}
