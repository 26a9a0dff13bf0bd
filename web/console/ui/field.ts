// One thing to be typed, with its name, what helps, and what is wrong with it.

import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';

import type { Content } from './content.ts';

export interface FieldWords {
  /** Its name in the API, which refusals call it by. */
  readonly name: string;
  readonly label: string;
  /** What the label leaves to the eye, for who does not see what stands beside it. */
  readonly about?: string;
  readonly kind: 'text' | 'amount' | 'number' | 'date' | 'notes' | 'secret';
  readonly unit?: string;
  readonly most?: number;
}

export class Field {
  readonly words: FieldWords;
  value: string;
  /** What helps; a function where that may change. */
  hint: Content | (() => Content) = nothing;
  #error = '';
  readonly #changed: () => void;

  constructor(words: FieldWords, value: string, changed: () => void) {
    this.words = words;
    this.value = value;
    this.#changed = changed;
  }

  get isWrong(): boolean {
    return this.#error !== '';
  }

  /** Says what is wrong; an empty text: nothing is. */
  complain(error: string): void {
    this.#error = error;
  }

  /** Puts another value there, as if it were typed. */
  put(value: string): void {
    this.value = value;
    this.#error = '';
    this.#changed();
  }

  template(extra: Content = nothing): TemplateResult {
    const { label, about, name, unit } = this.words;
    const hint = this.#hint;
    const unseen = about === undefined ? nothing : html`<span class="visually-hidden"> ${about}</span>`;
    return html`
      <div class="field">
        <label for=${this.#id}>${label}${unseen}</label>
        <div class="field-control ${unit === undefined ? '' : 'has-unit'}">
          ${this.#control()}
          ${unit === undefined ? nothing : html`<span class="field-unit" aria-hidden="true">${unit}</span>`}
        </div>
        ${extra}
        ${this.isWrong ? html`<p class="field-error" id="${name}-error">${this.#error}</p>` : nothing}
        ${hint === nothing ? nothing : html`<p class="detail" id="${name}-hint">${hint}</p>`}
      </div>
    `;
  }

  get #id(): string {
    return `field-${this.words.name}`;
  }

  #control(): TemplateResult {
    const { kind, most } = this.words;
    const type = (event: Event) => this.put((event.target as HTMLInputElement | HTMLTextAreaElement).value);
    return kind === 'notes'
      ? html`<textarea id=${this.#id} class="input" rows="3" maxlength=${most ?? nothing}
          aria-describedby=${this.#described} aria-invalid=${this.isWrong}
          .value=${live(this.value)} @input=${type}></textarea>`
      : html`<input id=${this.#id} class="input input-${kind}" maxlength=${most ?? nothing}
          type=${INPUT_TYPES[kind]} inputmode=${INPUT_MODES[kind] ?? nothing}
          autocomplete="off" autocapitalize="off" spellcheck="false"
          aria-describedby=${this.#described} aria-invalid=${this.isWrong}
          .value=${live(this.value)} @input=${type}>`;
  }

  /** What is read out with it. */
  get #described(): string | typeof nothing {
    const { name } = this.words;
    const parts = [this.isWrong ? `${name}-error` : undefined, this.#hint === nothing ? undefined : `${name}-hint`];
    return parts.filter((part) => part !== undefined).join(' ') || nothing;
  }

  get #hint(): Content {
    return typeof this.hint === 'function' ? this.hint() : this.hint;
  }
}

const INPUT_TYPES = { text: 'text', amount: 'text', number: 'text', date: 'date', secret: 'password' } as const;
const INPUT_MODES: Readonly<Partial<Record<FieldWords['kind'], string>>> = { amount: 'decimal', number: 'decimal' };
