// The buttons of what can be done: the likely ones in sight, the others a click away.

import { html, nothing, type TemplateResult } from 'lit-html';

import type { Account } from '../api/account.ts';
import { TEXTS } from '../texts.ts';
import { icon } from '../ui/icons.ts';
import type { Content } from '../ui/content.ts';
import type { Action } from './actions.ts';

const texts = TEXTS.actions;

/** All of them where they are few; else the first ones. */
const FEW = 3;
const IN_SIGHT = 2;

export function actionBar(actions: readonly Action[], account: Account, begin: (action: Action) => void): Content {
  if (actions.length === 0) return nothing;
  const inSight = actions.length <= FEW ? actions.length : IN_SIGHT;
  const button = (action: Action) => {
    const kind = action.isMain && action === actions[0] ? 'button-primary' : '';
    const label = action.label(account);
    return html`<button type="button" class="button ${kind}" @click=${() => begin(action)}>${label}</button>`;
  };
  return html`
    <div class="actions" role="group" aria-label=${texts.label}>
      ${actions.slice(0, inSight).map(button)}${more(actions.slice(inSight), account, begin)}
    </div>
  `;
}

function more(actions: readonly Action[], account: Account, begin: (action: Action) => void): Content {
  if (actions.length === 0) return nothing;
  const choose = (event: Event, action: Action) => {
    (event.target as Element).closest('details')?.removeAttribute('open');
    begin(action);
  };
  const item = (action: Action): TemplateResult => {
    const act = (event: Event) => choose(event, action);
    return html`<li><button type="button" @click=${act}>${action.label(account)}</button></li>`;
  };
  return html`
    <details class="menu" @focusout=${closeWhenLeft} @keydown=${closeOnEscape}>
      <summary class="button">${texts.more}${icon('down')}</summary>
      <ul class="menu-items">${actions.map(item)}</ul>
    </details>
  `;
}

/** By the keyboard; a click elsewhere falls on the veil that the open menu spreads over the page. */
function closeWhenLeft({ currentTarget, relatedTarget }: FocusEvent): void {
  const menu = currentTarget as HTMLDetailsElement;
  if (relatedTarget instanceof Node && !menu.contains(relatedTarget)) menu.open = false;
}

function closeOnEscape({ key, currentTarget }: KeyboardEvent): void {
  if (key !== 'Escape') return;
  const menu = currentTarget as HTMLDetailsElement;
  menu.open = false;
  menu.querySelector('summary')?.focus();
}
