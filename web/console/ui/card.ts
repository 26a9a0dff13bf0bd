// A part of a page with its heading.

import { html, nothing, type TemplateResult } from 'lit-html';

import type { Loadable } from '../app/loadable.ts';
import { TEXTS } from '../texts.ts';
import type { Content } from './content.ts';
import { detail } from './detail.ts';
import { staleNotice, troubleNotice } from './trouble.ts';

export interface Card {
  readonly id: string;
  readonly title: string;
  /** Beside the title. */
  readonly aside?: string | undefined;
  readonly content: Content;
}

export function card({ id, title, aside, content }: Card): TemplateResult {
  return html`
    <section class="card ${id}" aria-labelledby="${id}-title">
      <div class="card-head"><h2 id="${id}-title">${title}</h2>${detail(aside)}</div>
      ${content}
    </section>
  `;
}

/** What is known of something, or that it is being asked, or why it is not known. */
export function loaded<T>(what: Loadable<T>, failed: string, show: (value: T) => Content): Content {
  const { value, trouble, isLoading } = what;
  const retry = () => void what.load();
  if (value !== undefined) return html`${trouble === undefined ? nothing : staleNotice(trouble, retry)}${show(value)}`;
  return trouble === undefined || isLoading
    ? html`<p class="loading" role="status">${TEXTS.loading}</p>`
    : troubleNotice(trouble, failed, retry);
}
