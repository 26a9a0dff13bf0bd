// Making elements. Texts are always text nodes, so nothing a server or a person wrote becomes markup.

/** @typedef {string | number | boolean | undefined | ((event: any) => void)} Attribute */

/**
 * An element with its attributes and children. `true` is an attribute without a value, `false` and `undefined` are
 * none, and a function under `onclick`, `oninput`… listens.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, Attribute>} [attributes]
 * @param {...(Node | string | undefined)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes = {}, ...children) {
  return finished(document.createElement(tag), attributes, children);
}

/**
 * The same for drawings.
 *
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, Attribute>} [attributes]
 * @param {...(Node | string | undefined)} children
 * @returns {SVGElementTagNameMap[Tag]}
 */
export function drawing(tag, attributes = {}, ...children) {
  return finished(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children);
}

/**
 * Replaces an element's children only when they say something else, so that a screen reader hears a change once.
 *
 * @param {Element} target
 * @param {...(Node | string | undefined)} children
 */
export function fill(target, ...children) {
  const next = document.createElement('div');
  next.append(...present(children));
  if (next.innerHTML !== target.innerHTML) target.replaceChildren(...next.childNodes);
}

/**
 * @template {Element} Made
 * @param {Made} made
 * @param {Record<string, Attribute>} attributes
 * @param {(Node | string | undefined)[]} children
 */
function finished(made, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(name.replace(/^on/, ''), value);
    else if (value === true) made.setAttribute(name, '');
    else if (value !== false && value !== undefined) made.setAttribute(name, String(value));
  }
  made.append(...present(children));
  return made;
}

/** @param {(Node | string | undefined)[]} children */
function present(children) {
  return children.filter((child) => child !== undefined);
}
