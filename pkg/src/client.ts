// The entry for whoever talks with the server: every operation of the façade, typed by its document. It needs no engine.

export type { paths } from '../generated/facade.js';
export type { CallOptions, ClientAnswer, ClientError, CommandOptions, Pagination } from './client/answer.js';
export { createClient, type Client } from './client/client.js';
export type { ClientOptions } from './client/connection.js';
export type { CustomerCredit } from './client/customerCredit.js';
export type { Body, Data, Get, GetPath, Given, Post, PostPath, Put, PutPath, Query } from './client/operations.js';
export { snapshotFrom } from './client/snapshot.js';
