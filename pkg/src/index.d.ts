export * from './api.js';
export * from './credit.js';
