// A list of the server on a card: its table, the pages beside it, and what went wrong.

import { html, nothing, type TemplateResult } from 'lit-html';

import type { Page } from '../api/connection.ts';
import type { Loadable } from '../app/loadable.ts';
import { TEXTS } from '../texts.ts';
import { pager } from './pager.ts';
import { staleNotice, troubleNotice } from './trouble.ts';

export interface PagedList<T> {
  readonly page: Loadable<Page<T>>;
  readonly turnTo: (cursor: string) => void;
  readonly empty: string;
  readonly failed: string;
  readonly rows: (items: readonly T[], isStale: boolean) => TemplateResult;
}

export function pagedList<T>({ page, turnTo, empty, failed, rows }: PagedList<T>): TemplateResult {
  const { value, trouble, isLoading } = page;
  const retry = () => void page.load();
  if (value === undefined) {
    return trouble === undefined || isLoading
      ? html`<p class="loading" role="status">${TEXTS.loading}</p>`
      : troubleNotice(trouble, failed, retry);
  }
  return html`
    ${trouble === undefined ? nothing : staleNotice(trouble, retry)}
    ${value.items.length === 0 ? html`<p class="empty">${empty}</p>` : rows(value.items, isLoading)}
    ${pager(value, turnTo)}
  `;
}
