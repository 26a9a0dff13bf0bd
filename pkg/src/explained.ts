// Reasons in both languages. The engine tells them in one; the other is told when it is looked at.

import type { Answer, Explained, Language, Reason } from './types.js';

/** What the engine tells in a language, or why it cannot. */
type Told<T> = { status: 'success'; data: T } | { status: 'error'; error: Reason };

/** An answer whose error is told in both languages. */
export function explained<T>(tell: (language: Language) => Told<T>, language: Language = 'es'): Answer<T> {
  const told = tell(language);
  if (told.status === 'success') return told;
  return { status: 'error', error: inBoth(told.error, (other) => errorOf(tell(other))) };
}

function errorOf(told: Told<unknown>): Reason | undefined {
  return told.status === 'error' ? told.error : undefined;
}

/**
 * A reason with its sentence in both languages. `text` is no field of what the server answers, so that it is neither
 * listed nor written: a preview made here is the preview made there.
 */
export function inBoth(reason: Reason, tell: (language: Language) => Reason | undefined): Explained {
  const sentence = (language: Language) => tell(language)?.message ?? reason.message;
  const text = { configurable: true, get: () => ({ es: sentence('es'), en: sentence('en') }) };
  return Object.defineProperty({ ...reason }, 'text', text) as Explained;
}

/** The same in a language. */
export function said(reason: Explained, language: Language = 'es'): Explained {
  const { text } = reason;
  return inBoth({ ...reason, message: text[language] }, (language) => ({ ...reason, message: text[language] }));
}
