// Why there is no schedule, in the server's codes and sentences.

import type { Language, Reason } from '../types.js';

/** What is wrong with a field: a stable code, and what it says in Spanish and in English. */
export type Fault = readonly [code: string, spanish: string, english: string];

/** A wrong field by its path: `terms[1].days`. */
export type WrongField = readonly [field: string, fault: Fault];

export const MISSING: Fault = ['MISSING', 'falta y es obligatorio', 'is missing and required'];
export const UNKNOWN: Fault = ['UNKNOWN_FIELD', 'no existe en esta operación', 'is not known here'];
export const NOT_A_NUMBER: Fault = [
  'NOT_A_NUMBER',
  'no es un número; escríbalo como 5000.00',
  'is not a number; write it like 5000.00',
];
export const NEGATIVE: Fault = ['NEGATIVE', 'no puede ser negativo', 'cannot be negative'];
export const ZERO: Fault = ['ZERO', 'debe ser mayor que cero', 'must be more than zero'];
export const NOT_A_DATE: Fault = [
  'NOT_A_DATE',
  'no es una fecha que exista; escríbala como 2025-11-24',
  'is not a date that exists; write it like 2025-11-24',
];
export const EMPTY: Fault = ['EMPTY', 'no puede estar vacío', 'cannot be empty'];

const KINDS = {
  object: ['un objeto', 'an object'],
  list: ['una lista', 'a list'],
  number: ['un número', 'a number'],
  whole: ['un número entero', 'a whole number'],
  date: ['una fecha como "2025-11-24"', 'a date like "2025-11-24"'],
} as const;

export function notA(kind: keyof typeof KINDS): Fault {
  const [spanish, english] = KINDS[kind];
  return ['WRONG_TYPE', `debe ser ${spanish}`, `must be ${english}`];
}

export function moreDecimalsThan(most: number): Fault {
  return most === 0
    ? ['TOO_MANY_DECIMALS', 'no puede tener decimales en esta moneda', 'cannot have decimals in this currency']
    : ['TOO_MANY_DECIMALS', `tiene más de ${most} decimales`, `has more than ${most} decimals`];
}

export function below(least: number): Fault {
  return ['TOO_SMALL', `debe ser al menos ${least}`, `must be at least ${least}`];
}

export function above(most: number): Fault {
  return ['TOO_LARGE', `debe ser como máximo ${most}`, `must be at most ${most}`];
}

export function moreThan(most: number): Fault {
  return ['TOO_LARGE', `puede tener como máximo ${most} elementos`, `must have at most ${most} entries`];
}

export function notOneOf(words: readonly string[]): Fault {
  return ['NOT_ONE_OF', `debe ser uno de: ${words.join(', ')}`, `must be one of: ${words.join(', ')}`];
}

/** All fields that are wrong. */
export function invalid(wrong: readonly WrongField[], language?: Language): Reason {
  const fields = wrong.map(([field, [code, spanish, english]]) => ({
    field,
    code,
    message: language === 'en' ? english : spanish,
  }));
  const [first, ...rest] = fields.map(({ field, message }) => [field, message] as const);
  const told = first!.join(' ');
  const others = rest.map(([field]) => field).join(', ');
  const message =
    language === 'en'
      ? `The request is not valid: ${told}${others && `; also wrong: ${others}`}. Correct it and send again; nothing was recorded.`
      : `La solicitud no es válida: ${told}${others && `; también están mal: ${others}`}. Corríjala y vuelva a enviarla; no se registró nada.`;
  return { code: 'CRD-1001', type: 'VALIDATION_ERROR', message, details: { fields } };
}

/** An amount of fewer minor units than parts; `printed` has its decimals and its currency. */
export function tooManyInstallments(
  printed: string,
  details: { amount: number; installments: number; most_installments: number },
  language?: Language,
): Reason {
  const { installments, most_installments: most } = details;
  const message =
    language === 'en'
      ? `The amount ${printed} is too small for ${installments} installments: each must be at least the currency's smallest unit. Use up to ${most}.`
      : `El importe ${printed} no alcanza para ${installments} cuotas: cada una debe ser al menos la unidad mínima de la moneda. Use hasta ${most} cuotas.`;
  return { code: 'CRD-2009', type: 'TOO_MANY_INSTALLMENTS', message, details };
}

/** Parts that add up to more than the largest amount. */
export function totalTooLarge(printed: string, details: { largest: number }, language?: Language): Reason {
  const message =
    language === 'en'
      ? `The total would pass ${printed}, the most that can be recorded. It would pass with a smaller amount or less interest.`
      : `El total pasaría de ${printed}, lo más que se puede registrar. Pasaría con un importe menor o con menos interés.`;
  return { code: 'CRD-2014', type: 'TOTAL_TOO_LARGE', message, details };
}
