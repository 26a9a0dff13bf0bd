// The head of every page: where one is, and as whom.

import { html, type TemplateResult } from 'lit-html';

import type { Session } from '../api/session.ts';
import { TEXTS } from '../texts.ts';
import { requestsAddress } from './route.ts';

export function masthead({ subject, organization }: Session, leave: () => void): TemplateResult {
  return html`
    <header class="masthead">
      <div>
        <a class="wordmark" href=${requestsAddress('pending')}>${TEXTS.name} <span>${TEXTS.place}</span></a>
        <div class="who">
          <p><strong>${subject}</strong> <span class="who-where">${TEXTS.session.who(organization)}</span></p>
          <button type="button" class="button-quiet" @click=${leave}>${TEXTS.session.leave}</button>
        </div>
      </div>
    </header>
  `;
}
