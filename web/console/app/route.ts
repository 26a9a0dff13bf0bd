// Where in the console one is, as it stands in the address after `#`.

import type { Cursor } from '../api/api.ts';
import type { Status } from '../api/account.ts';

/** Which requests are listed. */
export type RequestFilter = Status | 'all';

export const SECTIONS = ['overview', 'invoices', 'statement', 'payments', 'journal'] as const;

/** A part of what there is about a company. */
export type Section = (typeof SECTIONS)[number];

export type Route =
  | { readonly page: 'requests'; readonly filter: RequestFilter; readonly cursor: Cursor }
  | { readonly page: 'company'; readonly customer: string; readonly section: Section };

const FILTER_WORDS: Readonly<Record<RequestFilter, string>> = {
  pending: 'pendientes',
  approved: 'aprobadas',
  suspended: 'suspendidas',
  rejected: 'rechazadas',
  cancelled: 'canceladas',
  all: 'todas',
};

const SECTION_WORDS: Readonly<Record<Section, string>> = {
  overview: 'resumen',
  invoices: 'facturas',
  statement: 'movimientos',
  payments: 'pagos',
  journal: 'diario',
};

/** What an address means; what means nothing is the list of what waits. */
export function readRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?');
  const [, page, first = '', second = ''] = path.split('/');
  if (page === 'empresas' && first !== '') {
    return { page: 'company', customer: decoded(first), section: named(SECTION_WORDS, second) ?? 'overview' };
  }
  const cursor = new URLSearchParams(query).get('pagina') ?? undefined;
  return { page: 'requests', filter: named(FILTER_WORDS, first) ?? 'pending', cursor };
}

/** The address of a list of requests. */
export function requestsAddress(filter: RequestFilter, cursor?: string): string {
  const page = cursor === undefined ? '' : `?${new URLSearchParams({ pagina: cursor })}`;
  return `#/solicitudes/${FILTER_WORDS[filter]}${page}`;
}

/** The address of a company, or of a section about it. */
export function companyAddress(customer: string, section: Section = 'overview'): string {
  const path = `#/empresas/${encodeURIComponent(customer)}`;
  return section === 'overview' ? path : `${path}/${SECTION_WORDS[section]}`;
}

function named<Name extends string>(words: Readonly<Record<Name, string>>, word: string): Name | undefined {
  return (Object.keys(words) as Name[]).find((name) => words[name] === word);
}

/** What somebody typed into the address need not be well encoded. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
