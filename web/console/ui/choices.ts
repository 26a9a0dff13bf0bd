// A row of choices of which one holds, each of them a place of its own: links, so that the browser's back button knows
// them, or buttons where the choice is not worth an address.

import { html, nothing, type TemplateResult } from 'lit-html';

export interface Choice {
  readonly label: string;
  readonly isChosen: boolean;
  readonly go: string | (() => void);
}

export function choices(label: string, all: readonly Choice[], kind: 'tabs' | 'pills'): TemplateResult {
  return html`<nav class=${kind} aria-label=${label}><ul>${all.map((choice) => html`<li>${one(choice)}</li>`)}</ul></nav>`;
}

function one({ label, isChosen, go }: Choice): TemplateResult {
  if (typeof go === 'string') return html`<a href=${go} aria-current=${isChosen ? 'page' : nothing}>${label}</a>`;
  return html`<button type="button" aria-pressed=${isChosen} @click=${go}>${label}</button>`;
}
