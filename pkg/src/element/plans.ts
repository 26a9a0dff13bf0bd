// How it is paid: one of the plans that the shop offers for the amount, and the schedule of that one.

import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';

import type { Plan, Preview } from '../types.js';
import { partsInWords, planInShort, planName } from './planWords.js';
import { scheduleView } from './schedule.js';
import type { View } from './view.js';

export interface PlanChoice {
  readonly preview: Preview;
  /** What was chosen, which may no longer be offered; nothing where nobody chose. */
  readonly chosenId: string | undefined;
  readonly isDisabled: boolean;
  /** Its figures are of an amount that no longer is: they keep their place and are not shown. */
  readonly isStale: boolean;
  readonly onChoose: (id: string) => void;
}

/** A plan by its id; without a plan where it is no longer offered. */
type Listed = [id: string, plan: Plan | undefined];

/** What the plans of one preview have in common. */
interface Offer {
  readonly hasInterest: boolean;
  /** Whether any plan passes; where none does, it is for no plan's sake. */
  readonly canPass: boolean;
  /** What the cheapest plan that passes costs; nothing where all cost the same. */
  readonly least: number | undefined;
}

export function plansView(choice: PlanChoice, view: View): TemplateResult {
  const { preview, isStale, isDisabled } = choice;
  const { texts } = view;
  const { plan } = preview;
  const offer = offerOf(preview);
  const row = ([id, each]: Listed) => choiceView(id, each, { choice, offer }, view);
  return html`
    <section class="plans ${isStale ? 'is-stale' : ''}" part="plans" aria-labelledby="plans-title">
      <h3 id="plans-title" part="plans-title">${texts.plans.title}</h3>
      <p class="plan-short figure">${shortOf(preview, view)}</p>
      <fieldset class="plan-choices" ?disabled=${isDisabled || isStale}>
        <legend class="visually-hidden">${texts.plans.legend}</legend>
        <div class="plan-list">${repeat(listed(choice), ([id]) => id, row)}</div>
      </fieldset>
      ${plan === undefined ? nothing : scheduleView(plan, view)}
    </section>
  `;
}

function shortOf({ plan, plans }: Preview, view: View): string | typeof nothing {
  if (plan !== undefined) return planInShort(plan, view);
  return plans.length === 0 ? view.texts.plans.none : nothing;
}

/** Room for a few plans; how many there will be, nobody knows yet. */
export function plansSkeleton({ texts: { plans: texts } }: Pick<View, 'texts'>): TemplateResult {
  const blank = html`<span class="blank">&nbsp;</span>`;
  const choice = html`<div class="plan-choice"><span>${blank}</span><span class="plan-detail">${blank}</span></div>`;
  return html`
    <section class="plans" part="plans" aria-labelledby="plans-title" aria-busy="true">
      <h3 id="plans-title" part="plans-title">${texts.title}</h3>
      <p class="plan-short">&nbsp;</p>
      <div class="plan-choices plan-list" aria-hidden="true">${[choice, choice, choice, choice]}</div>
    </section>
  `;
}

/** The plans by their ids. What was chosen and is no longer offered stays, to be seen as such. */
function listed({ preview, chosenId }: PlanChoice): Listed[] {
  const offered = preview.plans.map((plan): Listed => [plan.plan_id, plan]);
  const isListed = chosenId === undefined || offered.some(([id]) => id === chosenId);
  return isListed ? offered : [...offered, [chosenId, undefined]];
}

function choiceView(
  id: string,
  plan: Plan | undefined,
  { choice, offer }: { choice: PlanChoice; offer: Offer },
  view: View,
): TemplateResult {
  const { texts } = view;
  const isChosen = id === (choice.chosenId ?? choice.preview.plan?.plan_id);
  const isBeyond = plan !== undefined && offer.canPass && plan.accepted !== true;
  const isCheapest = plan?.accepted === true && plan.total === offer.least;
  const reason = plan === undefined ? texts.plans.unavailable : isBeyond ? texts.plans.beyond : undefined;
  const lines = plan === undefined ? [] : planLines(plan, offer, view);
  return html`
    <label class="plan-choice ${isCheapest ? 'is-cheapest' : ''}" part="plan ${isChosen ? 'chosen-plan' : ''}">
      <input
        type="radio"
        name="plan"
        value=${id}
        .checked=${live(isChosen)}
        ?disabled=${reason !== undefined && !isChosen}
        @change=${() => choice.onChoose(id)}
      />
      <span class="plan-name">${planName(id, view)}</span>
      <span class="plan-detail figure">
        ${lines.map((line) => html`<span class="plan-line">${line}</span>`)}
        ${isCheapest ? html`<span class="plan-line cheapest" part="cheapest">${texts.plans.cheapest}</span>` : nothing}
        ${reason === undefined ? nothing : html`<span class="plan-line beyond">${reason}</span>`}
      </span>
    </label>
  `;
}

function planLines(plan: Plan, { hasInterest }: Offer, view: View): string[] {
  const { texts: { plans: texts }, format } = view;
  const parts = partsInWords(plan, view);
  if (plan.interest > 0) return [parts, texts.total(format.money(plan.total)), texts.interest(format.money(plan.interest))];
  return hasInterest ? [parts, texts.withoutInterest] : [parts];
}

function offerOf({ plans, would_pass: { cheapest_plan_id: cheapestId } }: Preview): Offer {
  const cheapest = plans.find((plan) => plan.plan_id === cheapestId)?.total;
  return {
    hasInterest: plans.some((plan) => plan.interest > 0),
    canPass: plans.some((plan) => plan.accepted),
    least: plans.some((plan) => plan.total !== cheapest) ? cheapest : undefined,
  };
}
