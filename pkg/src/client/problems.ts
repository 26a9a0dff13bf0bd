// What stands between a client and its server.

import type { Message } from '../problem.js';

export { problem, type Message } from '../problem.js';

/** Nobody answered, however often it was tried. */
export const UNREACHABLE: Message = {
  code: 'CLI-0001',
  type: 'UNREACHABLE',
  es: 'El servidor no respondió. Revise la conexión y repita.',
  en: 'The server did not answer. Check the connection and repeat.',
};

/** The caller's own signal ended the call. */
export const ABORTED: Message = {
  code: 'CLI-0002',
  type: 'ABORTED',
  es: 'Se dejó de esperar la respuesta.',
  en: 'The answer was no longer waited for.',
};

/** What came is not the server's: a page of something that stands before it. */
export const UNREADABLE: Message = {
  code: 'CLI-0003',
  type: 'UNREADABLE_ANSWER',
  es: 'Lo que respondió no es el servidor de crédito: revise su dirección.',
  en: "What answered is not the credit server: check the server's address.",
};

/** The function that gives the token failed. */
export const TOKEN_MISSING: Message = {
  code: 'CLI-0004',
  type: 'TOKEN_MISSING',
  es: 'No se obtuvo el token: identifíquese y repita. No se envió nada.',
  en: 'There is no token: sign in and repeat. Nothing was sent.',
};
