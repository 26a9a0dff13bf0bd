// What every entry with the engine offers, however the engine was loaded.

export { createCredit, type Credit, type Given } from './credit.js';
export { Line } from './engine.js';
export { Format, localeOf } from './format.js';
export { preview } from './preview.js';
export type * from './types.js';
