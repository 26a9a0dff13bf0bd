// What each operation of the façade's document takes and answers, read off the document's types.

import type { paths } from '../../generated/facade.js';

type PathsOf<Method extends string> = {
  [Path in keyof paths]: paths[Path] extends { [Name in Method]: { responses: object } } ? Path : never;
}[keyof paths];

/** The paths that are read. */
export type GetPath = PathsOf<'get'>;

/** The paths that commands and previews are sent to. */
export type PostPath = PathsOf<'post'>;

/** The paths where something is put in the place of what is there. */
export type PutPath = PathsOf<'put'>;

/** The operation that reads a path. */
export type Get<Path extends GetPath> = paths[Path]['get'];

/** The operation behind a `POST` to a path. */
export type Post<Path extends PostPath> = paths[Path]['post'];

/** The operation behind a `PUT` to a path. */
export type Put<Path extends PutPath> = paths[Path]['put'];

/** The names in an operation's path. */
export type Names<Operation> = Operation extends { parameters: { path: infer Path } } ? Path : never;

/** The query that an operation may be given. */
export type Query<Operation> = Operation extends { parameters: { query?: infer Asked } } ? Exclude<Asked, undefined> : never;

/** The body that an operation is given. */
export type Body<Operation> = Operation extends { requestBody?: { content: { 'application/json': infer Said } } } ? Said : never;

type NamesGiven<Operation> = [Names<Operation>] extends [never] ? unknown : { path: Names<Operation> };

type QueryGiven<Operation> = [Query<Operation>] extends [never] ? unknown : { query?: Query<Operation> };

type BodyGiven<Operation> = [Body<Operation>] extends [never]
  ? unknown
  : Operation extends { requestBody: object }
    ? { body: Body<Operation> }
    : { body?: Body<Operation> };

/** What an operation is given: the names in its path, its query, its body. */
export type Given<Operation> = NamesGiven<Operation> & QueryGiven<Operation> & BodyGiven<Operation>;

type Responses<Operation> = Operation extends { responses: infer All } ? All[keyof All] : never;

type Envelope<Operation> = Responses<Operation> extends { content: { 'application/json': infer Answered } } ? Answered : never;

/** What an operation answers, out of its envelope. */
export type Data<Operation> = Envelope<Operation> extends { data: infer Told } ? Told : never;

/** Whether an operation answers a page of a list. */
export type IsList<Operation> = Envelope<Operation> extends { pagination: object } ? true : false;
