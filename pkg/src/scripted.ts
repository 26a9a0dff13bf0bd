// The entry for pages whose policy forbids WebAssembly: the same module as JavaScript, larger and slower, ready when the
// import is. The build puts `engine.scripted.ts` in the place of `engine.ts`.

export * from './api.js';
