// The engine behind a form, ready when the import is.

import { allocatePayment as allocate, initSync, validate as read } from '../generated/forms/forms.js';
import { module } from '../generated/forms/module.js';
import { bytesOf } from './inlined.js';

initSync({ module: bytesOf(module) });

// Not passed on as they are: a bundler would go past this file to where they come from, and start nothing.
export const [allocatePayment, validate] = [allocate, read];
