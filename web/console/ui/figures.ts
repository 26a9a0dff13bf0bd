// Names with their values, side by side.

import { html, nothing, type TemplateResult } from 'lit-html';

import type { Content } from './content.ts';

export interface NamedFigure {
  readonly name: string;
  readonly value: Content;
  readonly detail?: Content | undefined;
  readonly isBad?: boolean;
}

export function figureList(figures: readonly (NamedFigure | undefined)[], kind = 'figures'): TemplateResult {
  return html`<dl class=${kind}>${figures.map((figure) => (figure === undefined ? nothing : entry(figure)))}</dl>`;
}

function entry({ name, value, detail, isBad = false }: NamedFigure): TemplateResult {
  return html`
    <div class=${isBad ? 'is-bad' : ''}>
      <dt>${name}</dt>
      <dd class="figure">${value}${detail === undefined ? nothing : html`<span class="detail">${detail}</span>`}</dd>
    </div>
  `;
}
