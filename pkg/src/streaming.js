// The entry for pages that load the module as a file of its own: a smaller script, compiled while it arrives.

import load from './fiado.js';

export * from './api.js';
export * from './credit.js';

export async function init(source = new URL('./fiado_bg.wasm', import.meta.url)) {
  await load({ module_or_path: source });
}
