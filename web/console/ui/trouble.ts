// Why there is no answer, or a no, in words: the server's sentence, then what an approver may do about it.

import { html, type TemplateResult } from 'lit-html';

import type { Problem, Trouble } from '../api/answer.ts';
import { TEXTS } from '../texts.ts';
import { notice } from './notice.ts';

/** What could not be read. */
export function troubleNotice(trouble: Trouble, title: string, retry?: () => void): TemplateResult {
  const action = retry === undefined ? undefined : { label: TEXTS.retry, act: retry };
  if (trouble.kind === 'refused') return notice({ ...problemWords(trouble.problem), tone: 'danger', title, action });
  const { silence, problem } = trouble;
  const words = TEXTS.silence[silence];
  const detail = problem === undefined ? undefined : codeOf(problem);
  return notice({ tone: 'danger', title, text: `${words.title}. ${words.text}`, detail, action });
}

/** What could not be read anew, above what is known from before. */
export function staleNotice(trouble: Trouble, retry: () => void): TemplateResult {
  const why = trouble.kind === 'refused' ? trouble.problem.message : `${TEXTS.silence[trouble.silence].title}.`;
  return html`
    <div class="stale" role="status">
      <p><strong>${TEXTS.stale}</strong> ${why}</p>
      <button type="button" class="button-quiet" @click=${retry}>${TEXTS.retry}</button>
    </div>
  `;
}

/** The server's sentence and its code. */
export function problemWords(problem: Problem): { readonly text: string; readonly detail: string } {
  return { text: problem.message, detail: codeOf(problem) };
}

function codeOf({ code, requestId }: Problem): string {
  return requestId === undefined ? TEXTS.code(code) : TEXTS.requestId(code, requestId);
}
