// The engine as JavaScript: it stands in the place of `engine.ts` where an entry must do without WebAssembly.

import { __wbg_set_wasm } from '../generated/fiado/fiado_bg.js';
import * as exports from '../generated/fiado/script.js';

__wbg_set_wasm(exports);

export { Line } from '../generated/fiado/fiado_bg.js';
