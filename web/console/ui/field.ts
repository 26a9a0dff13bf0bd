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
  hint: Content = nothing;
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
    return html`
      <div class="field">
        <label for=${this.#id}>${label}${about === undefined ? nothing : html`<span class="visually-hidden"> ${about}</span>`}</label>
        <div class="field-control ${unit === undefined ? '' : 'has-unit'}">
          ${this.#control()}${unit === undefined ? nothing : html`<span class="field-unit" aria-hidden="true">${unit}</span>`}
        </div>
        ${extra}
        ${this.#error === '' ? nothing : html`<p class="field-error" id="${name}-error">${this.#error}</p>`}
        ${this.hint === nothing ? nothing : html`<p class="detail" id="${name}-hint">${this.hint}</p>`}
      </div>
    `;
  }

  get #id(): string {
    return `field-${this.words.name}`;
  }

  #control(): TemplateResult {
    const { name, kind, most } = this.words;
    const type = (event: Event) => this.put((event.target as HTMLInputElement | HTMLTextAreaElement).value);
    const described =
      [this.#error === '' ? '' : `${name}-error`, this.hint === nothing ? '' : `${name}-hint`].join(' ').trim() ||
      nothing;
    if (kind === 'notes') {
      return html`<textarea id=${this.#id} class="input" rows="3" maxlength=${most ?? nothing} aria-describedby=${described}
        aria-invalid=${this.isWrong} .value=${live(this.value)} @input=${type}></textarea>`;
    }
    return html`<input id=${this.#id} class="input input-${kind}" type=${INPUT_TYPES[kind]} inputmode=${INPUT_MODES[kind] ?? nothing}
      maxlength=${most ?? nothing} autocomplete="off" autocapitalize="off" spellcheck="false" aria-describedby=${described}
      aria-invalid=${this.isWrong} .value=${live(this.value)} @input=${type}>`;
  }
}

const INPUT_TYPES = { text: 'text', amount: 'text', number: 'text', date: 'date', secret: 'password' } as const;
const INPUT_MODES: Readonly<Partial<Record<FieldWords['kind'], string>>> = { amount: 'decimal', number: 'decimal' };
