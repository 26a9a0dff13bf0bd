// The element's few icons. They repeat what a text beside them says, so they are hidden from screen readers.

import { html, svg, type TemplateResult } from 'lit';

const PATHS = {
  check: 'M4.5 10.5l3.7 3.7 7.3-8',
  cross: 'M5.5 5.5l9 9m0-9l-9 9',
  pause: 'M7.5 5v10M12.5 5v10',
  alert: 'M10 5.5v5.2M10 14.2v.1',
};

export type IconName = keyof typeof PATHS;

export function icon(name: IconName): TemplateResult {
  const path = svg`<path d=${PATHS[name]} />`;
  return html`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">${path}</svg>`;
}
