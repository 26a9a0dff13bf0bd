// The answer to the purchase as it stands: yes with what remains, or no with every reason.

import { html, nothing, type TemplateResult } from 'lit';

import type { Preview, Reason } from '../types.js';
import { icon, type IconName } from './icons.js';
import type { Known } from './state.js';
import type { View } from './view.js';

/** Which figures of a reason are money; the others are counts. */
const COUNTS = new Set(['most_installments']);

/** What the verdict says. */
interface Face {
  readonly tone: 'accepted' | 'refused' | 'neutral';
  /** In a few words. */
  readonly title: string;
  /** What is read out when it changes. */
  readonly spoken: string;
  readonly content: TemplateResult;
}

export function verdictView(state: Known, view: View, onRefresh: () => void): TemplateResult | typeof nothing {
  const face = faceOf(state, view);
  if (face === undefined) return nothing;
  const refresh = html`
    <button type="button" class="quiet" part="refresh" @click=${onRefresh}>${view.texts.verdict.refresh}</button>
  `;
  return html`
    <div class="verdict verdict-${face.tone}" part="verdict" id="verdict" tabindex="-1">
      ${face.content} ${state.kind === 'expired' ? refresh : nothing}
    </div>
  `;
}

/** The verdict in a few words; none where nothing is bought. */
export function headline(state: Known, view: View): string {
  return faceOf(state, view)?.title ?? '';
}

/** What a screen reader says of it. */
export function spoken(state: Known, view: View): string {
  return faceOf(state, view)?.spoken ?? '';
}

function faceOf(state: Known, view: View): Face | undefined {
  const { verdict: texts } = view.texts;
  switch (state.kind) {
    case 'idle':
      return undefined;
    case 'assessed':
      return state.preview.verdict === 'accepted' ? accepted(state.preview, view) : refused(state.preview, view);
    case 'missing':
      return neutral(texts.missing, html`<slot name="missing">${texts.missingText}</slot>`, texts.missingText);
    case 'empty':
      return neutral(texts.empty, html`<slot name="empty">${texts.emptyText}</slot>`, texts.emptyText);
    case 'expired':
      return neutral(texts.expired, html`${texts.expiredText}`, texts.expiredText);
    case 'unreadable':
      return unreadable(state.problem, view);
  }
}

function accepted(preview: Preview, { texts: { verdict: texts }, format }: View): Face {
  const figures: [string, string][] = [
    [texts.availableAfter, format.money(preview.credit_available_after ?? 0)],
    [texts.usedAfter, format.money(preview.credit_used_after ?? 0)],
  ];
  return {
    tone: 'accepted',
    title: texts.accepted,
    spoken: inOneSentence(texts.accepted, figures),
    content: html`${title('check', texts.accepted)} ${figureList(figures)}`,
  };
}

function refused({ reasons }: Preview, view: View): Face {
  const [first] = reasons;
  return {
    tone: 'refused',
    title: first === undefined ? view.texts.verdict.refused : reasonTitle(first, view),
    spoken: reasons.map((reason) => inOneSentence(reasonTitle(reason, view), figuresOf(reason, view))).join(' '),
    content: html`${reasons.map((reason) => reasonView(reason, view))}`,
  };
}

function neutral(heading: string, text: TemplateResult, plain: string): Face {
  const content = html`${title('pause', heading)}<p>${text}</p>`;
  return { tone: 'neutral', title: heading, spoken: `${heading}. ${plain}`, content };
}

function unreadable({ message, code }: Reason, { texts: { verdict: texts }, format }: View): Face {
  const sentence = format.sentence(message);
  return neutral(texts.unreadable, html`${sentence} <span class="code">${texts.code} ${code}</span>`, sentence);
}

/** What stands in place of the line where it cannot be read. Which fields are wrong is nothing for a buyer. */
export function brokenView(problem: Reason | undefined, { texts: { verdict: texts } }: Pick<View, 'texts'>): TemplateResult {
  return html`
    <div class="verdict verdict-refused" part="verdict" role="alert">
      ${title('alert', texts.broken)}
      <p>${problem === undefined ? texts.engineMissing : isOfPage(problem) ? problem.message : texts.brokenText}</p>
      ${problem === undefined ? nothing : html`<p class="code">${texts.code} ${problem.code}</p>`}
    </div>
  `;
}

/** Whether it says something to the buyer: that the figures could not be fetched. */
function isOfPage({ code }: Reason): boolean {
  return code.startsWith('CLI-');
}

/** As tall as a yes. */
export function verdictSkeleton(): TemplateResult {
  const blank = html`<span class="blank">&nbsp;</span>`;
  const figure = html`<div><dt>${blank}</dt><dd>${blank}</dd></div>`;
  return html`
    <div class="verdict" aria-hidden="true">
      <p class="verdict-title">${blank}</p>
      <dl class="verdict-figures">${[figure, figure]}</dl>
    </div>
  `;
}

function reasonView(reason: Reason, view: View): TemplateResult {
  const figures = figuresOf(reason, view);
  return html`
    <div class="reason" part="reason">
      ${title('cross', reasonTitle(reason, view))} ${figures.length === 0 ? nothing : figureList(figures)}
      <p class="sentence">${sentenceOf(reason, view)}</p>
      <p class="code">${view.texts.verdict.code} ${reason.code}</p>
    </div>
  `;
}

function reasonTitle(reason: Reason, { texts }: View): string {
  if (offersNothing(reason)) return texts.nothingOffered.title;
  return byType(texts.reasons, reason.type) ?? texts.verdict.refused;
}

function sentenceOf(reason: Reason, { texts, format }: View): string {
  if (offersNothing(reason)) return texts.nothingOffered.text;
  return byType(texts.sentences, reason.type) ?? format.sentence(reason.message);
}

function figuresOf({ details }: Reason, { texts, format }: View): [string, string][] {
  return Object.entries(texts.figures).flatMap(([name, words]): [string, string][] => {
    const value = details[name];
    if (typeof value !== 'number' && typeof value !== 'string') return [];
    return [[words, COUNTS.has(name) ? String(value) : format.money(value)]];
  });
}

/** Whether the plan is not offered because none is. */
function offersNothing({ type, details }: Reason): boolean {
  const offered = details['offered_plans'];
  return type === 'PLAN_NOT_OFFERED' && Array.isArray(offered) && offered.length === 0;
}

function byType(texts: Record<string, string>, type: string): string | undefined {
  return Object.hasOwn(texts, type) ? texts[type] : undefined;
}

function title(name: IconName, text: string): TemplateResult {
  return html`<p class="verdict-title">${icon(name)} ${text}</p>`;
}

function figureList(figures: [string, string][]): TemplateResult {
  const figure = ([name, value]: [string, string]) => html`<div><dt>${name}</dt><dd class="figure">${value}</dd></div>`;
  return html`<dl class="verdict-figures">${figures.map(figure)}</dl>`;
}

function inOneSentence(heading: string, figures: [string, string][]): string {
  return [heading, ...figures.map(([name, value]) => `${name}: ${value}`)].join('. ') + '.';
}
