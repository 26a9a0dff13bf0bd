export * from './api.js';
export * from './credit.js';

/** Where the module comes from: an address, an answer to a request, its bytes, or the compiled module. */
export type Source = string | URL | Request | Response | BufferSource | WebAssembly.Module;

/**
 * Loads the module. Every other function of this entry may be called once the promise is fulfilled, and no sooner.
 *
 * Without a source, `fiado_bg.wasm` is requested from the folder this script came from. Loading again does nothing.
 */
export function init(source?: Source | Promise<Source>): Promise<void>;
