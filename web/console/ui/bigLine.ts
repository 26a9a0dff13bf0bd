// The one figure that counts, in large, with what it is of.

import { html, type TemplateResult } from 'lit-html';

export function bigLine(caption: string, figure: string, beside: string): TemplateResult {
  return html`
    <p class="caption">${caption}</p>
    <p class="big-line"><span class="big figure">${figure}</span> <span class="beside">${beside}</span></p>
  `;
}
