// What every entry with the engine offers, however the engine was loaded.

export { createCredit, type Credit } from './credit.js';
export { Line } from './engine.js';
export { preview } from './preview.js';
export type * from './types.js';
