// A list that the server gives page by page. One page is there at a time.

import type { Cursor } from '../api/api.ts';
import type { Answer } from '../api/answer.ts';
import type { Page } from '../api/connection.ts';
import { Loadable } from './loadable.ts';

export class Pages<T> {
  readonly page: Loadable<Page<T>>;
  #cursor: Cursor;

  constructor(ask: (cursor: Cursor) => Promise<Answer<Page<T>>>, changed: () => void) {
    this.page = new Loadable(() => ask(this.#cursor), changed);
  }

  /** Turns to the page of a mark, or to the first. */
  turnTo(cursor: Cursor): void {
    this.#cursor = cursor;
    void this.page.load();
  }
}
