// How it looks. Everything refers to the names at the top, and each of those to a property that a shop may set; they begin
// like no name of a page, which inherits into what it puts into the slots. Light or dark is what the page says by
// `color-scheme`.

import { css } from 'lit';

export const STYLES = css`
  :host {
    --_accent: var(--fiado-accent, light-dark(#0d5c48, #5cc4a2));
    --_on-accent: var(--fiado-on-accent, light-dark(#ffffff, #07241b));
    --_surface: var(--fiado-surface, light-dark(#fffefb, #1a211e));
    --_sunken: var(--fiado-sunken, light-dark(#f6f5f0, #212926));
    --_text: var(--fiado-text, light-dark(#1a2320, #ecefea));
    --_muted: var(--fiado-muted, light-dark(#5a655f, #a3aea8));
    --_rule: var(--fiado-rule, light-dark(#e3e1d8, #2d3733));
    --_rule-strong: var(--fiado-rule-strong, light-dark(#8e908a, #66746e));
    --_danger: var(--fiado-danger, light-dark(#9c2a20, #f2a094));
    --_warning: var(--fiado-warning, light-dark(#7d5200, #ebc272));
    --_bar-used: var(--fiado-bar-used, light-dark(#46524c, #a9b5af));
    --_bar-held: var(--fiado-bar-held, light-dark(#8d9a93, #6c7973));
    --_bar-order: var(--fiado-bar-order, light-dark(#2c9474, #3fae8b));
    --_bar-free: var(--fiado-bar-free, light-dark(#e2e4dd, #313b37));
    --_bar-beyond: var(--fiado-bar-beyond, light-dark(#c2473a, #df6a5c));
    --_bar-tolerated: var(--fiado-bar-tolerated, light-dark(#d69a2d, #dcae55));
    --_radius: var(--fiado-radius, 14px);
    --_radius-small: var(--fiado-radius-small, 9px);
    --_accent-tint: color-mix(in srgb, var(--_accent) 9%, var(--_surface));
    --_danger-tint: color-mix(in srgb, var(--_danger) 8%, var(--_surface));
    --_warning-tint: color-mix(in srgb, var(--_warning) 12%, var(--_surface));

    display: block;
    min-inline-size: min(16rem, 100%);
    color: var(--_text);
    font-family: var(--fiado-font, inherit);
    font-size: 1rem;
    line-height: 1.5;
    text-align: start;
    container-type: inline-size;
  }

  :host([hidden]) {
    display: none;
  }

  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  h2,
  h3,
  p,
  ul,
  dl,
  dd,
  fieldset {
    margin: 0;
    padding: 0;
  }

  ul {
    list-style: none;
  }

  fieldset {
    min-width: 0;
    border: 0;
  }

  button,
  input {
    color: inherit;
    font: inherit;
  }

  button {
    cursor: pointer;
  }

  button:disabled {
    cursor: default;
  }

  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }

  .surface {
    display: grid;
    gap: 1.5rem;
    padding: var(--fiado-padding, 1.5rem);
    border: var(--fiado-border, 1px solid var(--_rule));
    border-radius: var(--_radius);
    background: var(--_surface);
  }

  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  /* Figures stand under each other digit by digit; the largest has 21 characters. */
  .figure {
    font-variant-numeric: tabular-nums lining-nums;
    overflow-wrap: anywhere;
  }

  .icon {
    flex: none;
    width: 1.25rem;
    height: 1.25rem;
    fill: none;
    stroke: currentcolor;
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  h2 {
    font-size: 1.0625rem;
    font-weight: 600;
    line-height: 1.3;
  }

  h3 {
    font-size: 1rem;
    font-weight: 600;
    line-height: 1.3;
  }

  /* The line */

  .line-head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.5rem 1rem;
  }

  .status {
    display: inline-flex;
    align-items: center;
    gap: 0.4375rem;
    padding: 0.1875rem 0.75rem 0.1875rem 0.625rem;
    border-radius: 99px;
    background: var(--_sunken);
    color: var(--_muted);
    font-size: 0.8125rem;
    font-weight: 600;
  }

  .status::before {
    width: 0.4375rem;
    height: 0.4375rem;
    border-radius: 50%;
    background: currentcolor;
    content: '';
  }

  .status-approved {
    background: var(--_accent-tint);
    color: var(--_accent);
  }

  .status-pending,
  .status-suspended {
    background: var(--_warning-tint);
    color: var(--_warning);
  }

  .status-rejected,
  .status-cancelled {
    background: var(--_danger-tint);
    color: var(--_danger);
  }

  .caption {
    margin-top: 1.125rem;
    color: var(--_muted);
    font-size: 0.875rem;
  }

  .line-available {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    column-gap: 0.75rem;
  }

  .available {
    font-size: clamp(1.875rem, 1.25rem + 5cqi, 2.75rem);
    font-weight: 600;
    line-height: 1.15;
    letter-spacing: -0.025em;
  }

  .of-limit {
    color: var(--_muted);
    font-variant-numeric: tabular-nums lining-nums;
  }

  .bar {
    display: block;
    width: 100%;
    height: 0.875rem;
    margin-top: 1rem;
    border-radius: 99px;
    background: var(--_bar-free);
  }

  .segment {
    transition:
      x 160ms ease-out,
      width 160ms ease-out;
  }

  .segment-used {
    fill: var(--_bar-used);
  }

  .segment-held {
    fill: var(--_bar-held);
  }

  .segment-order {
    fill: var(--_bar-order);
  }

  .segment-beyond {
    fill: var(--_bar-tolerated);
  }

  .is-refused .segment-beyond,
  .is-refused:not(.is-passed) .segment-order {
    fill: var(--_bar-beyond);
  }

  .limit-mark {
    fill: var(--_surface);
  }

  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem 1.25rem;
    margin-top: 0.625rem;
    color: var(--_muted);
    font-size: 0.8125rem;
  }

  .legend-entry {
    display: flex;
    align-items: center;
    gap: 0.4375rem;
  }

  .legend-entry::before {
    width: 0.625rem;
    height: 0.625rem;
    border-radius: 3px;
    content: '';
  }

  .legend-used::before {
    background: var(--_bar-used);
  }

  .legend-held::before {
    background: var(--_bar-held);
  }

  .legend-order::before {
    background: var(--_bar-order);
  }

  .legend-beyond::before {
    background: var(--_bar-tolerated);
  }

  .is-refused .legend-beyond::before,
  .is-refused:not(.is-beyond) .legend-order::before {
    background: var(--_bar-beyond);
  }

  .legend-free::before {
    background: var(--_bar-free);
  }

  .figures {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(7.5rem, 100%), 1fr));
    gap: 0.875rem 1.25rem;
    margin-top: 1.125rem;
    padding-top: 1.125rem;
    border-top: 1px solid var(--_rule);
  }

  dt {
    color: var(--_muted);
    font-size: 0.8125rem;
  }

  .figures dd {
    font-weight: 600;
  }

  .is-late dd {
    color: var(--_danger);
  }

  /* The verdict, and what would make it pass */

  .decision {
    display: grid;
    gap: 1rem;
    align-content: start;
    min-width: 0;
  }

  .verdict {
    display: grid;
    gap: 0.75rem;
    padding: 1rem;
    border-radius: var(--_radius-small);
    background: var(--_sunken);
    font-size: 0.9375rem;
  }

  .verdict:focus:not(:focus-visible) {
    outline: none;
  }

  .verdict-accepted {
    background: var(--_accent-tint);
  }

  .verdict-refused {
    background: var(--_danger-tint);
  }

  .verdict-neutral {
    color: var(--_muted);
  }

  .verdict-title {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    color: var(--_text);
    font-weight: 600;
  }

  .verdict-accepted .verdict-title {
    color: var(--_accent);
  }

  .verdict-refused .verdict-title {
    color: var(--_danger);
  }

  .verdict-figures {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem 1.5rem;
  }

  .verdict-figures dd {
    font-size: 1.125rem;
    font-weight: 600;
    letter-spacing: -0.01em;
  }

  .reason {
    display: grid;
    gap: 0.75rem;
  }

  .reason + .reason {
    padding-top: 0.875rem;
    border-top: 1px solid color-mix(in srgb, var(--_danger) 20%, transparent);
  }

  .sentence {
    font-size: 0.875rem;
  }

  .code {
    color: var(--_muted);
    font: 400 0.75rem/1.4 ui-monospace, Consolas, 'Liberation Mono', monospace;
  }

  .reason .code {
    margin-top: -0.375rem;
  }

  .remedies {
    display: grid;
    gap: 0.5rem;
    font-size: 0.9375rem;
  }

  .remedies h3 {
    font-size: 0.9375rem;
  }

  .remedies ul {
    display: grid;
    gap: 0.25rem;
  }

  .remedies li {
    padding: 0.5rem 0 0;
    border-top: 1px solid var(--_rule);
  }

  .quiet {
    justify-self: start;
    min-height: 2.75rem;
    padding: 0;
    border: 0;
    background: none;
    color: var(--_accent);
    text-align: start;
    text-decoration: underline;
    text-decoration-thickness: 1px;
    text-underline-offset: 0.2em;
  }

  .quiet:hover:enabled {
    text-decoration-thickness: 2px;
  }

  .quiet:disabled {
    color: var(--_muted);
  }

  /* The plans */

  .plans {
    min-width: 0;
  }

  .plan-short {
    margin-top: 0.25rem;
    color: var(--_muted);
    font-size: 0.875rem;
  }

  .plan-choices {
    margin-top: 0.875rem;
  }

  .plan-list {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(8.5rem, 100%), 1fr));
    gap: 0.625rem;
  }

  .plan-choice {
    position: relative;
    display: grid;
    gap: 0.0625rem;
    align-content: start;
    padding: 0.75rem 0.75rem 0.75rem 2.5rem;
    border: 1px solid var(--_rule-strong);
    border-radius: var(--_radius-small);
    cursor: pointer;
  }

  .plan-choice:has(:enabled):hover {
    border-color: var(--_text);
  }

  [aria-busy] .plan-choice,
  .plan-choice:has(:disabled) {
    border-color: var(--_rule);
    color: var(--_muted);
    cursor: default;
  }

  .plan-choice:has(:checked) {
    border-color: var(--_accent);
    background: var(--_accent-tint);
    box-shadow: inset 0 0 0 1px var(--_accent);
    color: var(--_text);
  }

  .plan-choice:has(:focus-visible) {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }

  .plan-choice input {
    position: absolute;
    top: 0.9375rem;
    left: 0.8125rem;
    width: 1.125rem;
    height: 1.125rem;
    margin: 0;
    accent-color: var(--_accent);
  }

  .plan-choice input:focus-visible {
    outline: none;
  }

  .plan-name {
    font-weight: 600;
  }

  .plan-detail {
    display: grid;
    color: var(--_muted);
    font-size: 0.875rem;
    line-height: 1.4;
  }

  .cheapest {
    color: var(--_accent);
    font-weight: 600;
  }

  .beyond {
    color: var(--_danger);
  }

  .schedule {
    width: 100%;
    margin-top: 1.25rem;
    border-collapse: collapse;
    font-size: 0.9375rem;
  }

  .schedule caption {
    padding-bottom: 0.375rem;
    font-weight: 600;
    text-align: start;
  }

  .schedule th,
  .schedule td {
    padding: 0.4375rem 0;
    border-bottom: 1px solid var(--_rule);
    text-align: start;
  }

  .schedule thead th {
    color: var(--_muted);
    font-size: 0.8125rem;
    font-weight: 400;
  }

  .schedule th:last-child,
  .schedule td:last-child {
    text-align: end;
  }

  .schedule tfoot th,
  .schedule tfoot td {
    border-bottom: 0;
    font-weight: 600;
  }

  .schedule .schedule-interest :is(th, td) {
    padding-top: 0;
    color: var(--_muted);
    font-size: 0.875rem;
    font-weight: 400;
  }

  /* What was said of another amount keeps its place. */
  .is-stale :is(.plan-short, .plan-detail, .schedule) {
    visibility: hidden;
  }

  /* The button */

  .confirmation {
    display: grid;
    gap: 0.75rem;
  }

  .confirm {
    min-height: 3.125rem;
    padding: 0.5rem 1.125rem;
    border: 1px solid var(--_accent);
    border-radius: var(--_radius-small);
    background: var(--_accent);
    color: var(--_on-accent);
    font-size: 1.0625rem;
    font-weight: 600;
  }

  .confirm:hover:enabled {
    background: color-mix(in srgb, var(--_accent) 85%, var(--_text));
  }

  .confirm:disabled {
    border-color: var(--_rule);
    background: var(--_sunken);
    color: var(--_muted);
  }

  .fineprint {
    color: var(--_muted);
    font-size: 0.8125rem;
    line-height: 1.45;
    text-align: center;
  }

  /* What is not there yet has its place. */
  .blank {
    display: inline-block;
    width: 5rem;
    max-width: 100%;
    border-radius: 4px;
    background: var(--_bar-free);
    animation: wait 1.6s ease-in-out infinite alternate;
  }

  @keyframes wait {
    to {
      opacity: 0.45;
    }
  }

  @container (max-width: 24rem) {
    .surface {
      padding: var(--fiado-padding, 1rem);
    }

    /* Below the radio button there is more room. */
    .plan-detail {
      margin-inline-start: -1.6875rem;
    }
  }

  @container (min-width: 48rem) {
    .surface:has(.decision) {
      grid-template-columns: minmax(0, 1fr) 22rem;
      grid-template-rows: auto auto 1fr;
      column-gap: 2rem;
    }

    .line {
      grid-column: 1 / -1;
    }

    .plans {
      grid-column: 1;
      grid-row: 2 / 4;
    }

    .decision,
    .confirmation {
      grid-column: 2;
      align-self: start;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .segment {
      transition: none;
    }

    .blank {
      animation: none;
    }
  }
`;
