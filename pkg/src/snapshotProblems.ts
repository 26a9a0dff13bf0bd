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

/** The engine behind forms did not come. */
export const NOT_LOADED: Message = {
  code: 'CLI-0008',
  type: 'ENGINE_NOT_LOADED',
  es: 'No se pudo revisar antes de enviar: falta una parte de la página. Revise la conexión y repita, o envíe sin revisar.',
  en: 'It could not be checked before it is sent: a part of the page is missing. Check the connection and repeat, or send it unchecked.',
};
