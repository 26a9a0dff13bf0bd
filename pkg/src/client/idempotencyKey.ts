// Keys that nobody else makes. `crypto.randomUUID` is missing where a page is not served over HTTPS; random bytes are not.

const BYTES = 16;

/** A new key: a random UUID, or as many random bits in hexadecimal. */
export function newIdempotencyKey(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  const random = crypto.getRandomValues(new Uint8Array(BYTES));
  return Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
