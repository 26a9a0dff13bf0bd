// What a shop sees of the element: its properties, and what it tells. Nothing here is of Lit, so that the package's types
// need none of Lit's.

import type { MoneyInput, Plan, Preview, Reason, Snapshot } from '../types.js';
import type { ChangeDetail, ConfirmDetail, RefreshDetail, RemedyDetail } from './events.js';
import type { CreditLine } from './state.js';

/** The element's own events, by their names. */
export interface FiadoCreditoEvents {
  readonly change: CustomEvent<ChangeDetail>;
  readonly confirm: CustomEvent<ConfirmDetail>;
  readonly remedy: CustomEvent<RemedyDetail>;
  readonly refresh: CustomEvent<RefreshDetail>;
}

/**
 * The line of credit at a checkout: what is available, whether an amount passes, by which plan it is paid and when each
 * part falls due, why it does not pass, and what would make it pass.
 *
 * @example
 * <fiado-credito amount="1250.50" locale="es-PA"></fiado-credito>
 *
 * const element = document.querySelector('fiado-credito');
 * element.snapshot = answer.data; // of GET …/credit/snapshot
 * element.addEventListener('confirm', ({ detail }) => buy({ order_id, ...detail }));
 *
 * @attr amount - What is bought, in units of currency: `1250.50`. Without it the line alone is shown; an empty one is missing and will be asked for.
 * @attr lang - `es` or `en`; otherwise that of the page, otherwise Spanish.
 * @attr locale - How money and dates are written: `es-PA`, `es-MX`, `es-CO`, `es-CL`, `es-AR`, `es-PE`, `en-US`, or any other.
 * @attr plan-id - The chosen plan's id; where none is, it is the first that passes.
 * @attr sales-channel - The shop's sales channel, for rules that are for some alone.
 * @attr remedies - Which remedies are buttons, because the shop acts on them: `plan amount prepayment date` if not given. The others are told.
 * @attr no-confirm - Without the button that confirms.
 * @attr disabled - Nothing can be chosen or confirmed.
 * @attr busy - The purchase is on its way: as `disabled`, and the button says so.
 *
 * @fires {CustomEvent<ChangeDetail>} change - Another plan is chosen, or the chosen one, its verdict or the line has changed.
 * @fires {CustomEvent<ConfirmDetail>} confirm - The purchase was confirmed; set `busy` until it is answered.
 * @fires {CustomEvent<RemedyDetail>} remedy - Something that would make it pass was pressed. The element chooses a plan itself, unless the event is prevented.
 * @fires {CustomEvent<RefreshDetail>} refresh - The snapshot is too old: give a new one.
 *
 * @slot title - In place of the heading.
 * @slot notice - What the shop has to say of the purchase, above the button.
 * @slot missing - What is said where the amount is missing.
 * @slot empty - What is said where the amount is zero.
 * @slot confirm - A button of the shop's own in place of the element's.
 * @slot footer - What stands under the button, in place of the sentence there.
 *
 * @csspart line - The line: heading, what is available, bar, figures.
 * @csspart title - Its heading.
 * @csspart status - Whether the line is approved, suspended…
 * @csspart available - What is available, in large.
 * @csspart bar - What is used, held and bought, drawn.
 * @csspart figures - The figures below it.
 * @csspart verdict - Whether the amount passes.
 * @csspart reason - Each reason why it does not.
 * @csspart refresh - The button that asks for new figures.
 * @csspart remedies - What would make it pass.
 * @csspart remedy - Each button there.
 * @csspart plans - The choice of plan, with the schedule.
 * @csspart plans-title - Its heading.
 * @csspart plan - Each plan.
 * @csspart chosen-plan - The chosen one.
 * @csspart cheapest - The mark of the one that costs least.
 * @csspart schedule - The table of due dates.
 * @csspart confirm - The button that confirms.
 * @csspart fineprint - The sentence under it.
 *
 * @cssprop --fiado-accent - Buttons, the chosen plan, a yes. Its tint is mixed from it.
 * @cssprop --fiado-on-accent - Text on the accent.
 * @cssprop --fiado-surface - The element's background.
 * @cssprop --fiado-sunken - The background of what is quiet.
 * @cssprop --fiado-text - Text.
 * @cssprop --fiado-muted - Text of less weight.
 * @cssprop --fiado-rule - Thin lines.
 * @cssprop --fiado-rule-strong - The outlines of what can be pressed.
 * @cssprop --fiado-danger - A no.
 * @cssprop --fiado-warning - A line that is suspended or in review.
 * @cssprop --fiado-bar-used - In the bar: what is used.
 * @cssprop --fiado-bar-held - In the bar: what is held.
 * @cssprop --fiado-bar-order - In the bar: this order.
 * @cssprop --fiado-bar-free - In the bar: what is free.
 * @cssprop --fiado-bar-beyond - In the bar: what is beyond the limit and does not pass.
 * @cssprop --fiado-bar-tolerated - In the bar: what is beyond the limit and passes.
 * @cssprop --fiado-border - The element's border.
 * @cssprop --fiado-radius - Its corners.
 * @cssprop --fiado-radius-small - The corners of what is in it.
 * @cssprop --fiado-padding - The space inside it.
 * @cssprop --fiado-font - The font; that of the page if not given.
 */
export interface FiadoCredito extends HTMLElement {
  /** What is bought, in units of currency: `1250.5` or `'1250.50'`. Nothing: the line alone is shown. An empty text: it is missing. */
  amount: MoneyInput | null | undefined;
  /** The language of the texts: `es` or `en`; otherwise that of the page, otherwise Spanish. */
  lang: string;
  /** How money and dates are written: `es-PA`. */
  locale: string | null | undefined;
  /** The chosen plan's id; where none is chosen, it is the first that passes. */
  planId: string | null | undefined;
  /** The shop's sales channel, for rules that are for some alone. */
  salesChannel: string | null | undefined;
  /** Which remedies are buttons: `plan amount prepayment date` if not given. */
  remedies: string | null | undefined;
  /** Without the button that confirms. */
  noConfirm: boolean;
  /** Nothing can be chosen or confirmed. */
  disabled: boolean;
  /** The purchase is on its way: as `disabled`, and the button says so. */
  busy: boolean;
  /** What `GET …/credit/snapshot` answers in `data`. */
  snapshot: Snapshot | undefined;
  /** A line that is made already, by any entry of the package; it goes before `snapshot`. */
  credit: CreditLine | undefined;
  /** The server's time in milliseconds since 1970, as well as the page knows it; `Date.now` if not given. */
  clock: () => number;

  /** What the engine says of the amount as it stands, at once; nothing where it cannot be assessed. */
  readonly preview: Preview | undefined;
  /** The plan that is chosen, or would be. */
  readonly plan: Plan | undefined;
  /** Why nothing can be said: what cannot be read of the snapshot or of the amount, every wrong field. */
  readonly problem: Reason | undefined;
  /** The verdict in a few words, in the element's language; empty where there is none. */
  readonly headline: string;

  /** Goes to the button that confirms, or to the verdict where there is nothing to confirm. */
  focus(options?: FocusOptions): void;

  addEventListener<Name extends keyof FiadoCreditoEvents>(
    name: Name,
    listener: (this: FiadoCredito, event: FiadoCreditoEvents[Name]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener<Name extends Exclude<keyof HTMLElementEventMap, keyof FiadoCreditoEvents>>(
    name: Name,
    listener: (this: FiadoCredito, event: HTMLElementEventMap[Name]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    name: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
}
