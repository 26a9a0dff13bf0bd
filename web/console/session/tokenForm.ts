// The form for a token: at the door, and over the page when the one that was there has ended.

import { html, nothing, type TemplateResult } from 'lit-html';

import type { Answer } from '../api/answer.ts';
import { askSession } from '../api/api.ts';
import type { Session } from '../api/session.ts';
import { TEXTS } from '../texts.ts';
import { Field } from '../ui/field.ts';
import { notice, type Notice } from '../ui/notice.ts';
import { problemWords } from '../ui/trouble.ts';
import { readPasted } from './token.ts';

const texts = TEXTS.signIn;

/** A token, and who it says its bearer is. */
export interface Accepted {
  readonly token: string;
  readonly session: Session;
}

export class TokenForm {
  readonly #field: Field;
  readonly #submitLabel: string;
  readonly #accept: (accepted: Accepted) => Notice | undefined;
  readonly #changed: () => void;
  #trouble: Notice | undefined;
  #isChecking = false;

  /** @param accept takes a token that is in force, or says why not */
  constructor(submitLabel: string, accept: (accepted: Accepted) => Notice | undefined, changed: () => void) {
    this.#field = new Field({ name: 'token', label: texts.token, kind: 'secret' }, '', changed);
    this.#field.hint = texts.hint;
    this.#submitLabel = submitLabel;
    this.#accept = accept;
    this.#changed = changed;
  }

  /** Tries a token, typed or found. */
  async try(token: string): Promise<void> {
    this.#isChecking = true;
    this.#trouble = undefined;
    this.#changed();
    const answer = await askSession(token);
    this.#isChecking = false;
    this.#trouble = answer.kind === 'success' ? this.#accept({ token, session: answer.data }) : whyNot(answer);
    this.#changed();
  }

  /** @param beside another button */
  template(beside: TemplateResult | typeof nothing = nothing): TemplateResult {
    const label = this.#isChecking ? texts.checking : this.#submitLabel;
    return html`
      <form class="token-form" novalidate @submit=${this.#submit}>
        ${this.#trouble === undefined ? nothing : notice(this.#trouble)}
        ${this.#field.template()}
        <div class="form-buttons">
          ${beside}
          <button class="button button-primary" ?disabled=${this.#isChecking}>${label}</button>
        </div>
      </form>
    `;
  }

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    if (this.#isChecking) return;
    const token = readPasted(this.#field.value);
    if (token !== undefined) return void this.try(token);
    this.#field.complain(this.#field.value.trim() === '' ? texts.missing : texts.notToken);
    this.#changed();
    (event.target as HTMLFormElement).querySelector('input')?.focus();
  };
}

function whyNot(answer: Exclude<Answer<Session>, { kind: 'success' }>): Notice {
  if (answer.kind === 'unanswered') return { tone: 'danger', ...TEXTS.silence[answer.silence] };
  if (answer.status === 401) return { tone: 'danger', ...texts.refused };
  return { tone: 'danger', title: texts.otherwise, ...problemWords(answer.problem) };
}
