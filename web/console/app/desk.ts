// The console of somebody who is signed in: the page they are at, and what surrounds it.

import { html, nothing, type TemplateResult } from 'lit-html';

import { Api } from '../api/api.ts';
import type { Credential } from '../api/connection.ts';
import type { Permission, Session } from '../api/session.ts';
import { CompanyPage } from '../company/companyPage.ts';
import { format, type Minor } from '../money.ts';
import { RequestsPage } from '../requests/requestsPage.ts';
import { Renewal } from '../session/renewal.ts';
import { keepToken } from '../session/token.ts';
import type { Accepted } from '../session/tokenForm.ts';
import { TEXTS } from '../texts.ts';
import { icon } from '../ui/icons.ts';
import { notice } from '../ui/notice.ts';
import { Ending } from './ending.ts';
import type { Host } from './host.ts';
import { masthead } from './masthead.ts';
import type { Place } from './place.ts';
import { readRoute, type Route } from './route.ts';

/** What the desk asks of the console around it. */
export interface Surroundings {
  update(): void;
  leave(): void;
}

export class Desk implements Host, Credential {
  readonly api: Api;
  readonly #around: Surroundings;
  readonly #ending: Ending;
  #accepted: Accepted;
  #renewal: Renewal | undefined;
  #place: Place | undefined;
  #said: string | undefined;
  /** Whether the page that is about to be drawn is another one, or another part of it. */
  #isNew = false;
  #hasMoved = false;

  constructor(accepted: Accepted, around: Surroundings) {
    this.#accepted = accepted;
    this.#around = around;
    this.#ending = new Ending(around.update);
    this.#ending.watch(accepted.session);
    this.api = new Api(this, accepted.session.currency);
  }

  // As the parts of the page know it

  get session(): Session {
    return this.#accepted.session;
  }

  update(): void {
    this.#around.update();
  }

  may(permission: Permission): boolean {
    return this.session.permissions.includes(permission);
  }

  money(minor: Minor): string {
    return format(minor, this.session.currency);
  }

  say(sentence: string): void {
    this.#said = sentence;
    this.update();
    // The button that did it may be gone.
    setTimeout(goToHeading);
  }

  // As requests know it

  token(): string {
    return this.#accepted.token;
  }

  renew(): Promise<boolean> {
    return this.#askForToken(true).done;
  }

  // As the console knows it

  get title(): string {
    return TEXTS.pageTitle(this.#place?.title ?? TEXTS.place);
  }

  get isWaiting(): boolean {
    return this.#place?.isWaiting ?? false;
  }

  /** Goes where an address says. */
  goTo(hash: string): void {
    const route = readRoute(hash);
    this.#said = undefined;
    this.#hasMoved = true;
    if (this.#place?.moveTo(route) !== true) {
      this.#isNew = this.#place !== undefined;
      this.#place = this.#placeOf(route);
    }
    this.update();
  }

  /** Somebody looks at the page again, after who knows how long. */
  refresh(): void {
    this.#place?.refresh();
  }

  close(): void {
    this.#ending.close();
    this.#renewal?.giveUp();
  }

  template(): TemplateResult {
    return html`
      <a class="skip" href="#content" @click=${skip}>${TEXTS.skip}</a>
      ${masthead(this.session, () => this.#around.leave())}
      <main class="page" id="content" tabindex="-1">
        ${this.#ending.isNear ? this.#endingNotice() : nothing}
        <div class="saying" role="status">${this.#said === undefined ? nothing : this.#saying(this.#said)}</div>
        ${this.#place?.template() ?? nothing}
      </main>
      ${this.#renewal?.template(() => this.#endRenewal(false)) ?? nothing}
    `;
  }

  /** A new page is read from its heading on, also by those who cannot see that it is new. */
  drawn(): void {
    if (this.#hasMoved)
      document.querySelector('.tabs [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    this.#hasMoved = false;
    if (this.#isNew) this.#isNew = !goToHeading();
  }

  #placeOf(route: Route): Place {
    return route.page === 'requests' ? new RequestsPage(this, route) : new CompanyPage(this, route);
  }

  #askForToken(hasEnded: boolean): Renewal {
    if (this.#renewal !== undefined && (this.#renewal.hasEnded || !hasEnded)) return this.#renewal;
    this.#renewal?.giveUp();
    this.#renewal = new Renewal(this.session, hasEnded, {
      take: (accepted) => this.#take(accepted),
      leave: this.#around.leave,
      changed: this.#around.update,
    });
    this.update();
    return this.#renewal;
  }

  #take(accepted: Accepted): void {
    this.#accepted = accepted;
    keepToken(accepted.token);
    this.#ending.watch(accepted.session);
    this.#endRenewal(true);
  }

  #endRenewal(isRenewed: boolean): void {
    if (!isRenewed) this.#renewal?.giveUp();
    this.#renewal = undefined;
    this.update();
  }

  #endingNotice(): TemplateResult {
    const { ending, renew } = TEXTS.session;
    return notice({ tone: 'amber', title: ending, action: { label: renew, act: () => void this.#askForToken(false) } });
  }

  #saying(sentence: string): TemplateResult {
    const dismiss = () => {
      this.#said = undefined;
      this.update();
    };
    return html`
      <div class="said">
        ${icon('check')}<p>${sentence}</p>
        <button type="button" class="button-icon" aria-label=${TEXTS.dismiss} @click=${dismiss}>${icon('cross')}</button>
      </div>
    `;
  }
}

/** The address is the console's own: a jump within the page must not change it. */
function skip(event: Event): void {
  event.preventDefault();
  document.getElementById('content')?.focus();
}

/** Whether there is a heading to go to. */
function goToHeading(): boolean {
  const heading = document.querySelector<HTMLElement>('main h1');
  heading?.focus({ preventScroll: true });
  if (heading !== null) scrollTo({ top: 0 });
  return heading !== null;
}
