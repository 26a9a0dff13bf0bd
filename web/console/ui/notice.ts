// Something the reader should know, and what can be done about it.

import { html, nothing, type TemplateResult } from 'lit-html';

import { detail as small } from './detail.ts';
import { icon } from './icons.ts';

export interface Notice {
  readonly tone: 'danger' | 'amber' | 'brand';
  readonly title: string;
  readonly text?: string | undefined;
  readonly detail?: string | undefined;
  readonly action?: Action | undefined;
}

interface Action {
  readonly label: string;
  readonly act: () => void;
}

export function notice({ tone, title, text, detail, action }: Notice): TemplateResult {
  return html`
    <div class="notice notice-${tone}" role=${tone === 'brand' ? 'status' : 'alert'}>
      ${icon(tone === 'brand' ? 'check' : 'alert')}
      <div class="notice-body">
        <p class="notice-title">${title}</p>
        ${text === undefined ? nothing : html`<p>${text}</p>`}
        ${small(detail)}
        ${action === undefined ? nothing : button(action)}
      </div>
    </div>
  `;
}

function button({ label, act }: Action): TemplateResult {
  return html`<button type="button" class="button" @click=${act}>${label}</button>`;
}
