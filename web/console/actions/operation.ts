// One thing that can be done to a line: what has to be said for it, and the command that comes of it.

import type { Account } from '../api/account.ts';
import type { Command } from '../api/connection.ts';
import type { Content } from '../ui/content.ts';
import type { Field } from '../ui/field.ts';

export interface Operation {
  readonly title: string;
  /** Whether it takes something away. */
  readonly isGrave: boolean;
  readonly width: 'narrow' | 'wide';
  /** What is typed, to be marked where the server finds it wrong. */
  readonly inputs: readonly Field[];
  /** Whether all is known that has to be seen before it is confirmed. */
  readonly isReady: boolean;
  /** What the button says will happen, with the figures. */
  readonly confirmLabel: string;
  content(): Content;
  /** What is to be sent, its answer read into the sentence that tells it; nothing where something is wrong. */
  command(): Command<string> | undefined;
}

/** The line as it is known now: it may change while somebody types. */
export type Current = () => Account;
