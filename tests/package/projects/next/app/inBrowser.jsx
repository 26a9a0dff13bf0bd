'use client';

import { createCredit } from 'fiado';
import 'fiado/element';
import { useEffect, useState } from 'react';

import { answersOf, tell } from '../shared/answers.js';

// Rendered on the server too, before there is a browser.
const first = answersOf(createCredit);

export function InBrowser() {
  const [isDefined, setDefined] = useState(false);
  useEffect(() => {
    tell(answersOf(createCredit));
    setDefined(customElements.get('fiado-credito') !== undefined);
  }, []);
  return (
    <>
      <pre id="rendered">{JSON.stringify(first)}</pre>
      <p id="element">{isDefined ? 'defined' : 'not defined'}</p>
    </>
  );
}
