// The page as a whole: who buys, the snapshot of their line, what the credit element says of the order, and the purchase.

import { Api } from './api.js';
import { Cart } from './cart.js';
import { element } from './dom.js';
import { recall, remember } from './memory.js';
import { format, fromWire, toWire } from './money.js';
import { notice } from './notice.js';
import { attempted, newKey, newOrderId, settled, unansweredOf } from './order.js';
import { PlanChange } from './planChange.js';
import { receipt } from './receipt.js';
import { readable, sentenceOf } from './sentences.js';
import * as serverTime from './serverTime.js';
import { endSession, isComplete, keepSession, readSession } from './session.js';
import { signInPage } from './signIn.js';
import { Summary } from './summary.js';
import { TEXTS } from './texts.js';

/** @typedef {import('/pkg/index.js').Snapshot} Snapshot */
/** @typedef {import('/pkg/index.js').Preview} Preview */
/** @typedef {import('/pkg/index.js').Plan} Plan */
/** @typedef {'editing' | 'sending' | 'unanswered' | 'deciding' | 'done'} Phase */

/** The plan is no longer what the buyer saw, and another one is offered in its place. */
const PLAN_CHANGED = 'CRD-2039';

/** Where this tab keeps its cart. */
const CART = 'fiado.cart';

export class Checkout {
  #root;
  #session = { token: '', customer: '' };
  /** @type {Api | undefined} */
  #api;
  /** @type {Snapshot | undefined} */
  #snapshot;
  /** @type {Cart | undefined} */
  #cart;
  /** What cannot be said of the line, and what stands in the way of the purchase. */
  #lineTrouble = element('div', { slot: 'notice' });
  #orderTrouble = element('div', { slot: 'notice' });
  #credit = creditElement(this.#lineTrouble, this.#orderTrouble);
  #summary = new Summary(this.#credit);
  /** The plan that was chosen when the cart was kept last. @type {string | undefined} */
  #planId;
  /** @type {PlanChange | undefined} */
  #planChange;
  #orderId = newOrderId();
  /** @type {Phase} */
  #phase = 'editing';

  /** @param {HTMLElement} root */
  constructor(root) {
    this.#root = root;
  }

  start() {
    document.title = `${TEXTS.heading} · ${TEXTS.shop}`;
    window.addEventListener('hashchange', () => this.#enter(readSession()));
    window.addEventListener('online', () => this.#refresh());
    this.#credit.addEventListener('refresh', () => this.#refresh());
    this.#credit.addEventListener('change', () => this.#assessed());
    this.#credit.addEventListener('remedy', ({ detail }) => this.#apply(detail));
    this.#credit.addEventListener('confirm', () => this.#confirm());
    this.#enter(readSession());
  }

  // Who buys

  /** @param {import('./session.js').Session} session */
  #enter(session) {
    this.#session = session;
    if (!isComplete(session)) {
      this.#askWhoBuys();
      return;
    }
    keepSession(session);
    this.#open();
  }

  /** @param {import('./notice.js').Notice} [trouble] */
  #askWhoBuys(trouble) {
    this.#leave();
    const { customer } = this.#session;
    // A token that was refused is not offered again.
    const token = trouble === undefined ? this.#session.token : '';
    const onSubmit = (/** @type {import('./session.js').Session} */ session) => this.#enter(session);
    this.#show(signInPage({ session: { customer, token }, trouble, onSubmit }));
    const field = customer === '' ? 'customer' : 'token';
    document.getElementById(field)?.focus();
  }

  #leave() {
    endSession();
    this.#api = undefined;
    this.#snapshot = undefined;
    this.#planChange = undefined;
    // What was said to one buyer is nothing for the next.
    this.#lineTrouble.replaceChildren();
    this.#orderTrouble.replaceChildren();
  }

  /**
   * @param {number} status
   * @param {import('./api.js').Problem} problem
   */
  #refuseAccess(status, problem) {
    const known = /** @type {Record<number, {title: string, text?: string}>} */ (TEXTS.refusedAccess);
    const { title, text } = known[status] ?? TEXTS.refusedAccessOtherwise;
    this.#askWhoBuys({
      tone: 'danger',
      title,
      text: text ?? readable(problem.message),
      detail: TEXTS.code(problem.code),
    });
  }

  // The line

  async #open() {
    this.#api = new Api(this.#session);
    this.#snapshot = undefined;
    this.#show(element('main', { class: 'page' }, element('p', { class: 'loading', role: 'status' }, TEXTS.loading)));
    await this.#load();
  }

  /** Loads the snapshot, at first and whenever it may have changed. */
  async #load() {
    const api = this.#api;
    if (api === undefined) return;
    const asked = Date.now();
    const answer = await api.snapshot();
    // Meanwhile somebody else may have signed in.
    if (api !== this.#api) return;
    if (answer.kind === 'success') this.#loaded(answer.data, asked);
    else if (answer.kind === 'refused') this.#refuseAccess(answer.status, answer.problem);
    else this.#notLoaded();
  }

  /**
   * @param {Snapshot} snapshot
   * @param {number} asked when it was asked for
   */
  #loaded(snapshot, asked) {
    const isFirst = this.#snapshot === undefined;
    serverTime.learn(snapshot.taken_at, asked);
    this.#snapshot = snapshot;
    this.#credit.snapshot = snapshot;
    this.#lineTrouble.replaceChildren();
    if (isFirst) this.#begin(snapshot);
    this.#render();
  }

  #notLoaded() {
    const action = { label: TEXTS.retry, act: () => this.#load() };
    if (this.#snapshot === undefined) {
      this.#show(element('main', { class: 'page page-narrow' }, notice({ tone: 'amber', ...TEXTS.loadFailed, action })));
    } else {
      this.#lineTrouble.replaceChildren(notice({ tone: 'amber', ...TEXTS.refreshFailed, action }));
    }
  }

  /** Figures that are too old are fetched anew, unless an answer is awaited that will change them. */
  #refresh() {
    const isStale = this.#snapshot !== undefined && Date.parse(this.#snapshot.valid_until) <= serverTime.now();
    if (isStale && this.#phase !== 'sending') this.#load();
  }

  // The order

  /** @param {Snapshot} snapshot */
  #begin({ currency }) {
    if (this.#cart?.currency !== currency) this.#fillCart(currency);
    this.#showOrder();
    const request = unansweredOf(this.#session.customer);
    if (request === undefined) this.#setPhase('editing');
    else this.#askAgain(request);
  }

  /** @param {string} currency */
  #fillCart(currency) {
    this.#cart = new Cart(currency, () => this.#edited());
    const kept = recall(CART);
    if (kept?.currency !== currency) return;
    this.#cart.contents = kept.contents;
    this.#credit.planId = this.#planId = kept.plan;
  }

  #showOrder() {
    this.#show(
      element(
        'main',
        { class: 'page' },
        element('h1', {}, TEXTS.heading),
        element(
          'div',
          { class: 'columns' },
          element('div', { class: 'order' }, this.#cart?.element, this.#summary.element),
          this.#summary.glance,
          this.#credit,
        ),
      ),
    );
  }

  /** Another order is another question: what was said of the last one no longer holds. */
  #edited() {
    const { currency, contents } = /** @type {Cart} */ (this.#cart);
    this.#planId = this.#credit.planId ?? undefined;
    remember(CART, { currency, contents, plan: this.#planId });
    this.#orderTrouble.replaceChildren();
    this.#render();
  }

  /** The credit says something else, perhaps because its buyer chose another plan. */
  #assessed() {
    if (this.#phase === 'editing' && this.#planId !== (this.#credit.planId ?? undefined)) this.#edited();
    else this.#render();
  }

  /** @param {import('/pkg/element.js').RemedyDetail} remedy */
  #apply(remedy) {
    const cart = this.#cart;
    if (remedy.kind !== 'amount' || cart === undefined) return;
    cart.shrinkTo(fromWire(remedy.amount, cart.currency));
    this.#edited();
  }

  /** What the order costs, for the credit; an empty text while a field holds something else than a figure. */
  #amount() {
    const totals = this.#cart?.totals();
    return this.#cart === undefined || totals === undefined ? '' : toWire(totals.total, this.#cart.currency);
  }

  #render() {
    const credit = this.#credit;
    const isOrder = this.#phase !== 'done' && this.#planChange === undefined;
    // Of a line that an unanswered request may have used already, nothing can be said.
    const isWaiting = this.#phase === 'unanswered';
    credit.amount = isOrder ? this.#amount() : undefined;
    credit.busy = this.#phase === 'sending';
    credit.disabled = isWaiting;
    credit.noConfirm = isWaiting;
    credit.classList.toggle('is-waiting', isWaiting);
    if (!isOrder || this.#cart === undefined) return;
    const { preview, headline } = credit;
    const { currency } = this.#cart;
    const interest = fromWire(preview?.plan?.interest ?? 0, currency);
    this.#summary.show(
      { totals: this.#cart.totals(), interest, currency },
      {
        text: isWaiting ? TEXTS.unanswered.short : headline,
        isAccepted: preview?.verdict === 'accepted' && !isWaiting,
        isRefused: preview?.verdict === 'refused' && !isWaiting,
      },
    );
  }

  /** @param {Phase} phase */
  #setPhase(phase) {
    this.#phase = phase;
    this.#cart?.freeze(phase !== 'editing');
    this.#planChange?.freeze(phase === 'sending');
    this.#render();
  }

  // The purchase

  /** Buys by the plan that is shown, if it passes. */
  #confirm() {
    const { preview } = this.#credit;
    if (this.#phase === 'editing' && preview?.verdict === 'accepted' && preview.plan) this.#buy(preview, preview.plan);
  }

  /**
   * @param {Preview} preview
   * @param {Plan} plan
   */
  #buy({ currency, credit_used_after, credit_available_after }, plan) {
    const wire = (/** @type {number} */ figure) => toWire(fromWire(figure, currency), currency);
    const amount = wire(plan.amount);
    this.#send({
      customer: this.#session.customer,
      // A refusal is remembered with its key, so each confirmation has its own; a retry keeps it.
      key: newKey(),
      body: { order_id: this.#orderId, amount, plan_id: plan.plan_id, plan_hash: plan.plan_hash },
      currency,
      promised: {
        amount,
        total: wire(plan.total),
        used: wire(credit_used_after ?? 0),
        available: wire(credit_available_after ?? 0),
        parts: plan.parts.map((part) => ({ ...part, amount: wire(part.amount) })),
      },
      attempts: 0,
    });
  }

  /** @param {import('./order.js').Request} request */
  async #send(request) {
    const api = this.#api;
    if (api === undefined) return;
    this.#orderTrouble.replaceChildren();
    this.#setPhase('sending');
    const sent = attempted(request);
    const answer = await api.use(sent.body, sent.key);
    if (answer.kind === 'success') {
      settled(sent);
      if (api === this.#api) await this.#bought(sent, answer.data);
    } else if (api !== this.#api) {
      // Who signs in again for this customer is asked about it.
    } else if (answer.kind === 'refused') {
      await this.#refused(sent, answer);
    } else {
      this.#askAgain(sent, answer.problem);
    }
  }

  /**
   * @param {import('./order.js').Request} request
   * @param {import('./api.js').Usage} usage
   */
  async #bought(request, usage) {
    this.#phase = 'done';
    this.#planChange = undefined;
    const { heading, element: view } = receipt(request, usage, () => this.#startAnew());
    this.#show(element('main', { class: 'page page-medium' }, view, this.#credit));
    heading.focus();
    this.#render();
    await this.#load();
  }

  /**
   * @param {import('./order.js').Request} request
   * @param {{status: number, problem: import('./api.js').Problem}} refusal
   */
  async #refused(request, { status, problem }) {
    const isAccess = status === 401 || status === 403;
    // Refused at the door, a request was not looked at; if it was sent before, that one may still have been.
    if (!isAccess || request.attempts === 1) settled(request);
    if (isAccess) {
      this.#setPhase('editing');
      this.#refuseAccess(status, problem);
      return;
    }
    if (problem.code === PLAN_CHANGED) {
      await this.#askWhichPlan(request, problem.details);
      return;
    }
    this.#closeDecision();
    this.#setPhase('editing');
    this.#showTrouble({
      tone: 'danger',
      title: TEXTS.refused,
      text: sentenceOf(problem),
      detail: TEXTS.refusedDetail(problem.code),
    });
    await this.#load();
  }

  /**
   * The plan is no longer what was seen: its buyer sees both, and the order stands still until they have decided.
   *
   * @param {import('./order.js').Request} request
   * @param {Record<string, any>} plans
   */
  async #askWhichPlan(request, { seen, current }) {
    // Bought by the other plan, it is still the same order.
    this.#orderId = request.body.order_id;
    this.#planChange = new PlanChange({ seen, current }, request.currency, {
      accept: () => this.#accept(current),
      back: () => this.#decline(),
    });
    this.#show(element('main', { class: 'page page-medium' }, this.#planChange.element, this.#credit));
    this.#planChange.heading.focus();
    this.#setPhase('deciding');
    await this.#load();
  }

  /** @param {Plan} current */
  #accept(current) {
    if (this.#phase !== 'deciding') return;
    this.#credit.amount = this.#amount();
    const { preview } = this.#credit;
    // What cannot be bought, or has changed once more, is seen on the page of the order.
    if (preview?.verdict === 'accepted' && preview.plan?.plan_hash === current.plan_hash) this.#buy(preview, preview.plan);
    else this.#decline();
  }

  #decline() {
    this.#closeDecision();
    this.#setPhase('editing');
    this.#credit.focus();
  }

  /** Back to the page of the order, if a decision stood in its place. */
  #closeDecision() {
    if (this.#planChange === undefined) return;
    this.#planChange = undefined;
    this.#showOrder();
  }

  /**
   * The answer was lost: the order stands still until the same request has one.
   *
   * @param {import('./order.js').Request} request
   * @param {import('./api.js').Problem} [problem]
   */
  #askAgain(request, problem) {
    const { body, currency } = request;
    this.#closeDecision();
    this.#setPhase('unanswered');
    this.#showTrouble({
      tone: 'amber',
      title: TEXTS.unanswered.title,
      text: problem === undefined ? TEXTS.unanswered.text : TEXTS.unanswered.busy,
      detail: TEXTS.unanswered.order(body.order_id, format(fromWire(body.amount, currency), currency)),
      action: { label: TEXTS.retry, act: () => this.#send(request) },
    });
  }

  /** @param {import('./notice.js').Notice} trouble */
  #showTrouble(trouble) {
    const shown = notice(trouble);
    this.#orderTrouble.replaceChildren(shown);
    // Once the credit has made room for it.
    requestAnimationFrame(() => {
      shown.scrollIntoView({ block: 'nearest' });
      shown.querySelector('button')?.focus();
    });
  }

  #startAnew() {
    this.#orderId = newOrderId();
    this.#orderTrouble.replaceChildren();
    this.#showOrder();
    this.#setPhase('editing');
    window.scrollTo(0, 0);
  }

  /** @param {HTMLElement} main */
  #show(main) {
    const { customer } = this.#session;
    const who =
      this.#api === undefined
        ? undefined
        : element(
            'div',
            { class: 'who' },
            element('p', {}, `${TEXTS.signIn.for} `, element('strong', {}, customer)),
            element(
              'button',
              {
                type: 'button',
                class: 'button-quiet',
                'aria-label': TEXTS.signIn.leaveCustomer,
                onclick: () => this.#askWhoBuys(),
              },
              TEXTS.signIn.leave,
            ),
          );
    this.#root.replaceChildren(
      element('header', { class: 'masthead' }, element('div', {}, element('p', { class: 'wordmark' }, TEXTS.shop), who)),
      main,
    );
  }
}

/**
 * The credit, with what it says where there is no amount to speak of.
 *
 * @param {...HTMLElement} notices
 */
function creditElement(...notices) {
  const credit = document.createElement('fiado-credito');
  credit.clock = serverTime.now;
  credit.locale = 'es-PA';
  // The page can choose a plan and shrink the cart; it takes no payments and knows no calendar.
  credit.remedies = 'plan amount';
  credit.append(
    element('span', { slot: 'empty' }, TEXTS.emptyOrder),
    element('span', { slot: 'missing' }, TEXTS.wrongOrder),
    ...notices,
  );
  return credit;
}
