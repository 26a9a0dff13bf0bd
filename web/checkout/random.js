// Identifiers that nobody else makes. `crypto.randomUUID` is missing where a page is not served over HTTPS.

/** @param {number} bytes */
export function randomHex(bytes) {
  const random = crypto.getRandomValues(new Uint8Array(bytes));
  return Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
