// The entry that defines <fiado-credito>. The engine is not in it: it is the one of the default entry, loaded when a
// snapshot is given, or whichever made the `credit` that is given.

import { CreditElement } from './element/fiadoCredito.js';
import type { FiadoCredito as Public } from './element/public.js';

export type { ChangeDetail, ConfirmDetail, RefreshDetail, RemedyDetail, RemedyKind } from './element/events.js';
export type { FiadoCreditoEvents } from './element/public.js';
export type { CreditLine } from './element/state.js';

/** The class of `<fiado-credito>`, which importing this entry has defined. */
export const FiadoCredito: new () => FiadoCredito = CreditElement;
export type FiadoCredito = Public;

declare global {
  interface HTMLElementTagNameMap {
    'fiado-credito': FiadoCredito;
  }
}

// Two copies of the package on one page are no reason to fail: the first one stays.
if (customElements.get('fiado-credito') === undefined) customElements.define('fiado-credito', CreditElement);
