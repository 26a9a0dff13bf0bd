// The line as a bar: what is used, what is held, what this order would take, and what would be left.

import { drawing } from './dom.js';

const SEGMENTS = /** @type {const} */ (['used', 'held', 'order', 'beyond']);

export class UsageBar {
  element;
  #segments;
  #limit;

  constructor() {
    this.#segments = SEGMENTS.map((name) => drawing('rect', { class: `segment segment-${name}`, y: 0, height: '100%' }));
    this.#limit = drawing('rect', { class: 'limit-mark', y: 0, width: 2, height: '100%' });
    this.element = drawing('svg', { class: 'usage-bar', role: 'img' }, ...this.#segments, this.#limit);
  }

  /**
   * The drawing is as wide as the limit, or as what would be owed where that is more.
   *
   * @param {{limit: bigint, used: bigint, held: bigint, order: bigint}} figures in minor units
   * @param {{label: string, isRefused: boolean}} more
   */
  show({ limit, used, held, order }, { label, isRefused }) {
    const taken = used + held;
    const room = limit > taken ? limit - taken : 0n;
    const within = order < room ? order : room;
    const widths = [used, held, within, order - within];
    const whole = limit > taken + order ? limit : taken + order;
    const percent = (/** @type {bigint} */ part) => `${whole === 0n ? 0 : Number((part * 10_000n) / whole) / 100}%`;
    let start = 0n;
    this.#segments.forEach((segment, index) => {
      segment.setAttribute('x', percent(start));
      segment.setAttribute('width', percent(widths[index]));
      start += widths[index];
    });
    this.#limit.setAttribute('x', percent(limit));
    this.#limit.classList.toggle('is-passed', whole > limit);
    this.element.classList.toggle('is-refused', isRefused);
    this.element.classList.toggle('is-beyond', order > within);
    this.element.setAttribute('aria-label', label);
  }
}
