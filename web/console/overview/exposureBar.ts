// The line as a bar: what is overdue, what else is owed, what is held, and what is left.

import { html, nothing, svg, type TemplateResult } from 'lit-html';

import type { Account } from '../api/account.ts';
import type { Host } from '../app/host.ts';
import { share, type Minor } from '../money.ts';
import { TEXTS } from '../texts.ts';

/** As wide as the limit, or as what takes it where that is more. */
export function exposureBar(host: Host, { limit, used, held, overdue }: Account): TemplateResult {
  const taken = used + held;
  const whole = limit > taken ? limit : taken;
  const current = used > overdue ? used - overdue : 0n;
  const label = TEXTS.line.bar({
    limit: host.money(limit),
    overdue: host.money(overdue),
    current: host.money(current),
    held: host.money(held),
  });
  return html`
    <svg class="exposure-bar" role="img" aria-label=${label}>
      ${segment('overdue', 0n, overdue, whole)}
      ${segment('used', overdue, current, whole)}
      ${segment('held', used, held, whole)}
      ${taken > limit ? limitMark(percent(limit, whole)) : nothing}
    </svg>
  `;
}

function segment(name: string, start: Minor, width: Minor, whole: Minor): TemplateResult {
  const [x, wide] = [percent(start, whole), percent(width, whole)];
  return svg`<rect class="segment-${name}" x=${x} y="0" width=${wide} height="100%"></rect>`;
}

function limitMark(x: string): TemplateResult {
  return svg`<rect class="limit-mark" x=${x} y="0" width="2" height="100%"></rect>`;
}

function percent(part: Minor, whole: Minor): string {
  return `${share(part, whole) / 100}%`;
}
