// Everything about one company, and what can be done about it.

import { html, nothing, type TemplateResult } from 'lit-html';

import type { Account } from '../api/account.ts';
import type { Trouble } from '../api/answer.ts';
import type { Invoice } from '../api/invoices.ts';
import { ActionDialog } from '../actions/actionDialog.ts';
import { actionBar } from '../actions/actionBar.ts';
import { actionsFor, PAYMENT, type Action } from '../actions/actions.ts';
import { PaymentOperation } from '../actions/payment/paymentOperation.ts';
import type { Current, Operation } from '../actions/operation.ts';
import type { Host } from '../app/host.ts';
import type { Place } from '../app/place.ts';
import { companyAddress, requestsAddress, SECTIONS, type Route, type Section } from '../app/route.ts';
import { invoicesSection } from '../invoices/invoicesSection.ts';
import { journalSection } from '../journal/journalSection.ts';
import { Overview } from '../overview/overview.ts';
import { paymentsSection } from '../payments/paymentsSection.ts';
import { statementSection } from '../statement/statementSection.ts';
import { TEXTS } from '../texts.ts';
import type { Content } from '../ui/content.ts';
import { choices } from '../ui/choices.ts';
import { icon } from '../ui/icons.ts';
import { notice } from '../ui/notice.ts';
import { statusBadge } from '../ui/status.ts';
import { staleNotice, troubleNotice } from '../ui/trouble.ts';
import { Company } from './company.ts';

const texts = TEXTS.company;

type CompanyRoute = Extract<Route, { page: 'company' }>;

export class CompanyPage implements Place {
  readonly #host: Host;
  readonly #company: Company;
  readonly #overview: Overview;
  #section: Section;
  #dialog: ActionDialog | undefined;

  constructor(host: Host, route: CompanyRoute) {
    this.#host = host;
    this.#company = new Company(host, route.customer);
    this.#overview = new Overview(host, this.#company);
    this.#section = this.#open(route.section);
  }

  get title(): string {
    const account = this.#company.account.value;
    return account?.business?.name ?? this.#company.customer;
  }

  get isWaiting(): boolean {
    return this.#dialog?.isWaiting ?? false;
  }

  moveTo(route: Route): boolean {
    if (route.page !== 'company' || route.customer !== this.#company.customer) return false;
    this.#section = this.#open(route.section);
    return true;
  }

  refresh(): void {
    this.#company.reload();
  }

  template(): TemplateResult {
    return html`
      <p class="back"><a href=${requestsAddress('pending')}>${icon('back')}${texts.back}</a></p>
      ${this.#known()}
      ${this.#dialog?.template() ?? nothing}
    `;
  }

  /** Looks at a section; at the first, where the token does not allow that one. */
  #open(section: Section): Section {
    const allowed = section === 'journal' && !this.#mayReadJournal ? 'overview' : section;
    this.#company.look(allowed);
    return allowed;
  }

  #known(): TemplateResult {
    const { value, trouble, isLoading } = this.#company.account;
    const retry = () => this.#company.reload();
    if (value !== undefined) {
      return html`
        ${trouble === undefined ? nothing : staleNotice(trouble, retry)}
        ${this.#head(value)}
        ${this.#sections()}
        ${this.#content(value)}
      `;
    }
    const waits = trouble === undefined || isLoading;
    return html`
      <h1 class="breakable" tabindex="-1">${this.#company.customer}</h1>
      ${waits ? html`<p class="loading" role="status">${TEXTS.loading}</p>` : notLoaded(trouble, retry)}
    `;
  }

  #head(account: Account): TemplateResult {
    const { business, customer, status } = account;
    // Without a name, the heading is the customer's key already.
    const ids = business === undefined ? [] : [business.taxId, customer];
    const begin = (action: Action) => this.#show((current) => action.begin(this.#host, this.#company, current));
    return html`
      <div class="company-head">
        <div class="company-name">
          <h1 class="breakable" tabindex="-1">${this.title}</h1>
          <p class="company-ids">
            ${statusBadge(status)}
            ${ids.map((id) => html`<span class="breakable">${id}</span>`)}
          </p>
        </div>
        ${actionBar(actionsFor(account, this.#host), account, begin)}
      </div>
    `;
  }

  #sections(): TemplateResult {
    const isOpen = (section: Section) => section !== 'journal' || this.#mayReadJournal;
    const links = SECTIONS.filter(isOpen).map((section) => ({
      label: texts.section[section],
      isChosen: section === this.#section,
      go: companyAddress(this.#company.customer, section),
    }));
    return choices(texts.sections, links, 'tabs');
  }

  #content(account: Account): Content {
    const [host, company] = [this.#host, this.#company];
    switch (this.#section) {
      case 'overview':
        return this.#overview.template(account);
      case 'invoices':
        return invoicesSection(host, company, this.#payer(account));
      case 'statement':
        return statementSection(host, company);
      case 'payments':
        return paymentsSection(host, company);
      case 'journal':
        return journalSection(host, company);
    }
  }

  get #mayReadJournal(): boolean {
    return this.#host.may('credit:approve') || this.#host.may('credit:manage');
  }

  /** Pays one invoice, where payments may be registered at all. */
  #payer(account: Account): ((invoice: Invoice) => void) | undefined {
    if (!actionsFor(account, this.#host).includes(PAYMENT)) return undefined;
    return (invoice) => this.#show((current) => new PaymentOperation(this.#host, this.#company, current, invoice));
  }

  /** Opens the window of an operation, on figures that are as new as can be. */
  #show(begin: (current: Current) => Operation): void {
    const { account, customer } = this.#company;
    const { value } = account;
    if (value === undefined) return;
    account.reload();
    const operation = begin(() => account.value ?? value);
    this.#dialog = new ActionDialog(this.#host, customer, operation, {
      changed: () => this.#company.reload(),
      close: () => this.#hide(),
    });
    this.#host.update();
  }

  #hide(): void {
    this.#dialog = undefined;
    this.#host.update();
  }
}

function notLoaded(trouble: Trouble, retry: () => void): TemplateResult {
  const isUnknown = trouble.kind === 'refused' && trouble.status === 404;
  return isUnknown ? notice({ tone: 'amber', ...texts.notFound }) : troubleNotice(trouble, texts.loadFailed, retry);
}
