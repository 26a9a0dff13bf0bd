// What there is to show: the line, and what the engine says of the amount. No rule of credit is here, only what is asked
// and when nothing can be.

import { PENDING } from '../snapshotProblems.js';
import type { Answer, Availability, Cart, Language, MoneyInput, Plan, Preview, Reason } from '../types.js';

/** As much of a `Credit` as the element asks; it may be made by any entry of the package. */
export interface CreditLine {
  preview(cart: Cart): Answer<Preview>;
  availability(now?: number): Answer<Availability>;
  /** Calls back when a new snapshot is there. */
  subscribe?(listener: () => void): () => void;
  /** Fetches a new one. */
  refresh?(): unknown;
}

/** What is bought, as far as it is known. */
export interface Purchase {
  /** Nothing: there is no purchase, and the line alone is shown. An empty text: its amount is missing. */
  readonly amount: MoneyInput | undefined;
  /** The chosen plan; where none is chosen, it is the first that passes. */
  readonly planId: string | undefined;
  readonly salesChannel: string | undefined;
  readonly language: Language;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export type State =
  | { readonly kind: 'loading' }
  /** The engine is missing, or cannot read the snapshot and says why. */
  | { readonly kind: 'broken'; readonly problem: Reason | undefined }
  | Known;

/** The line can be read. */
export type Known = { readonly line: Availability } & (
  | { readonly kind: 'expired' | 'idle' | 'missing' | 'empty' }
  /** The amount cannot be read. */
  | { readonly kind: 'unreadable'; readonly problem: Reason }
  | { readonly kind: 'assessed'; readonly preview: Preview }
);

/** The snapshot's time has come. */
const EXPIRED = 'CRD-2016';

const ZERO = /^0*(\.0*)?$/;

/** An amount as somebody types it: its decimals may be still to come. */
export function amountOf(given: MoneyInput | null | undefined): MoneyInput | undefined {
  return typeof given === 'string' ? given.trim().replace(/(\d)\.$/, '$1') : (given ?? undefined);
}

export function stateOf(credit: CreditLine, purchase: Purchase): State {
  const current = credit.availability(purchase.now);
  if (current.status === 'success') return { line: current.data, ...outcomeOf(credit, purchase) };
  if (current.error.code === PENDING.code) return { kind: 'loading' };
  // As of when it was taken, so that the line can be shown even after its time.
  const taken = credit.availability();
  const isExpired = current.error.code === EXPIRED && taken.status === 'success';
  return isExpired ? { kind: 'expired', line: taken.data } : { kind: 'broken', problem: current.error };
}

function outcomeOf(credit: CreditLine, purchase: Purchase) {
  const { amount } = purchase;
  if (amount === undefined) return { kind: 'idle' } as const;
  if (amount === '') return { kind: 'missing' } as const;
  if (ZERO.test(String(amount))) return { kind: 'empty' } as const;
  const answer = assess(credit, amount, purchase);
  if (answer.status === 'error') return { kind: 'unreadable', problem: answer.error } as const;
  return { kind: 'assessed', preview: answer.data } as const;
}

function assess(credit: CreditLine, amount: MoneyInput, { planId, salesChannel, language, now }: Purchase): Answer<Preview> {
  const cart: Cart = {
    amount,
    language,
    now: new Date(now).toISOString(),
    ...(salesChannel === undefined ? {} : { sales_channel: salesChannel }),
  };
  if (planId !== undefined) return credit.preview({ ...cart, plan_id: planId });
  const offered = credit.preview(cart);
  if (offered.status === 'error') return offered;
  const { plans } = offered.data;
  const first = plans.find((plan) => plan.accepted) ?? plans[0];
  // Where nothing is offered, the engine says so.
  return credit.preview(first === undefined ? { ...cart, installments: 1 } : { ...cart, plan_id: first.plan_id });
}

export function previewOf(state: State): Preview | undefined {
  return state.kind === 'assessed' ? state.preview : undefined;
}

/** The plan that can be bought by; nothing where the purchase does not pass. */
export function acceptedPlan(state: State): Plan | undefined {
  const preview = previewOf(state);
  return preview?.verdict === 'accepted' ? preview.plan : undefined;
}
