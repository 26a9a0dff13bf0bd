// Rendered on the server, at each request; the part below it in the browser.

import { createCredit } from 'fiado';

import { answersOf } from '../shared/answers.js';
import { InBrowser } from './inBrowser.jsx';

export const dynamic = 'force-dynamic';

export default function Page() {
  return (
    <>
      <pre id="server">{JSON.stringify(answersOf(createCredit))}</pre>
      <InBrowser />
    </>
  );
}
