// The engine behind a form as JavaScript: it stands in the place of `formsEngine.ts` where an entry must do without
// WebAssembly.

import { __wbg_set_wasm } from '../generated/forms/forms_bg.js';
import * as exports from '../generated/forms/script.js';

__wbg_set_wasm(exports);

export { allocatePayment, validate } from '../generated/forms/forms_bg.js';
