import { createCredit, init } from 'fiado/streaming';

import { answersOf, tell } from './shared/answers.js';

await init();
tell(answersOf(createCredit));
