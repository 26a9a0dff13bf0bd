// The entry for pages that load the module as a file of its own: a smaller script, compiled while it arrives.

import load, { initSync as loadAtOnce } from '../generated/fiado/fiado.js';

export * from './api.js';

/** Where the module comes from: an address, an answer to a request, its bytes, or the compiled module. */
export type Source = string | URL | Request | Response | BufferSource | WebAssembly.Module;

/**
 * Loads the module. Every other function of this entry may be called once the promise is fulfilled, and no sooner.
 *
 * Without a source, `fiado_bg.wasm` is requested from the folder this script came from. Loading again does nothing.
 *
 * @example
 * await init();
 * await init(await readFile('fiado_bg.wasm'));
 */
export async function init(source: Source | Promise<Source> = new URL('./fiado_bg.wasm', import.meta.url)): Promise<void> {
  await load({ module_or_path: source });
}

/**
 * Loads the module at once, from its bytes or from the compiled module. Loading again does nothing.
 *
 * A browser's main thread may refuse to compile so much at once: there, give it the compiled module, or use `init`.
 *
 * @example
 * initSync(readFileSync('fiado_bg.wasm'));
 */
export function initSync(source: BufferSource | WebAssembly.Module): void {
  loadAtOnce({ module: source });
}
