// What every part of the page may ask of the page itself.

import type { Api } from '../api/api.ts';
import type { Permission, Session } from '../api/session.ts';
import type { Minor } from '../money.ts';

export interface Host {
  readonly api: Api;
  readonly session: Session;
  /** Draws the page anew, soon. */
  update(): void;
  may(permission: Permission): boolean;
  /** An amount of the shop's currency, as a person reads it. */
  money(minor: Minor): string;
  /** Tells what has been done. */
  say(sentence: string): void;
}
