// <fiado-credito>: the line of credit at a checkout. It shows what the engine says and tells the shop what was pressed;
// it asks no server, knows no rule, and never makes markup of what it is given.

import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';

import type { Language, MoneyInput, Plan, Preview, Reason, Snapshot } from '../types.js';
import { Announcer } from './announcer.js';
import type { ChangeDetail, ConfirmDetail, RefreshDetail, RemedyDetail } from './events.js';
import { Expiry } from './expiry.js';
import { Format, localeOf } from '../format.js';
import { lineSkeleton, lineView, type Order } from './line.js';
import { plansSkeleton, plansView } from './plans.js';
import { ALL_REMEDIES, remediesView } from './remedies.js';
import { acceptedPlan, amountOf, previewOf, stateOf, type CreditLine, type Known, type State } from './state.js';
import { STYLES } from './styles.js';
import { TEXTS, type Texts } from './texts.js';
import { brokenView, headline, spoken, verdictSkeleton, verdictView } from './verdict.js';
import type { View } from './view.js';

/** How long is waited before a new snapshot is asked for again without anybody's doing, in milliseconds. */
const PAUSE = 30_000;

type Engine = { createCredit(given: { snapshot: Snapshot }): CreditLine };

/** The default entry's engine, once it was loaded; all elements of a page share it. */
let engine: Engine | undefined;
/** Asked for when a snapshot is given and not before, so that a page may bring an engine of its own. */
let loading: Promise<void> | undefined;

/** Loads the engine once; where it cannot be loaded, it stays missing. */
function loadEngine(): Promise<void> {
  loading ??= import('../index.js').then(
    (loaded) => {
      engine = loaded;
    },
    (error: unknown) => console.error(error),
  );
  return loading;
}

/** The element itself; `FiadoCredito` in public.ts says what its attributes, events, slots and parts are. */
export class CreditElement extends LitElement {
  static override styles = STYLES;

  static override properties = {
    amount: {},
    lang: { reflect: true, useDefault: true },
    locale: {},
    planId: { attribute: 'plan-id', reflect: true },
    salesChannel: { attribute: 'sales-channel' },
    remedies: {},
    noConfirm: { attribute: 'no-confirm', type: Boolean },
    disabled: { type: Boolean, reflect: true },
    busy: { type: Boolean, reflect: true },
    snapshot: { attribute: false },
    credit: { attribute: false },
    clock: { attribute: false },
    said: { state: true },
  };

  declare amount: MoneyInput | null | undefined;
  declare lang: string;
  declare locale: string | null | undefined;
  declare planId: string | null | undefined;
  declare salesChannel: string | null | undefined;
  declare remedies: string | null | undefined;
  declare noConfirm: boolean;
  declare disabled: boolean;
  declare busy: boolean;
  declare snapshot: Snapshot | undefined;
  declare credit: CreditLine | undefined;
  declare clock: () => number;

  /** What the screen reader was told last. */
  private declare said: string;

  #state: State = { kind: 'loading' };
  /** The last preview, which keeps its place while there is no other. */
  #last: Preview | undefined;
  #made: { snapshot: Snapshot; credit: CreditLine } | undefined;
  #isEngineMissing = false;
  /** What `change` told last. */
  #told: string | undefined;
  /** The snapshot that `refresh` was told of. */
  #refreshed: string | undefined;
  #refreshedAt = -Infinity;
  #unsubscribe: (() => void) | undefined;
  readonly #announcer = new Announcer((sentence) => (this.said = sentence));
  readonly #expiry = new Expiry(() => this.requestUpdate());

  constructor() {
    super();
    this.lang = '';
    this.noConfirm = false;
    this.disabled = false;
    this.busy = false;
    this.clock = Date.now;
    this.said = '';
  }

  // What the shop may read

  get preview(): Preview | undefined {
    return previewOf(this.#read());
  }

  get plan(): Plan | undefined {
    return this.preview?.plan;
  }

  get problem(): Reason | undefined {
    const state = this.#read();
    return state.kind === 'broken' || state.kind === 'unreadable' ? state.problem : undefined;
  }

  get headline(): string {
    const state = this.#read();
    return isKnown(state) ? headline(state, this.#viewOf(state)) : '';
  }

  override focus(options?: FocusOptions): void {
    if (this.isUpdatePending) void this.updateComplete.then(() => this.#focusNow(options));
    else this.#focusNow(options);
  }

  #focusNow(options?: FocusOptions): void {
    const button = this.renderRoot.querySelector<HTMLButtonElement>('.confirm:enabled');
    (button ?? this.renderRoot.querySelector<HTMLElement>('#verdict'))?.focus(options);
  }

  // Its life

  override connectedCallback(): void {
    super.connectedCallback();
    this.#listen();
    // What was stopped when it was taken out.
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unsubscribe?.();
    this.#announcer.stop();
    this.#expiry.stop();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('credit')) this.#listen();
    this.#state = this.#read();
    const preview = previewOf(this.#state);
    if (preview !== undefined || this.#state.kind === 'loading' || this.#state.kind === 'idle') this.#last = preview;
  }

  protected override update(changed: PropertyValues<this>): void {
    const wasInRemedies = this.shadowRoot?.activeElement?.closest('.remedies') != null;
    super.update(changed);
    // A remedy that helped is no longer there; whoever pressed it goes on from where it led.
    if (wasInRemedies && this.shadowRoot?.activeElement == null) this.focus();
  }

  protected override updated(): void {
    const state = this.#state;
    if (!isKnown(state)) {
      this.#announcer.stop();
      this.#expiry.stop();
      return;
    }
    this.#announcer.announce(spoken(state, this.#viewOf(state)));
    this.#expiry.watch(state.line.valid_until, this.clock());
    this.#tellChange(state);
    if (state.kind === 'expired') this.#tellExpiry(state);
  }

  #listen(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = this.credit?.subscribe?.(() => this.requestUpdate());
  }

  // What there is to show

  #read(): State {
    const credit = this.credit ?? this.#ownCredit();
    if (credit !== undefined) return stateOf(credit, this.#purchase());
    return this.#isEngineMissing ? { kind: 'broken', problem: undefined } : { kind: 'loading' };
  }

  #purchase() {
    return {
      amount: amountOf(this.amount),
      planId: this.planId ?? undefined,
      salesChannel: this.salesChannel ?? undefined,
      language: this.#language,
      now: this.clock(),
    };
  }

  /** The line of the snapshot, once the engine is there. */
  #ownCredit(): CreditLine | undefined {
    const { snapshot } = this;
    if (snapshot == null) return undefined;
    if (engine === undefined) {
      if (!this.#isEngineMissing) void this.#awaitEngine();
      return undefined;
    }
    if (this.#made?.snapshot !== snapshot) this.#made = { snapshot, credit: engine.createCredit({ snapshot }) };
    return this.#made.credit;
  }

  async #awaitEngine(): Promise<void> {
    await loadEngine();
    this.#isEngineMissing = engine === undefined;
    this.requestUpdate();
  }

  /** What the element or the page around it says: `es`, `en-US`, perhaps a language that we do not speak, or nothing. */
  get #pageLanguage(): string {
    return this.lang || this.closest('[lang]')?.getAttribute('lang') || document.documentElement.lang;
  }

  get #language(): Language {
    return /^en\b/i.test(this.#pageLanguage) ? 'en' : 'es';
  }

  get #texts(): Texts {
    return TEXTS[this.#language];
  }

  #viewOf({ line }: Known): View {
    const language = this.#language;
    const locale = localeOf(this.locale || this.#pageLanguage, language);
    return { texts: this.#texts, format: formatFor(locale, line.currency, line.decimals) };
  }

  get #isFrozen(): boolean {
    return this.disabled || this.busy;
  }

  protected override render(): TemplateResult {
    const state = this.#state;
    return html`
      <div class="surface" lang=${this.#language}>${this.#content(state)}</div>
      <p class="visually-hidden" lang=${this.#language} role="status" aria-live="polite" aria-atomic="true">${this.said}</p>
    `;
  }

  #content(state: State) {
    switch (state.kind) {
      case 'loading':
        return this.#skeleton();
      case 'broken':
        return html`${brokenView(state.problem, { texts: this.#texts })}`;
      default:
        return this.#known(state);
    }
  }

  #known(state: Known): TemplateResult {
    const view = this.#viewOf(state);
    const preview = previewOf(state) ?? this.#last;
    return html`
      ${lineView(state.line, this.#order(state), view)}
      ${state.kind === 'idle' ? nothing : this.#decision(state, view)}
      ${preview === undefined ? nothing : this.#plans(preview, state.kind !== 'assessed', view)}
      ${this.#confirmation(state)}
    `;
  }

  #order(state: Known): Order {
    const preview = previewOf(state);
    if (preview === undefined) return { amount: 0, isRefused: false };
    return { amount: preview.plan?.total ?? Number(this.amount), isRefused: preview.verdict === 'refused' };
  }

  #decision(state: Known, view: View): TemplateResult {
    return html`
      <div class="decision">
        ${verdictView(state, view, () => this.#askForRefresh(state, true))}
        ${state.kind === 'assessed' ? this.#remedies(state.preview, view) : nothing}
      </div>
    `;
  }

  #remedies(preview: Preview, view: View) {
    const pressable = new Set<string>(this.remedies == null ? ALL_REMEDIES : this.remedies.split(/\s+/));
    const onPress = (remedy: RemedyDetail) => this.#pressRemedy(remedy);
    return remediesView({ preview, pressable, isDisabled: this.#isFrozen, onPress }, view);
  }

  #plans(preview: Preview, isStale: boolean, view: View): TemplateResult {
    const onChoose = (id: string) => (this.planId = id);
    const chosenId = this.planId ?? undefined;
    return plansView({ preview, chosenId, isStale, isDisabled: this.#isFrozen, onChoose }, view);
  }

  /** What the shop has to say stands beside the button that was pressed, or alone where there is none. */
  #confirmation(state: State): TemplateResult {
    const notice = html`<slot name="notice"></slot>`;
    if (this.amount == null) return notice;
    const texts = this.#texts;
    const isReady = acceptedPlan(state) !== undefined && !this.#isFrozen;
    const button = html`
      <button type="button" class="confirm" part="confirm" ?disabled=${!isReady} @click=${() => this.#confirm()}>
        ${this.busy ? texts.confirming : texts.confirm}
      </button>
    `;
    return html`
      <div class="confirmation">
        ${notice}
        <slot name="confirm">${this.noConfirm ? nothing : button}</slot>
        <slot name="footer">
          ${this.noConfirm ? nothing : html`<p class="fineprint" part="fineprint">${texts.fineprint}</p>`}
        </slot>
      </div>
    `;
  }

  #skeleton(): TemplateResult {
    const texts = this.#texts;
    const isIdle = this.amount == null;
    return html`
      ${lineSkeleton({ texts })}
      ${isIdle ? nothing : html`<div class="decision">${verdictSkeleton()}</div> ${plansSkeleton({ texts })}`}
      ${this.#confirmation(this.#state)}
    `;
  }

  // What is told

  #tellChange(state: Known): void {
    const preview = previewOf(state);
    const plan = preview?.plan;
    const accepted = preview?.verdict === 'accepted';
    const told = JSON.stringify([plan?.plan_hash, preview?.verdict, preview?.version]);
    if (told === this.#told) return;
    this.#told = told;
    this.#tell('change', { plan_id: plan?.plan_id, plan_hash: plan?.plan_hash, accepted, preview });
  }

  /** Once a snapshot, and not while nobody looks: then it is asked when somebody does. */
  #tellExpiry(state: Known): void {
    const { valid_until } = state.line;
    if (document.hidden || this.#refreshed === valid_until) return;
    // A page whose clock is wrong finds every snapshot too old: it asks now and then, not all the time.
    if (Date.now() < this.#refreshedAt + PAUSE) return;
    this.#refreshed = valid_until;
    this.#refreshedAt = Date.now();
    this.#askForRefresh(state, false);
  }

  #askForRefresh({ line: { valid_until } }: Known, pressed: boolean): void {
    if (this.#tell('refresh', { valid_until, pressed })) this.credit?.refresh?.();
  }

  #pressRemedy(remedy: RemedyDetail): void {
    const isTaken = !this.#tell('remedy', remedy);
    if (remedy.kind === 'plan' && !isTaken) this.planId = remedy.plan.plan_id;
  }

  #confirm(): void {
    const plan = acceptedPlan(this.#read());
    const amount = amountOf(this.amount);
    if (plan === undefined || amount === undefined || this.#isFrozen) {
      this.requestUpdate();
      return;
    }
    this.#tell('confirm', { amount, plan_id: plan.plan_id, plan_hash: plan.plan_hash });
  }

  #tell(name: 'change', detail: ChangeDetail): boolean;
  #tell(name: 'confirm', detail: ConfirmDetail): boolean;
  #tell(name: 'refresh', detail: RefreshDetail): boolean;
  #tell(name: 'remedy', detail: RemedyDetail): boolean;
  #tell(name: string, detail: unknown): boolean {
    return this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable: name === 'remedy' || name === 'refresh' }));
  }
}

function isKnown(state: State): state is Known {
  return state.kind !== 'loading' && state.kind !== 'broken';
}

/** Formats take long to make; a page needs few. */
const formats = new Map<string, Format>();

function formatFor(locale: string, currency: string, decimals: number): Format {
  const name = `${locale} ${currency} ${decimals}`;
  const format = formats.get(name) ?? new Format(locale, { currency, decimals });
  formats.set(name, format);
  return format;
}
