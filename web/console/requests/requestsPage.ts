// The list of requests and lines: what waits for a decision first.

import { html, nothing, type TemplateResult } from 'lit-html';

import type { CreditRequest } from '../api/requests.ts';
import type { Host } from '../app/host.ts';
import { Pages } from '../app/pages.ts';
import type { Place } from '../app/place.ts';
import { requestsAddress, companyAddress, type RequestFilter, type Route } from '../app/route.ts';
import { TEXTS } from '../texts.ts';
import { choices } from '../ui/choices.ts';
import { icon } from '../ui/icons.ts';
import { pagedList } from '../ui/paged.ts';
import { requestTable } from './requestTable.ts';
import { matches } from './search.ts';

const texts = TEXTS.requests;
const FILTERS: readonly RequestFilter[] = ['pending', 'approved', 'suspended', 'rejected', 'cancelled', 'all'];

type RequestsRoute = Extract<Route, { page: 'requests' }>;

export class RequestsPage implements Place {
  readonly title = texts.title;
  readonly isWaiting = false;
  readonly #host: Host;
  readonly #pages: Pages<CreditRequest>;
  #route: RequestsRoute;
  #search = '';

  constructor(host: Host, route: RequestsRoute) {
    this.#host = host;
    this.#route = route;
    this.#pages = new Pages(
      (cursor) => host.api.requests(this.#status, cursor),
      () => host.update(),
    );
    this.#pages.turnTo(route.cursor);
  }

  moveTo(route: Route): boolean {
    if (route.page !== 'requests') return false;
    this.#route = route;
    this.#search = '';
    this.#pages.turnTo(route.cursor);
    return true;
  }

  refresh(): void {
    this.#pages.page.reload();
  }

  template(): TemplateResult {
    const { filter } = this.#route;
    const links = FILTERS.map((one) => ({
      label: texts.filter[one],
      isChosen: one === filter,
      go: requestsAddress(one),
    }));
    return html`
      <h1 tabindex="-1">${texts.title}</h1>
      ${choices(texts.filters, links, 'tabs')}
      <section class="card requests" aria-label=${texts.caption(filter)}>
        ${this.#searchField()}
        ${pagedList({
          page: this.#pages.page,
          turnTo: (cursor) => (location.hash = requestsAddress(filter, cursor)),
          empty: texts.empty[filter],
          failed: texts.loadFailed,
          rows: (items, isStale) => this.#rows(items, isStale),
        })}
      </section>
    `;
  }

  get #status() {
    return this.#route.filter === 'all' ? undefined : this.#route.filter;
  }

  #searchField(): TemplateResult {
    const type = (event: Event) => {
      this.#search = (event.target as HTMLInputElement).value;
      this.#host.update();
    };
    return html`
      <div class="search">
        <label class="visually-hidden" for="search">${texts.search}</label>
        ${icon('search')}
        <input id="search" class="input" type="search" placeholder=${texts.searchHint} autocomplete="off" spellcheck="false"
          .value=${this.#search} @input=${type}>
      </div>
    `;
  }

  #rows(items: readonly CreditRequest[], isStale: boolean): TemplateResult {
    const found = items.filter((item) => matches(item, this.#search));
    return html`
      <p class="visually-hidden" role="status">${this.#search === '' ? nothing : texts.found(found.length)}</p>
      ${found.length === 0 ? this.#nothingFound() : requestTable(this.#host, this.#route.filter, found, isStale)}
    `;
  }

  /** The company may be on another page; who knows its exact id gets there. */
  #nothingFound(): TemplateResult {
    const typed = this.#search.trim();
    return html`
      <div class="empty">
        <p>${texts.nothingFound(typed)}</p>
        <p class="detail">${texts.openHint}</p>
        <p><a class="button" href=${companyAddress(typed)}>${texts.open(typed)}</a></p>
      </div>
    `;
  }
}
