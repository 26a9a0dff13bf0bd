// The console as a whole: the door, and the desk behind it.

import { html, render } from 'lit-html';

import { door, unfit } from '../session/door.ts';
import { forgetToken, keepToken, keptToken, takeGivenToken } from '../session/token.ts';
import { TokenForm, type Accepted } from '../session/tokenForm.ts';
import { TEXTS } from '../texts.ts';
import { Desk } from './desk.ts';

export class Console {
  readonly #root: HTMLElement;
  #form: TokenForm;
  #desk: Desk | undefined;
  #isDrawing = false;

  constructor(root: HTMLElement) {
    this.#root = root;
    this.#form = this.#newForm();
  }

  start(): void {
    addEventListener('hashchange', () => this.#turned());
    document.addEventListener(
      'visibilitychange',
      () => document.visibilityState === 'visible' && this.#desk?.refresh(),
    );
    addEventListener('beforeunload', (event) => {
      if (this.#desk?.isWaiting === true) event.preventDefault();
    });
    const token = takeGivenToken() ?? keptToken();
    if (token !== undefined) void this.#form.try(token);
    this.#update();
  }

  /** The address has changed: to another place, or because somebody opened the page with another token. */
  #turned(): void {
    const token = takeGivenToken();
    if (token === undefined) return this.#desk?.goTo(location.hash);
    this.#leave();
    void this.#form.try(token);
  }

  #newForm(): TokenForm {
    return new TokenForm(
      TEXTS.signIn.submit,
      (accepted) => unfit(accepted.session) ?? this.#enter(accepted),
      this.#update,
    );
  }

  #enter(accepted: Accepted): undefined {
    keepToken(accepted.token);
    this.#desk = new Desk(accepted, { update: this.#update, leave: () => this.#leave() });
    this.#desk.goTo(location.hash);
  }

  #leave(): void {
    forgetToken();
    this.#desk?.close();
    this.#desk = undefined;
    this.#form = this.#newForm();
    history.replaceState(null, '', location.pathname + location.search);
    this.#update();
  }

  /** Draws once, after everything of this moment has changed. */
  readonly #update = (): void => {
    if (this.#isDrawing) return;
    this.#isDrawing = true;
    queueMicrotask(() => {
      this.#isDrawing = false;
      this.#draw();
    });
  };

  #draw(): void {
    document.title = this.#desk?.title ?? TEXTS.pageTitle(TEXTS.place);
    render(this.#desk === undefined ? door(this.#form) : html`${this.#desk.template()}`, this.#root);
    this.#desk?.drawn();
  }
}
