// Finding a company among the lines that are loaded, as people remember names: without accents and capitals.

import type { CreditRequest } from '../api/requests.ts';

/** Whether every word that was typed is somewhere in what names the company. */
export function matches({ customer, business }: CreditRequest, typed: string): boolean {
  const names = plain([customer, business?.name, business?.taxId].join(' '));
  return plain(typed)
    .split(/\s+/)
    .every((word) => names.includes(word));
}

function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase();
}
