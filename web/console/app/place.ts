// A page of the console: what it is called, what it shows, and where in it one is.

import type { TemplateResult } from 'lit-html';

import type { Route } from './route.ts';

export interface Place {
  readonly title: string;
  /** Something was sent whose answer is not there yet: leaving would lose it. */
  readonly isWaiting: boolean;
  /** Shows another part of itself; whether that route is of this place at all. */
  moveTo(route: Route): boolean;
  /** Asks again for all that is shown. */
  refresh(): void;
  template(): TemplateResult;
}
