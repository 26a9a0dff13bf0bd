// Changes how far a purchase may pass the limit.

import { html, type TemplateResult } from 'lit-html';

import type { Command } from '../api/connection.ts';
import type { Host } from '../app/host.ts';
import { formatPercent, fromTypedPercent, toPercent } from '../percent.ts';
import { TEXTS } from '../texts.ts';
import { Field } from '../ui/field.ts';
import { currentFigures } from './currentFigures.ts';
import { reasonField, remark } from './decisions.ts';
import { checked } from './inputs.ts';
import type { Current, Operation } from './operation.ts';

const texts = TEXTS.actions.tolerance;

export class ChangeToleranceOperation implements Operation {
  readonly title = texts.title;
  readonly isGrave = false;
  readonly width = 'narrow';
  readonly isReady = true;
  readonly inputs: readonly Field[];
  readonly #host: Host;
  readonly #current: Current;
  readonly #tolerance: Field;
  readonly #reason: Field;

  constructor(host: Host, current: Current) {
    const account = current();
    this.#host = host;
    this.#current = current;
    const words = {
      name: 'tolerance',
      label: texts.tolerance,
      kind: 'number',
      unit: TEXTS.actions.percentUnit,
    } as const;
    this.#tolerance = new Field(words, toPercent(account.tolerance), () => host.update());
    this.#tolerance.hint = texts.hint(formatPercent(account.tolerance));
    this.#reason = reasonField(host);
    this.inputs = [this.#tolerance, this.#reason];
  }

  get confirmLabel(): string {
    const tolerance = this.#fraction();
    return tolerance === undefined ? texts.confirmPlain : texts.confirm(formatPercent(tolerance));
  }

  content(): TemplateResult {
    return html`
      ${this.#tolerance.template()}
      ${this.#reason.template()}
      ${currentFigures(this.#host, this.#current())}
    `;
  }

  command(): Command<string> | undefined {
    const tolerance = checked(this.#tolerance, this.#fraction(), TEXTS.actions.wrongPercent);
    if (tolerance === undefined) return undefined;
    return {
      method: 'PUT',
      path: '/tolerance',
      body: { tolerance, ...remark('reason', this.#reason) },
      read: (fields) => texts.done(formatPercent(fields.fraction('tolerance'))),
    };
  }

  #fraction(): string | undefined {
    return fromTypedPercent(this.#tolerance.value);
  }
}
