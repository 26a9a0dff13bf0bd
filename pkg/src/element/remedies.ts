// What would make the purchase pass. Those that the shop acts on are buttons, the others are told.

import { html, nothing, type TemplateResult } from 'lit';

import type { Preview } from '../types.js';
import type { RemedyDetail, RemedyKind } from './events.js';
import { planName } from './planWords.js';
import type { View } from './view.js';

export interface Remedies {
  readonly preview: Preview;
  /** Those that are buttons. */
  readonly pressable: ReadonlySet<string>;
  readonly isDisabled: boolean;
  readonly onPress: (remedy: RemedyDetail) => void;
}

export const ALL_REMEDIES: readonly RemedyKind[] = ['plan', 'amount', 'prepayment', 'date'];

export function remediesView({ preview, pressable, isDisabled, onPress }: Remedies, view: View): TemplateResult | typeof nothing {
  const remedies = remediesOf(preview);
  if (remedies.length === 0) return nothing;
  const button = (remedy: RemedyDetail, text: string) => html`
    <button type="button" class="quiet" part="remedy" ?disabled=${isDisabled} @click=${() => onPress(remedy)}>
      ${view.texts.remedies.act[remedy.kind]}<span class="visually-hidden">: ${text}</span>
    </button>
  `;
  const item = (remedy: RemedyDetail) => {
    const text = inWords(remedy, view);
    return html`<li><p class="figure">${text}</p>${pressable.has(remedy.kind) ? button(remedy, text) : nothing}</li>`;
  };
  return html`
    <section class="remedies" part="remedies" aria-labelledby="remedies-title">
      <h3 id="remedies-title">${view.texts.remedies.title}</h3>
      <ul>${remedies.map(item)}</ul>
    </section>
  `;
}

/** What helps a refused purchase; nothing else has any. */
function remediesOf({ verdict, plan, plans, would_pass: found }: Preview): RemedyDetail[] {
  if (verdict === 'accepted') return [];
  const cheapest = plans.find(({ plan_id }) => plan_id === found.cheapest_plan_id);
  const { largest_amount: largest, smallest_prepayment: prepayment, earliest_date: date } = found;
  const remedies: (RemedyDetail | undefined)[] = [
    cheapest !== undefined && cheapest.plan_id !== plan?.plan_id ? { kind: 'plan', plan: cheapest } : undefined,
    largest === undefined ? undefined : { kind: 'amount', amount: largest },
    prepayment === undefined ? undefined : { kind: 'prepayment', amount: prepayment },
    date === undefined ? undefined : { kind: 'date', date },
  ];
  return remedies.filter((remedy) => remedy !== undefined);
}

function inWords(remedy: RemedyDetail, view: View): string {
  const { texts: { remedies: texts }, format } = view;
  switch (remedy.kind) {
    case 'plan':
      return texts.plan(planName(remedy.plan.plan_id, view), format.money(remedy.plan.total));
    case 'amount':
      return texts.amount(format.money(remedy.amount));
    case 'prepayment':
      return texts.prepayment(format.money(remedy.amount));
    case 'date':
      return texts.date(format.day(remedy.date));
  }
}
