// A line in small print.

import { html, nothing } from 'lit-html';

import type { Content } from './content.ts';

/** The line, or nothing where there is none to write. */
export function detail(text: string | undefined): Content {
  return text === undefined ? nothing : html`<p class="detail">${text}</p>`;
}
