// The page's beginning: the engine first, because without it the page could promise nothing.

import { element } from './dom.js';
import { notice } from './notice.js';
import { TEXTS } from './texts.js';

const root = /** @type {HTMLElement} */ (document.getElementById('checkout'));

try {
  // Imported here and not at the top, so that a server without the package, or a browser that forbids
  // WebAssembly, gets a sentence instead of an empty page.
  await Promise.all([import('/pkg/index.js'), import('/pkg/element.js')]);
  const { Checkout } = await import('./checkout.js');
  new Checkout(root).start();
} catch (error) {
  console.error(error);
  root.replaceChildren(element('main', { class: 'page page-narrow' }, notice({ tone: 'danger', ...TEXTS.engineMissing })));
}
