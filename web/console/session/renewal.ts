// Another token over the same page: because the one that was there has ended, or is about to. Whoever waits for it is
// told whether there is one now.

import { html, type TemplateResult } from 'lit-html';

import type { Session } from '../api/session.ts';
import { TEXTS } from '../texts.ts';
import { modal } from '../ui/modal.ts';
import type { Notice } from '../ui/notice.ts';
import { unfit } from './door.ts';
import { TokenForm, type Accepted } from './tokenForm.ts';

const texts = TEXTS.session;

/** What comes of a renewal. */
export interface Outcome {
  /** There is another token. */
  take(accepted: Accepted): void;
  /** Nobody wants to go on. */
  leave(): void;
  changed(): void;
}

export class Renewal {
  /** Whether there is a token in force now. */
  readonly done: Promise<boolean>;
  /** Whether the page can do nothing without. */
  readonly hasEnded: boolean;
  readonly #form: TokenForm;
  readonly #outcome: Outcome;
  #finish: (isRenewed: boolean) => void = () => {};

  /** @param shown the session whose page this is; another organization's would not fit it */
  constructor(shown: Session, hasEnded: boolean, outcome: Outcome) {
    this.hasEnded = hasEnded;
    this.#outcome = outcome;
    this.done = new Promise((finish) => (this.#finish = finish));
    this.#form = new TokenForm(texts.submit, (accepted) => this.#accept(accepted, shown), outcome.changed);
  }

  /** Goes on without. */
  giveUp(): void {
    this.#finish(false);
  }

  template(close: () => void): TemplateResult {
    const [title, lead] = this.hasEnded ? [texts.endedTitle, texts.endedText] : [texts.renewTitle, texts.renewText];
    const [label, act] = this.hasEnded ? [texts.leave, this.#outcome.leave] : [texts.later, close];
    const aside = html`<button type="button" class="button" @click=${act}>${label}</button>`;
    const content = html`<p class="lead">${lead}</p>${this.#form.template(aside)}`;
    return modal({ id: 'renewal-title', title, content, close: this.hasEnded ? undefined : close });
  }

  #accept(accepted: Accepted, shown: Session): Notice | undefined {
    const misfit = unfit(accepted.session) ?? otherOrganization(accepted.session, shown);
    if (misfit === undefined) {
      this.#outcome.take(accepted);
      this.#finish(true);
    }
    return misfit;
  }
}

function otherOrganization(given: Session, shown: Session): Notice | undefined {
  if (given.organization === shown.organization) return undefined;
  const { title, text } = texts.otherOrganization;
  return { tone: 'amber', title, text: text(given.organization, shown.organization) };
}
