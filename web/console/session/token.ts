// The token: kept for this tab alone, and never left in the address.

import { forget, recall, remember } from '../../checkout/memory.js';

const NAME = 'fiado.console';

/** The token of the address (`#token=…`), which is taken out of it. */
export function takeGivenToken(): string | undefined {
  const given = new URLSearchParams(location.hash.slice(1)).get('token') ?? undefined;
  // A token has no business in the history, nor on a screen that is shared.
  if (given !== undefined) history.replaceState(null, '', location.pathname + location.search);
  return given;
}

/** What an earlier load of this tab kept. */
export function keptToken(): string | undefined {
  const value: unknown = recall(NAME);
  return typeof value === 'string' ? value : undefined;
}

export function keepToken(token: string): void {
  remember(NAME, token);
}

export function forgetToken(): void {
  forget(NAME);
}

/** A token as it was pasted, without the blanks and line ends that came along; nothing where it cannot be one. */
export function readPasted(text: string): string | undefined {
  const token = text.replace(/\s/g, '').replace(/^Bearer(?=\S)/i, '');
  return /^[\w.~+/=-]+$/.test(token) ? token : undefined;
}
