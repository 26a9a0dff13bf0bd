// What stands behind a form: a body read as the server reads it, before it is sent, and where a payment would go. An engine
// of its own, which `validateRequest` of a line of credit loads when it is first asked.

import { explained } from './explained.js';
import { allocatePayment as allocate, validate as read } from './formsEngine.js';
import type { Answer, Language, OpenInvoice, PaymentAllocation, PaymentToAllocate, Shop } from './types.js';

/**
 * Reads a body as the server would, with its codes and sentences. What only the server knows, such as the bounds of what may
 * be asked for, only the server checks.
 *
 * @example
 * const answer = validate(body, { operation: 'request', currency: 'USD', today: '2026-11-21' });
 * if (answer.status === 'error') show(answer.error.details.fields);
 */
export function validate(body: unknown, shop: Shop, language?: Language): Answer<null> {
  return explained((language) => read(body, shop, language), language);
}

/**
 * Allocates a payment among open invoices: which of them get what of it, in which order, and what is left for later ones.
 *
 * @param invoices all that are open, as `GET …/credit/invoices?status=open` lists them: those that fall due first first.
 * @param currency ISO 4217.
 *
 * @example
 * allocatePayment({ amount: '100.00' }, invoices, 'USD');
 */
export function allocatePayment(
  payment: PaymentToAllocate,
  invoices: readonly OpenInvoice[],
  currency: string,
  language?: Language,
): Answer<PaymentAllocation> {
  return explained((language) => allocate(payment, invoices as OpenInvoice[], currency, language), language);
}
