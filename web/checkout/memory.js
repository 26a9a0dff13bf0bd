// What outlives a reload of this tab and no more: the session storage, or the page's own memory where a browser
// forbids it.

/** @type {Map<string, string>} */
const own = new Map();

/**
 * @param {string} name
 * @returns {any}
 */
export function recall(name) {
  try {
    return JSON.parse(sessionStorage.getItem(name) ?? own.get(name) ?? 'null');
  } catch {
    return JSON.parse(own.get(name) ?? 'null');
  }
}

/**
 * @param {string} name
 * @param {unknown} value
 */
export function remember(name, value) {
  const text = JSON.stringify(value);
  own.set(name, text);
  try {
    sessionStorage.setItem(name, text);
  } catch {
    // The page's own memory has it.
  }
}

/** @param {string} name */
export function forget(name) {
  own.delete(name);
  try {
    sessionStorage.removeItem(name);
  } catch {
    // It was never there.
  }
}
