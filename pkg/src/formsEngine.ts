// The engine behind a form, ready when the import is.

import { initSync } from '../generated/forms/forms.js';
import { module } from '../generated/forms/module.js';

initSync({ module: Uint8Array.from(atob(module), (character) => character.charCodeAt(0)) });

export { allocatePayment, validate } from '../generated/forms/forms.js';
