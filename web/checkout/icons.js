// The page's few icons. They repeat what a text beside them says, so they are hidden from screen readers.

import { drawing } from './dom.js';

const PATHS = {
  check: 'M4.5 10.5l3.7 3.7 7.3-8',
  alert: 'M10 5.5v5.2M10 14.2v.1',
};

/** @param {keyof typeof PATHS} name */
export function icon(name) {
  return drawing(
    'svg',
    { class: `icon icon-${name}`, viewBox: '0 0 20 20', 'aria-hidden': 'true', focusable: 'false' },
    drawing('path', { d: PATHS[name] }),
  );
}
