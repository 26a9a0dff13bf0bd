// The page for who is not signed in.

import { html, type TemplateResult } from 'lit-html';

import type { Session } from '../api/session.ts';
import { TEXTS } from '../texts.ts';
import type { Notice } from '../ui/notice.ts';
import type { TokenForm } from './tokenForm.ts';

const texts = TEXTS.signIn;

/** Why this console is of no use to somebody; nothing where it is. */
export function unfit(session: Session): Notice | undefined {
  const { customer, permissions } = session;
  if (customer !== undefined) {
    return { tone: 'amber', title: texts.buyer.title, text: texts.buyer.text(customer) };
  }
  return permissions.includes('credit:read') ? undefined : { tone: 'amber', ...texts.noPermission };
}

export function door(form: TokenForm): TemplateResult {
  return html`
    <header class="masthead"><div><p class="wordmark">${TEXTS.name} <span>${TEXTS.place}</span></p></div></header>
    <main class="page page-narrow">
      <section class="card sign-in">
        <h1>${texts.title}</h1>
        <p class="lead">${texts.lead}</p>
        ${form.template()}
      </section>
    </main>
  `;
}
