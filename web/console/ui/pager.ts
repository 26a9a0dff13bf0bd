// The way to the pages beside this one.

import { html, nothing, type TemplateResult } from 'lit-html';

import type { Page } from '../api/connection.ts';
import { TEXTS } from '../texts.ts';
import type { Content } from './content.ts';
import { icon } from './icons.ts';

export function pager(page: Page<unknown>, turnTo: (cursor: string) => void): Content {
  if (page.next === undefined && page.previous === undefined) return nothing;
  const { label, next, previous } = TEXTS.pager;
  return html`
    <nav class="pager" aria-label=${label}>
      ${turner(page.previous, html`${icon('back')}${previous}`, turnTo)}
      ${turner(page.next, html`${next}${icon('forward')}`, turnTo)}
    </nav>
  `;
}

function turner(cursor: string | undefined, words: TemplateResult, turnTo: (cursor: string) => void): TemplateResult {
  const turn = () => cursor !== undefined && turnTo(cursor);
  return html`<button type="button" class="button" ?disabled=${cursor === undefined} @click=${turn}>${words}</button>`;
}
