// The journal: every fact of the account, who did it, and the hash that chains it to the one before.

import { html, nothing, type TemplateResult } from 'lit-html';

import type { Entry, Figure, FigureName } from '../api/journal.ts';
import type { Applied } from '../api/payments.ts';
import type { Host } from '../app/host.ts';
import type { Company } from '../company/company.ts';
import { formatDay, formatMoment } from '../dates.ts';
import { formatPercent } from '../percent.ts';
import { TEXTS } from '../texts.ts';
import { card } from '../ui/card.ts';
import { figureList } from '../ui/figures.ts';
import { pagedList } from '../ui/paged.ts';

const texts = TEXTS.journal;

export function journalSection(host: Host, { journal }: Company): TemplateResult {
  const content = html`
    <p class="lead">${texts.lead}</p>
    ${pagedList({
      page: journal.page,
      turnTo: (cursor) => journal.turnTo(cursor),
      empty: texts.empty,
      failed: texts.loadFailed,
      rows: (entries, isStale) =>
        html`<ol class="journal-list ${isStale ? 'is-stale' : ''}">${entries.map((entry) => fact(host, entry))}</ol>`,
    })}
  `;
  return card({ id: 'journal', title: texts.title, content });
}

function fact(host: Host, entry: Entry): TemplateResult {
  const { sequence, at, by, kind, life, figures, allocations, remark, hash } = entry;
  const part = ({ amount, invoice }: Applied) => html`<li>${texts.went(host.money(amount), invoice)}</li>`;
  const values = figures.map(([name, figure]) => ({ name: nameOf(name), value: valueOf(host, figure) }));
  return html`
    <li class="fact">
      <p class="fact-head"><strong>${texts.event(kind)}</strong> <span class="breakable">${by}</span></p>
      <p class="detail">${formatMoment(at, host.session.zone)} · ${texts.number(sequence)} · ${texts.life(life)}</p>
      ${remark === undefined ? nothing : html`<blockquote class="remark">${remark}</blockquote>`}
      ${values.length === 0 ? nothing : figureList(values, 'fact-figures')}
      ${allocations.length === 0 ? nothing : html`<ul class="fact-parts">${allocations.map(part)}</ul>`}
      <details class="hash">
        <summary>${texts.hash} <code>${hash.slice(0, 8)}</code></summary>
        <code class="breakable">${hash}</code>
      </details>
    </li>
  `;
}

function nameOf(name: FigureName): string {
  return texts.figure[name];
}

function valueOf(host: Host, figure: Figure): string | TemplateResult {
  switch (figure.kind) {
    case 'amount':
      return host.money(figure.value);
    case 'day':
      return formatDay(figure.value);
    case 'moment':
      return formatMoment(figure.value, host.session.zone);
    case 'fraction':
      return formatPercent(figure.value);
    case 'days':
      return TEXTS.days(figure.value);
    case 'count':
      return String(figure.value);
    case 'id':
      return html`<code class="breakable">${figure.value}</code>`;
  }
}
