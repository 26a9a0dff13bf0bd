// A table that a phone shows as a list: the first column is each row's heading, the figure stands at its right, what
// explains itself follows in one line, and the rest below with the column's name. The roles are written out because such
// a style would take them away.

import { html, nothing, type TemplateResult } from 'lit-html';

import type { Content } from './content.ts';

export interface Column<Row> {
  readonly title: string;
  /** Where it goes on a phone: the row's heading, the figure beside it, the line of what explains itself, or its own. */
  readonly place: 'heading' | 'figure' | 'inline' | 'below';
  /** Figures stand under each other digit by digit, at the right. */
  readonly isNumeric?: boolean;
  /** An empty cell is left out on a phone. */
  readonly cell: (row: Row) => Content;
  /** Whether a row's cell says nothing new, so that a phone can leave it out. */
  readonly isSpare?: (row: Row) => boolean;
}

export interface Table<Row> {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly isStale?: boolean;
}

export function table<Row>({ caption, columns, rows, isStale = false }: Table<Row>): TemplateResult {
  const head = (column: Column<Row>) =>
    html`<th role="columnheader" scope="col" class=${kindOf(column)}>${column.title}</th>`;
  return html`
    <table class="table ${isStale ? 'is-stale' : ''}" role="table" aria-busy=${isStale}>
      <caption class="visually-hidden">${caption}</caption>
      <thead role="rowgroup">
        <tr role="row">${columns.map(head)}</tr>
      </thead>
      <tbody role="rowgroup">
        ${rows.map((row) => html`<tr role="row">${columns.map((column) => cell(column, row))}</tr>`)}
      </tbody>
    </table>
  `;
}

function cell<Row>(column: Column<Row>, row: Row): TemplateResult {
  const content = column.cell(row);
  const kind = [
    kindOf(column),
    content === nothing ? 'is-empty' : '',
    column.isSpare?.(row) === true ? 'is-spare' : '',
  ].join(' ');
  if (column.place === 'heading') return html`<th role="rowheader" scope="row" class=${kind}>${content}</th>`;
  const isNamed = column.place === 'below';
  const name = isNamed ? html`<span class="cell-name" aria-hidden="true">${column.title}</span>` : nothing;
  return html`<td role="cell" class=${kind}>${name}<span class="cell-value">${content}</span></td>`;
}

function kindOf<Row>({ place, isNumeric = false }: Column<Row>): string {
  return `at-${place} ${isNumeric ? 'is-numeric' : ''}`;
}
