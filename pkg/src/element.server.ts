// What a server imports in place of the element: the same name, and nothing to define it with. A page that is rendered on
// a server leaves <fiado-credito> as it is written, and the browser fills it.

import type { FiadoCredito as Public } from './element/public.js';

export type { ChangeDetail, ConfirmDetail, RefreshDetail, RemedyDetail, RemedyKind } from './element/events.js';
export type { FiadoCreditoEvents } from './element/public.js';
export type { CreditLine } from './element/state.js';

/** There are no elements here. */
export const FiadoCredito = class {
  constructor() {
    throw new TypeError('<fiado-credito> can be made in a browser alone');
  }
} as unknown as new () => Public;
export type FiadoCredito = Public;
