// The page's few icons. They repeat what a text beside them says, so they are hidden from screen readers.

import { html, type TemplateResult } from 'lit-html';

const PATHS = {
  alert: 'M10 5.5v5.2M10 14.2v.1',
  back: 'M12 4.5l-5.5 5.5 5.5 5.5',
  check: 'M4.5 10.5l3.7 3.7 7.3-8',
  cross: 'M5.5 5.5l9 9m0-9l-9 9',
  down: 'M5 7.5l5 5 5-5',
  forward: 'M8 4.5l5.5 5.5-5.5 5.5',
  search: 'M9 4a5 5 0 1 1 0 10A5 5 0 0 1 9 4zm3.6 8.6L16.5 16.5',
} as const;

export type Icon = keyof typeof PATHS;

export function icon(name: Icon): TemplateResult {
  return html`<svg class="icon icon-${name}" viewBox="0 0 20 20" aria-hidden="true" focusable="false"><path d=${PATHS[name]}></path></svg>`;
}
