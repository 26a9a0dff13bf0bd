// The window in which something is done: it shows the figures, sends the command once however often it is pressed, and
// keeps a command that was not answered until it is.

import { html, nothing, type TemplateResult } from 'lit-html';

import { isUnauthorized, type Problem, type Silence, type Trouble } from '../api/answer.ts';
import type { Command } from '../api/connection.ts';
import type { Host } from '../app/host.ts';
import { newKey } from '../keys.ts';
import { TEXTS } from '../texts.ts';
import { modal } from '../ui/modal.ts';
import { notice } from '../ui/notice.ts';
import { problemWords } from '../ui/trouble.ts';
import type { Operation } from './operation.ts';

const texts = TEXTS.actions;

/** What nothing that could be typed would change: the line stands elsewhere by now. */
const FINAL: readonly string[] = ['INVALID_STATE_TRANSITION', 'CREDIT_NOT_APPROVED'];

/** A command under its key: sent again, it is carried out once. */
interface Sent {
  readonly command: Command<string>;
  readonly key: string;
}

type State =
  | { readonly is: 'editing'; readonly problem?: Problem }
  | { readonly is: 'sending'; readonly sent: Sent }
  | { readonly is: 'unanswered'; readonly sent: Sent; readonly silence: Silence };

/** What the page around does. */
interface Surroundings {
  /** The account may stand otherwise now. */
  changed(): void;
  close(): void;
}

export class ActionDialog {
  readonly #host: Host;
  readonly #customer: string;
  readonly #operation: Operation;
  readonly #around: Surroundings;
  #state: State = { is: 'editing' };

  constructor(host: Host, customer: string, operation: Operation, around: Surroundings) {
    this.#host = host;
    this.#customer = customer;
    this.#operation = operation;
    this.#around = around;
  }

  /** Whether something was sent whose answer is not there yet. */
  get isWaiting(): boolean {
    return this.#state.is !== 'editing';
  }

  template(): TemplateResult {
    const { title, width } = this.#operation;
    const close = this.#state.is === 'sending' ? undefined : () => this.#close();
    const content = html`
      <form class="action-form" novalidate @submit=${this.#submit}>
        <fieldset ?disabled=${this.isWaiting}>${this.#operation.content()}</fieldset>
        ${this.#outcome()}
        ${this.#buttons()}
      </form>
    `;
    return modal({ id: 'action-title', title, content, close, width });
  }

  #buttons(): TemplateResult {
    const { confirmLabel, isGrave, isReady } = this.#operation;
    const { is } = this.#state;
    const label = { editing: confirmLabel, sending: texts.sending, unanswered: TEXTS.retry }[is];
    const leave = is === 'unanswered' ? texts.unanswered.leave : texts.cancelDialog;
    const isSending = is === 'sending';
    const isOff = isSending || (is === 'editing' && !isReady);
    const kind = isGrave ? 'button-grave' : 'button-primary';
    return html`
      <div class="form-buttons">
        <button type="button" class="button" ?disabled=${isSending} @click=${() => this.#close()}>${leave}</button>
        ${this.#isFinal ? nothing : html`<button class="button ${kind} confirm" ?disabled=${isOff}>${label}</button>`}
      </div>
    `;
  }

  get #isFinal(): boolean {
    const state = this.#state;
    return state.is === 'editing' && state.problem !== undefined && FINAL.includes(state.problem.type);
  }

  #outcome(): TemplateResult | typeof nothing {
    const state = this.#state;
    if (state.is === 'unanswered')
      return notice({ tone: 'amber', title: texts.unanswered.title, text: silenceText(state.silence) });
    if (state.is === 'sending' || state.problem === undefined) return nothing;
    const { text, detail } = problemWords(state.problem);
    const help = TEXTS.help[state.problem.type];
    return html`
      ${notice({ tone: 'danger', title: TEXTS.refused, text, detail })}
      ${help === undefined ? nothing : html`<p class="help">${help}</p>`}
    `;
  }

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    const state = this.#state;
    if (state.is === 'sending') return;
    if (state.is === 'unanswered') return void this.#send(state.sent, state);
    if (!this.#operation.isReady || this.#isFinal) return;
    const command = this.#operation.command();
    if (command !== undefined) return void this.#send({ command, key: newKey() }, state);
    this.#showWrong();
  };

  async #send(sent: Sent, before: State): Promise<void> {
    this.#turn({ is: 'sending', sent });
    const answer = await this.#host.api.command(this.#customer, sent.command, sent.key);
    if (answer.kind === 'success') return this.#done(answer.data);
    this.#turn(afterTrouble(answer, sent, before));
    if (answer.kind === 'refused') this.#refused(answer.problem);
  }

  #done(sentence: string): void {
    this.#around.close();
    this.#around.changed();
    this.#host.say(sentence);
  }

  /** A no is also news: the account stands otherwise than this page believed. */
  #refused(problem: Problem): void {
    const messageOf = (name: string) => problem.fields.find(({ field }) => field === name)?.message;
    for (const input of this.#operation.inputs) input.complain(sentenceOf(messageOf(input.words.name)));
    this.#around.changed();
    this.#showWrong();
  }

  #close(): void {
    const wasUnanswered = this.#state.is === 'unanswered';
    this.#around.close();
    if (wasUnanswered) this.#around.changed();
  }

  #turn(state: State): void {
    this.#state = state;
    this.#host.update();
  }

  /** Draws, then goes to what has to be put right. */
  #showWrong(): void {
    this.#host.update();
    setTimeout(() => document.querySelector<HTMLElement>('dialog [aria-invalid="true"]')?.focus());
  }
}

/** A question that may have been carried out stays the same question, also where its token has ended meanwhile. */
function afterTrouble(trouble: Trouble, sent: Sent, before: State): State {
  if (trouble.kind === 'unanswered') return { is: 'unanswered', sent, silence: trouble.silence };
  const wasAsked = before.is === 'unanswered' && isUnauthorized(trouble);
  return wasAsked ? before : { is: 'editing', problem: trouble.problem };
}

function silenceText(silence: Silence): string {
  const { text, busy, unreadable } = texts.unanswered;
  return { offline: text, busy, unreadable }[silence];
}

/** The server's words about a field follow on its name; alone, they begin a sentence. */
function sentenceOf(message: string | undefined): string {
  return message === undefined ? '' : `${message.charAt(0).toLocaleUpperCase('es')}${message.slice(1)}.`;
}
