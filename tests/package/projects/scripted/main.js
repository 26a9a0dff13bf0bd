import { createCredit } from '/node_modules/fiado/dist/scripted.js';

import { answersOf, tell } from './shared/answers.js';

globalThis.whyNot = await import('/node_modules/fiado/dist/index.js').then(
  () => 'the policy allows WebAssembly',
  (error) => error.name,
);
tell(answersOf(createCredit));
