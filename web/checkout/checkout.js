// The page as a whole: who buys, what the server says of the line, what the engine says of the order, and the purchase.

import { loadAccount } from './account.js';
import { Api } from './api.js';
import { Cart } from './cart.js';
import { element } from './dom.js';
import { LineCard } from './line.js';
import { recall, remember } from './memory.js';
import { format, fromWire, toWire } from './money.js';
import { notice } from './notice.js';
import { attempted, newKey, newOrderId, settled, unansweredOf } from './order.js';
import { PlanChange } from './planChange.js';
import { PlanChoice } from './plans.js';
import { isAccepted, preview } from './preview.js';
import { receipt } from './receipt.js';
import { readable, sentenceOf } from './sentences.js';
import * as serverTime from './serverTime.js';
import { endSession, isComplete, keepSession, readSession } from './session.js';
import { signInPage } from './signIn.js';
import { Summary } from './summary.js';
import { TEXTS } from './texts.js';

/** The least time between two refreshes, whatever the server says of a snapshot's life. */
const SHORTEST_LIFE = 1_000;

/** @typedef {'editing' | 'sending' | 'unanswered' | 'deciding' | 'done'} Phase */

/** The plan is no longer what the buyer saw, and another one is offered in its place. */
const PLAN_CHANGED = 'CRD-2039';

/** Where this tab keeps its cart. */
const CART = 'fiado.cart';

export class Checkout {
  #root;
  #engine;
  #session = { token: '', customer: '' };
  /** @type {Api | undefined} */
  #api;
  /** @type {import('./account.js').Account | undefined} */
  #account;
  /** @type {import('./preview.js').Credit | undefined} */
  #credit;
  /** @type {Cart | undefined} */
  #cart;
  #line = new LineCard();
  #plans = new PlanChoice(() => this.#edited());
  #summary = new Summary(() => this.#confirm(), {
    amount: (largest) => this.#apply(() => this.#cart?.shrinkTo(largest)),
    plan: (chosen) => this.#apply(() => (this.#plans.chosen = chosen)),
  });
  /** @type {PlanChange | undefined} */
  #planChange;
  #orderId = newOrderId();
  /** @type {Phase} */
  #phase = 'editing';
  /** @type {number | undefined} */
  #refreshAt;

  /**
   * @param {HTMLElement} root
   * @param {import('./preview.js').Engine} engine
   */
  constructor(root, engine) {
    this.#root = root;
    this.#engine = engine;
  }

  start() {
    document.title = `${TEXTS.heading} · ${TEXTS.shop}`;
    window.addEventListener('hashchange', () => this.#enter(readSession()));
    window.addEventListener('online', () => this.#refreshWhenStale());
    // Timers of a hidden page are late.
    document.addEventListener('visibilitychange', () => this.#refreshWhenStale());
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
    clearTimeout(this.#refreshAt);
    this.#api = undefined;
    this.#account = undefined;
    this.#credit = undefined;
    this.#planChange = undefined;
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
      detail: `${TEXTS.verdict.code} ${problem.code}`,
    });
  }

  // The line

  async #open() {
    this.#api = new Api(this.#session);
    this.#account = undefined;
    this.#show(element('main', { class: 'page' }, element('p', { class: 'loading', role: 'status' }, TEXTS.loading)));
    await this.#load();
  }

  /** Loads line and snapshot, at first and whenever they may have changed. */
  async #load() {
    const api = this.#api;
    if (api === undefined) return;
    clearTimeout(this.#refreshAt);
    const answer = await loadAccount(api);
    // Meanwhile somebody else may have signed in.
    if (api !== this.#api) return;
    if (answer.kind === 'success') this.#loaded(answer.data);
    else if (answer.kind === 'refused') this.#refuseAccess(answer.status, answer.problem);
    else this.#notLoaded();
  }

  /** @param {import('./account.js').Account} account */
  #loaded(account) {
    const isFirst = this.#account === undefined;
    this.#account = account;
    this.#credit = this.#engine.createCredit(account);
    this.#line.showTrouble();
    this.#refreshAt = setTimeout(
      () => this.#refreshWhenStale(),
      Math.max(SHORTEST_LIFE, serverTime.until(account.snapshot.valid_until) + 1),
    );
    if (isFirst) this.#begin(account);
    this.#render();
  }

  #notLoaded() {
    const action = { label: TEXTS.retry, act: () => this.#load() };
    if (this.#account === undefined) {
      this.#show(element('main', { class: 'page page-narrow' }, notice({ tone: 'amber', ...TEXTS.loadFailed, action })));
    } else {
      this.#line.showTrouble({ tone: 'amber', ...TEXTS.line.refreshFailed, action });
      this.#render();
    }
  }

  #refreshWhenStale() {
    const { snapshot } = this.#account ?? {};
    const isStale = snapshot !== undefined && serverTime.until(snapshot.valid_until) < 0;
    if (!isStale || document.hidden || this.#phase === 'sending') return;
    this.#render();
    this.#load();
  }

  // The order

  /** @param {import('./account.js').Account} account */
  #begin({ line }) {
    if (this.#cart?.currency !== line.currency) this.#fillCart(line.currency);
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
    this.#plans.chosen = kept.plan;
  }

  #showOrder() {
    this.#show(
      element(
        'main',
        { class: 'page' },
        element('h1', {}, TEXTS.heading),
        this.#line.element,
        element(
          'div',
          { class: 'columns' },
          element('div', { class: 'order' }, this.#cart?.element, this.#plans.element),
          this.#summary.glance,
          this.#summary.element,
        ),
      ),
    );
  }

  /** Another order is another question: what was said of the last one no longer holds. */
  #edited() {
    const { currency, contents } = /** @type {Cart} */ (this.#cart);
    remember(CART, { currency, contents, plan: this.#plans.chosen });
    this.#summary.showTrouble();
    this.#render();
  }

  /** @param {() => void} change */
  #apply(change) {
    change();
    this.#edited();
    this.#summary.focus();
  }

  /** @returns {import('./preview.js').Preview} */
  #preview() {
    const order = { total: this.#cart?.totals()?.total, planId: this.#plans.chosen?.id };
    const { currency } = /** @type {Cart} */ (this.#cart);
    return preview(/** @type {import('./preview.js').Credit} */ (this.#credit), currency, order);
  }

  #render() {
    if (this.#account === undefined) return;
    const { line, snapshot } = this.#account;
    const { currency } = snapshot;
    if (this.#phase === 'done' || this.#planChange !== undefined) {
      this.#line.show(line, { order: 0n, isRefused: false });
      return;
    }
    const totals = this.#cart?.totals();
    const outcome = this.#preview();
    const assessment = outcome.kind === 'assessed' ? outcome.assessment : undefined;
    this.#line.show(line, {
      order: assessment?.plan === undefined ? (totals?.total ?? 0n) : fromWire(assessment.plan.total, currency),
      spendable: assessment?.spendable,
      isRefused: assessment?.verdict === 'refused',
    });
    this.#plans.show(outcome, snapshot);
    this.#summary.show({ totals, preview: outcome, currency, phase: this.#phase });
  }

  /** @param {Phase} phase */
  #setPhase(phase) {
    this.#phase = phase;
    const isOpen = phase === 'editing';
    this.#cart?.freeze(!isOpen);
    this.#plans.freeze(!isOpen);
    this.#planChange?.freeze(phase === 'sending');
    this.#render();
  }

  // The purchase

  /** Buys by the plan that is shown, if it passes. */
  #confirm() {
    const outcome = this.#preview();
    const plan = outcome.kind === 'assessed' ? outcome.assessment.plan : undefined;
    if (this.#phase === 'editing' && isAccepted(outcome) && plan !== undefined) this.#buy(outcome, plan);
    else this.#render();
  }

  /**
   * @param {import('./preview.js').Preview} outcome
   * @param {import('./preview.js').Plan} plan
   */
  #buy(outcome, plan) {
    if (outcome.kind !== 'assessed') return;
    const { assessment } = outcome;
    const { currency } = assessment;
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
        used: wire(assessment.credit_used_after ?? 0),
        available: wire(assessment.credit_available_after ?? 0),
        parts: plan.parts.map((part) => ({ ...part, amount: wire(part.amount) })),
      },
      attempts: 0,
    });
  }

  /** @param {import('./order.js').Request} request */
  async #send(request) {
    const api = this.#api;
    if (api === undefined) return;
    this.#summary.showTrouble();
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
    this.#show(element('main', { class: 'page page-medium' }, view, this.#line.element));
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
    this.#summary.showTrouble(
      notice({
        tone: 'danger',
        title: TEXTS.refused,
        text: sentenceOf(problem),
        detail: TEXTS.refusedDetail(problem.code),
      }),
      problem.message,
    );
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
    this.#show(element('main', { class: 'page page-medium' }, this.#planChange.element, this.#line.element));
    this.#planChange.heading.focus();
    this.#setPhase('deciding');
    await this.#load();
  }

  /** @param {import('./preview.js').Plan} current */
  #accept(current) {
    if (this.#phase !== 'deciding') return;
    const outcome = this.#preview();
    const plan = outcome.kind === 'assessed' ? outcome.assessment.plan : undefined;
    // What cannot be bought, or has changed once more, is seen on the page of the order.
    if (isAccepted(outcome) && plan?.plan_hash === current.plan_hash) this.#buy(outcome, plan);
    else this.#decline();
  }

  #decline() {
    this.#closeDecision();
    this.#setPhase('editing');
    this.#summary.focus();
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
    this.#summary.showTrouble(
      notice({
        tone: 'amber',
        title: TEXTS.unanswered.title,
        text: problem === undefined ? TEXTS.unanswered.text : TEXTS.unanswered.busy,
        detail: TEXTS.unanswered.order(body.order_id, format(fromWire(body.amount, currency), currency)),
        action: { label: TEXTS.retry, act: () => this.#send(request) },
      }),
    );
  }

  #startAnew() {
    this.#orderId = newOrderId();
    this.#summary.showTrouble();
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
