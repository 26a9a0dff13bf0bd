// What one has to know of a company before deciding anything.

import { html, nothing, type TemplateResult } from 'lit-html';

import type { Account } from '../api/account.ts';
import type { Host } from '../app/host.ts';
import type { Company } from '../company/company.ts';
import { agingCard } from './agingCard.ts';
import { CalendarCard } from './calendarCard.ts';
import { businessCard, requestCard } from './detailCards.ts';
import { exposureCard } from './exposureCard.ts';
import { pendingCard } from './pendingCard.ts';

export class Overview {
  readonly #host: Host;
  readonly #company: Company;
  readonly #calendar: CalendarCard;

  constructor(host: Host, company: Company) {
    this.#host = host;
    this.#company = company;
    this.#calendar = new CalendarCard(host, company);
  }

  template(account: Account): TemplateResult {
    const host = this.#host;
    const request = account.status === 'pending' ? pendingCard(host, account) : nothing;
    if (!hasLine(account) && owesNothing(account)) {
      return html`
        ${request}
        <div class="columns columns-even">${businessCard(account)}${requestCard(host, account)}</div>
      `;
    }
    return html`
      <div class="columns">
        <div class="column">
          ${request}
          ${hasLine(account) ? exposureCard(host, account) : nothing}
          ${agingCard(host, this.#company)}
          ${this.#calendar.template()}
        </div>
        <div class="column">
          ${businessCard(account)}
          ${requestCard(host, account)}
        </div>
      </div>
    `;
  }
}

/** Whether a limit was ever granted in this life of the account. */
function hasLine({ approvedAt }: Account): boolean {
  return approvedAt !== undefined;
}

function owesNothing({ used }: Account): boolean {
  return used === 0n;
}
