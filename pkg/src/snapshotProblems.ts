// Why there is no snapshot to ask.

import type { Message } from './problem.js';

/** It is still on its way. */
export const PENDING: Message = {
  code: 'CLI-0005',
  type: 'SNAPSHOT_PENDING',
  es: 'Los datos del crédito todavía no llegaron.',
  en: "The credit's figures have not come yet.",
};

/** What should have fetched it failed. */
export const FAILED: Message = {
  code: 'CLI-0006',
  type: 'SNAPSHOT_NOT_FETCHED',
  es: 'No se obtuvieron los datos del crédito. Revise la conexión y repita.',
  en: "The credit's figures could not be fetched. Check the connection and repeat.",
};

/** Whoever asks for another has been given none to ask. */
export const NO_SOURCE: Message = {
  code: 'CLI-0007',
  type: 'NO_SNAPSHOT_SOURCE',
  es: 'No hay de dónde pedir los datos del crédito otra vez: dé `fetch` a createCredit.',
  en: "There is nowhere to ask for the credit's figures again: give createCredit a `fetch`.",
};
