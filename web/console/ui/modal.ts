// A window over the page. The rest waits: it can neither be clicked nor reached by the keyboard.

import { html, nothing, type ElementPart, type TemplateResult } from 'lit-html';
import { AsyncDirective } from 'lit-html/async-directive.js';
import { directive } from 'lit-html/directive.js';

import type { Content } from './content.ts';

export interface Modal {
  readonly id: string;
  readonly title: string;
  readonly content: Content;
  /** Somebody wants it closed; nothing where it has to stay. */
  readonly close?: (() => void) | undefined;
  /** Narrow ones hold a question, wide ones a table. */
  readonly width?: 'narrow' | 'wide';
}

export function modal({ id, title, content, close, width = 'narrow' }: Modal): TemplateResult {
  const cancel = (event: Event) => {
    event.preventDefault();
    close?.();
  };
  // A browser closes it by force where Escape is pressed twice.
  const closed = (event: Event) => (close === undefined ? (event.target as HTMLDialogElement).showModal() : close());
  return html`
    <dialog class="modal modal-${width}" aria-labelledby=${id} @cancel=${cancel} @close=${closed} ${opened()}>
      <h2 class="modal-title" id=${id}>${title}</h2>
      ${content}
    </dialog>
  `;
}

/** Opens the dialog once it stands in the page, and gives the focus back when it is gone. */
class Opened extends AsyncDirective {
  #before: Element | null | undefined;

  override render(): typeof nothing {
    return nothing;
  }

  override update({ element }: ElementPart): typeof nothing {
    if (this.#before === undefined && element instanceof HTMLDialogElement) {
      this.#before = document.activeElement;
      queueMicrotask(() => element.isConnected && !element.open && element.showModal());
    }
    return nothing;
  }

  override disconnected(): void {
    const before = this.#before;
    // While the dialog is still there, nothing else can have the focus.
    if (before instanceof HTMLElement) queueMicrotask(() => before.isConnected && before.focus());
  }
}

const opened = directive(Opened);
