// The engine behind a form as JavaScript: it stands in the place of `formsEngine.ts` where an entry must do without
// WebAssembly.

import { __wbg_set_wasm, allocatePayment as allocate, validate as read } from '../generated/forms/forms_bg.js';
import * as exports from '../generated/forms/script.js';

__wbg_set_wasm(exports);

// Not passed on as they are: a bundler would go past this file to where they come from, and start nothing.
export const [allocatePayment, validate] = [allocate, read];
