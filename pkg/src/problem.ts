// Problems that only a page can have, worded as the server words its refusals. The server has no code that begins with CLI.

import { inBoth } from './explained.js';
import type { Explained, Language, Reason } from './types.js';

export interface Message {
  code: string;
  type: string;
  es: string;
  en: string;
}

/** A problem in one language, and in both, with its figures. */
export function problem(message: Message, language: Language = 'es', details: Record<string, unknown> = {}): Explained {
  const said = (language: Language): Reason => ({
    code: message.code,
    type: message.type,
    message: message[language],
    details,
  });
  return inBoth(said(language), said);
}
