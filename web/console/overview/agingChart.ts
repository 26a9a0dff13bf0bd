// The debt by age: a column for each group, and the same in figures beside it. The older, the warmer the colour.

import { html, nothing, svg, type TemplateResult } from 'lit-html';

import type { Host } from '../app/host.ts';
import { largest, share, type Minor } from '../money.ts';
import { TEXTS } from '../texts.ts';

const texts = TEXTS.aging;

/** In pixels; widths are percents, so that the drawing is as wide as there is room while its texts keep their size. */
const HEIGHT = 168;
const BASE = HEIGHT - 24;
const TALLEST = BASE - 24;
const SHORTEST = 3;

export interface AgeGroup {
  readonly name: string;
  /** As it fits under a column. */
  readonly short: string;
  readonly amount: Minor;
}

export function agingChart(host: Host, groups: readonly AgeGroup[], total: Minor): TemplateResult {
  const tallest = largest(groups.map(({ amount }) => amount));
  const label = texts.chart(groups.map(({ name, amount }) => `${name}: ${host.money(amount)}`).join('; '));
  const slot = 100 / groups.length;
  return html`
    <svg class="aging-chart" height=${HEIGHT} role="img" aria-label=${label}>
      <line class="axis" x1="0" x2="100%" y1=${BASE + 0.5} y2=${BASE + 0.5}></line>
      ${groups.map((group, index) => column(group, index, slot, heightOf(group.amount, tallest), total))}
    </svg>
  `;
}

export function agingTable(host: Host, groups: readonly AgeGroup[], total: Minor): TemplateResult {
  const row = ({ name, amount }: AgeGroup, index: number) => html`
    <tr>
      <th scope="row"><span class="swatch age-${index}"></span>${name}</th>
      <td class="figure">${host.money(amount)}</td>
      <td class="figure part">${shareText(amount, total)}</td>
    </tr>
  `;
  return html`
    <table class="aging-table">
      <caption class="visually-hidden">${texts.caption}</caption>
      <thead><tr>${[texts.bucket, texts.amount, texts.share].map((title) => html`<th scope="col">${title}</th>`)}</tr></thead>
      <tbody>${groups.map(row)}</tbody>
      <tfoot><tr><th scope="row">${texts.total}</th><td class="figure">${host.money(total)}</td><td></td></tr></tfoot>
    </table>
  `;
}

function column(
  { short, amount }: AgeGroup,
  index: number,
  slot: number,
  height: number,
  total: Minor,
): TemplateResult {
  const [left, middle, width] = [index + 0.2, index + 0.5, 0.6].map((slots) => `${slots * slot}%`);
  return svg`
    <rect class="age-${index}" x=${left} width=${width} y=${BASE - height} height=${height} rx="3"></rect>
    <text class="column-share" x=${middle} y=${BASE - height - 7}>${amount === 0n ? nothing : shareText(amount, total)}</text>
    <text class="column-name" x=${middle} y=${HEIGHT - 4}>${short}</text>
  `;
}

/** What is owed is seen, however little it is beside the rest. */
function heightOf(amount: Minor, tallest: Minor): number {
  return amount === 0n ? 0 : Math.max(SHORTEST, (share(amount, tallest) * TALLEST) / 10_000);
}

/** In percents with one decimal, cut; what is less than that is said to be so. */
function shareText(amount: Minor, total: Minor): string {
  const tenths = Math.trunc(share(amount, total) / 10);
  return tenths === 0 && amount > 0n ? '< 0.1 %' : `${tenths / 10} %`;
}
