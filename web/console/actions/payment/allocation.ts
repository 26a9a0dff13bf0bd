// Where a payment would go, as the engine in the page says: at once, with every keystroke. What the engine cannot know,
// late charges and how the account would stand after it, the server adds.

import type { Invoice } from '../../api/invoices.ts';
import type { PaymentBody, PreviewedPart } from '../../api/payments.ts';
import { readAmount, toWire, type Minor } from '../../money.ts';

/** What the engine behind forms answers; the server has it beside the console, built with it. */
interface Engine {
  allocatePayment(
    payment: PaymentBody,
    invoices: readonly { invoice_id: string; due_date: string; outstanding: string }[],
    currency: string,
  ):
    | {
        status: 'success';
        data: {
          allocations: { invoice_id: string; due_date: string; amount: number; outstanding: number }[];
          unapplied: number;
        };
      }
    | { status: 'error' };
}

const ENGINE = '/pkg/forms.js';

/** Where a payment would go, and what would be left of it. */
export interface Allocation {
  readonly allocations: readonly PreviewedPart[];
  readonly unapplied: Minor;
}

export class Allocator {
  #engine: Engine | undefined;

  /** @param changed called once the engine is there */
  constructor(changed: () => void) {
    // Without it the server's answer is waited for, and nothing else is missing.
    const load = import(/* @vite-ignore */ ENGINE) as Promise<Engine>;
    load.then(
      (engine) => {
        this.#engine = engine;
        changed();
      },
      () => undefined,
    );
  }

  /** Nothing where the engine is not there yet, or refuses: why, is then the server's to say. */
  allocate(body: PaymentBody, open: readonly Invoice[], currency: string): Allocation | undefined {
    const owed = open.map(({ id, due, outstanding }) => ({
      invoice_id: id,
      due_date: due,
      outstanding: toWire(outstanding, currency),
    }));
    const answer = this.#engine?.allocatePayment(body, owed, currency);
    if (answer?.status !== 'success') return undefined;
    const { allocations, unapplied } = answer.data;
    return {
      allocations: allocations.map((part) => ({
        invoice: part.invoice_id,
        due: part.due_date as PreviewedPart['due'],
        amount: readAmount(part.amount, currency),
        outstanding: readAmount(part.outstanding, currency),
        lateCharges: undefined,
      })),
      unapplied: readAmount(unapplied, currency),
    };
  }
}
